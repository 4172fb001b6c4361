import type { Passed } from '../gmail/front/core-port.ts'
import type { Status } from '../gmail/state.ts'
import { octetsOf } from '../gmail/wire/command-stream.ts'
import type { ServerConnection } from './server-connection.ts'

export interface Idler {
  heard(line: Passed): void
  /** The server idles, for the first time. */
  began(): void
  /** The server does not, or no longer. */
  ended(status: Status): void
}

/**
 * IDLE (RFC 2177) at a mailbox server. Servers tell idle sessions of changes when they come to look for them, Dovecot after
 * half a second; one that has just been told DONE looks at once. So it is told, and idles again.
 */
export class Idling {
  readonly #server: ServerConnection
  readonly #idler: Idler
  #state: 'asked' | 'idle' | 'done' | 'over' = 'asked'
  #began = false
  /** The client has had enough. */
  #left: (() => void) | undefined
  /** Told when the server has looked. */
  #looks: (() => void)[] = []
  #later: (() => void)[] = []

  constructor(server: ServerConnection, idler: Idler) {
    this.#server = server
    this.#idler = idler
    this.#ask()
  }

  /** Has the server look for changes now. */
  look(looked: () => void): void {
    if (this.#state === 'over' || this.#left !== undefined) return looked()
    if (this.#state === 'idle') this.#done([looked])
    else this.#later.push(looked)
  }

  /** Ends it at the client's word. */
  leave(left: () => void): void {
    if (this.#state === 'over') return left()
    this.#left = left
    if (this.#state === 'idle') this.#done([])
  }

  #ask(): void {
    this.#state = 'asked'
    this.#server.start({
      pieces: ['IDLE'],
      patient: true,
      heard: (line) => this.#idler.heard(line),
      continued: () => this.#continued(),
      ended: (status) => this.#ended(status),
    })
  }

  #continued(): void {
    this.#state = 'idle'
    const began = this.#began
    this.#began = true
    if (!began) this.#idler.began()
    for (const looked of this.#looks.splice(0)) looked()
    if (this.#left !== undefined) this.#done([])
    else if (this.#later.length > 0) this.#done(this.#later.splice(0))
  }

  #done(looks: readonly (() => void)[]): void {
    this.#state = 'done'
    this.#looks.push(...looks)
    this.#server.write(octetsOf('DONE\r\n'))
  }

  #ended(status: Status): void {
    const asked = this.#state === 'done'
    this.#state = 'over'
    if (asked && this.#left === undefined) return this.#ask()
    for (const looked of [...this.#looks.splice(0), ...this.#later.splice(0)]) looked()
    if (this.#left === undefined) this.#idler.ended(status)
    else this.#left()
  }
}
