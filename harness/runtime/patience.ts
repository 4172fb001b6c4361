import type { Duplex } from 'node:stream'
import { wallClock } from './wall-clock.ts'
import { WireError } from './wire-error.ts'

type Executor<T> = (resolve: (value: T) => void, reject: (error: unknown) => void) => void

/**
 * Waits for something to happen on a connection, which is ended when it does not happen in time.
 *
 * @param patience milliseconds
 * @param missed what did not come, such as `no answer`
 * @throws WireError `WIRE_SILENT`, and what the executor rejects with; the connection is ended either way
 */
export async function withPatience<T>(
  line: Pick<Duplex, 'destroy'>,
  patience: number,
  missed: string,
  executor: Executor<T>,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const stop = wallClock.after(patience, () =>
    reject(new WireError('WIRE_SILENT', `${missed} within ${patience / 1000} s`)),
  )
  try {
    executor(resolve, reject)
    return await promise
  } catch (error) {
    line.destroy()
    throw error
  } finally {
    stop()
  }
}
