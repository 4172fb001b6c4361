import { every } from './runtime/breathe.ts'

/** A scenario ended from outside: by a person, or because its subject went beyond every bound. */
export class CutShort extends Error {
  readonly by: 'subject' | 'interruption'

  constructor(by: 'subject' | 'interruption', message: string) {
    super(message)
    this.name = 'CutShort'
    this.by = by
  }
}

/** Bounds one scenario in real time and in memory. */
export interface Watch extends Disposable {
  /** The work’s result, or the end of the scenario, whichever comes first. @throws CutShort */
  over<T>(work: Promise<T>): Promise<T>
  /** @throws CutShort once the scenario has ended: a script that is left behind must not act any more */
  check(): void
}

export interface Watched {
  readonly journal: { readonly size: number }
  /** Aborted when the run ends before its time. */
  readonly signal: AbortSignal
  /** Real seconds. */
  readonly timeout: number
}

/** Many times what the longest scenario records of a client that behaves. */
const mostObservations = 20_000
/** Real milliseconds. */
const interval = 100

export const interrupted = 'not played: interrupted'

export function openWatch({ journal, signal, timeout }: Watched): Watch {
  let ended: CutShort | undefined
  let tell = (_end: CutShort): void => {}
  const end = new Promise<never>((_, reject) => (tell = reject))
  // Nobody may be waiting when it comes.
  end.catch(() => {})

  const cut = (by: CutShort['by'], message: string): void => {
    ended ??= new CutShort(by, message)
    tell(ended)
  }
  const interrupt = (): void => cut('interruption', interrupted)
  let left = Math.ceil((timeout * 1000) / interval)
  const stop = every(interval, () => {
    left -= 1
    if (left <= 0) cut('subject', `the scenario had not ended after ${timeout} s`)
    if (journal.size > mostObservations) cut('subject', `the subject caused more than ${mostObservations} observations`)
  })
  signal.addEventListener('abort', interrupt, { once: true })
  if (signal.aborted) interrupt()

  return {
    over: (work) => {
      work.catch(() => {})
      return Promise.race([end, work])
    },
    check() {
      if (ended !== undefined) throw ended
    },
    [Symbol.dispose]() {
      stop()
      signal.removeEventListener('abort', interrupt)
      // Whatever of the script is still under way stops at its next step.
      cut('subject', 'the scenario has ended')
    },
  }
}
