import type { Exchange } from '../gmail/command.ts'
import { ending } from '../gmail/core/words.ts'
import type { Passed } from '../gmail/front/core-port.ts'
import { type Outcome, type State, done } from '../gmail/state.ts'
import { Idling } from './idling.ts'
import { type ServerConnection, withoutCapabilities } from './server-connection.ts'

interface Idle {
  readonly next: State
  heard(line: Passed): void
  /** What the server does meanwhile; undefined when the client idles no more. */
  idles(idling: Idling | undefined): void
  failed(problem: string): void
}

/** IDLE (RFC 2177) of a client, in Gmail's words, as long as the server idles too. */
export function idle(
  server: ServerConnection,
  { tag, record }: Exchange,
  { next, heard, idles, failed }: Idle,
): Outcome {
  const over = (): void => record('imap.idle', { tag, event: 'ended' })
  const leave = (
    idling: Idling,
    told: (outcome: Outcome) => void,
    words: 'idle-terminated' | 'idle-interrupted',
  ): void =>
    idling.leave(() => {
      idles(undefined)
      told(done(next, ending(words)))
    })
  const awaits = (idling: Idling): Outcome => ({
    kind: 'awaits',
    continuation: 'idling',
    point: 'idle',
    receive(line) {
      over()
      const words = line.toUpperCase() === 'DONE' ? 'idle-terminated' : 'idle-interrupted'
      return { kind: 'waits', begin: (told) => leave(idling, told, words) }
    },
    closed: over,
  })
  const begin = (settle: (outcome: Outcome) => void): void => {
    let began = false
    const idling: Idling = new Idling(server, {
      heard,
      began() {
        began = true
        record('imap.idle', { tag, event: 'started' })
        settle(awaits(idling))
      },
      ended(status) {
        idles(undefined)
        if (began) failed('the mailbox server ended IDLE by itself')
        else settle(done(next, withoutCapabilities(status)))
      },
    })
    idles(idling)
  }
  return { kind: 'waits', begin }
}
