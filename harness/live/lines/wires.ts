import { type Meter, type RawSocket, dial } from '../../runtime/dial.ts'
import { wallClock } from '../../runtime/wall-clock.ts'
import { WireError } from '../../runtime/wire-error.ts'
import type { Address } from '../far-side.ts'
import type { LinesOptions, Spent } from './lines.ts'
import { openPlaces } from './places.ts'
import { LiveTrouble } from '../trouble.ts'
import { troubleOf } from './trouble-of.ts'

/** The connections of a run, and what they cost. */
export interface Wires extends AsyncDisposable {
  /**
   * @param until ends this connection alone
   * @throws the system’s error, WireError
   */
  dial(to: Address, until?: AbortSignal): Promise<RawSocket>
  /**
   * Names whatever goes wrong meanwhile.
   *
   * @param where such as `imap.gmail.com:993`
   * @throws LiveTrouble; `interrupted` for everything that fails once the run has ended
   */
  named<T>(where: string, work: () => Promise<T>): Promise<T>
  spent(): Spent
}

/**
 * Times the patience with one answer that a connection may stand: a server that says a word now and then is never silent,
 * and would otherwise keep a run for weeks.
 */
const longest = 6

export function openWires({ budget, signal }: LinesOptions): Wires {
  const closed = new AbortController()
  const ended = AbortSignal.any([closed.signal, signal])
  const places = openPlaces(budget, ended)
  const open = new Map<RawSocket, Promise<void>>()
  let [received, sent] = [0, 0]

  const isSpent = (): boolean => received > budget.mostBytes
  const tooMuch = (): WireError =>
    new WireError('WIRE_TOO_MUCH', `more than the ${budget.mostBytes} octets that this run may receive`)
  const hasEnded = (): WireError => new WireError('WIRE_CLOSED', 'the connection was given up')
  const meter = (release: () => void): Meter => ({
    received(octets) {
      received += octets
      if (isSpent()) throw tooMuch()
    },
    sent: (octets) => void (sent += octets),
    closed: release,
  })
  const endAll = (): void => {
    for (const socket of open.keys()) socket.destroy(hasEnded())
  }
  ended.addEventListener('abort', endAll)

  return {
    spent: () => ({ received, sent, ...places.begun() }),
    async dial(to, until) {
      const release = await places.take()
      const over = ended.aborted || until?.aborted ? hasEnded() : isSpent() ? tooMuch() : undefined
      if (over !== undefined) {
        release()
        throw over
      }
      const gone = Promise.withResolvers<void>()
      let dialled: RawSocket | undefined
      const stop = (): void => void dialled?.destroy(hasEnded())
      const most = longest * budget.patience
      const withdraw = wallClock.after(most, () =>
        dialled?.destroy(new WireError('WIRE_SILENT', `no end within ${most / 1000} s`)),
      )
      until?.addEventListener('abort', stop)
      const given = (): void => {
        release()
        gone.resolve()
        withdraw()
        until?.removeEventListener('abort', stop)
        if (dialled !== undefined) open.delete(dialled)
      }
      return dial(to, {
        meter: meter(given),
        patience: budget.patience,
        begun(socket) {
          dialled = socket
          open.set(socket, gone.promise)
        },
      })
    },
    async named(where, work) {
      try {
        return await work()
      } catch (error) {
        if (!ended.aborted) throw troubleOf(error, where)
        throw new LiveTrouble('interrupted', `${where}: the run has ended`, { cause: error })
      }
    },
    async [Symbol.asyncDispose]() {
      closed.abort()
      ended.removeEventListener('abort', endAll)
      await Promise.all(open.values())
    },
  }
}
