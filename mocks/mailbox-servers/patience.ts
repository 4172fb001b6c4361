import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../../harness/model/fault.ts'

/**
 * What `work` comes to, if that happens in time and before `signal` aborts. Left alone, the work goes on.
 *
 * @throws Fault what `late` makes, or `INTERRUPTED`
 */
export async function within<T>(
  seconds: number,
  work: Promise<T>,
  late: () => Fault,
  signal?: AbortSignal,
): Promise<T> {
  const done = new AbortController()
  const stop = signal === undefined ? done.signal : AbortSignal.any([signal, done.signal])
  const limit = pause(seconds * 1000, undefined, { signal: stop }).then(
    () => Promise.reject(late()),
    () => Promise.reject(interrupted()),
  )
  try {
    return await Promise.race([work, limit])
  } finally {
    done.abort()
    limit.catch(() => {})
    work.catch(() => {})
  }
}

/** Looks again and again until `look` says yes. */
export async function until(look: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await look())) await pause(20, undefined, { signal })
}

export const interrupted = (): Fault =>
  new Fault('INTERRUPTED', 'Interrupted while a mailbox server was starting.', 'Nothing of it was left behind.')

export const unavailable = (message: string, hint: string, cause?: unknown): Fault =>
  new Fault('MAILBOX_SERVER_UNAVAILABLE', message, hint, cause === undefined ? undefined : { cause })
