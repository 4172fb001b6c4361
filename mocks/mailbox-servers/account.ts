import type { Passed } from '../gmail/front/core-port.ts'
import type { Status } from '../gmail/state.ts'
import { type Piece, quoted } from '../gmail/wire/encoder.ts'
import type { BackendLogin } from './mailbox-server.ts'
import { type Dial, ServerConnection, type ServerConnectionOptions } from './server-connection.ts'

/** A mailbox server could not do what our own side needs of it. */
export class ServerFailure extends Error {}

/** Octets of an answer of its own that the front keeps: the largest message, and its envelope. */
const mostKept = 1 << 26

export interface Answer {
  readonly status: Status
  readonly lines: readonly Passed[]
}

export type Ask = (...pieces: readonly Piece[]) => Promise<Answer>

/** LOGIN (RFC 3501 §6.2.3) as a command of ours. */
export const login = ({ user, password }: BackendLogin): readonly Piece[] => [
  `LOGIN ${quoted(user)} ${quoted(password)}`,
]

/** The front's own connection to an account, which no client knows of; opened when it is needed. */
export class Account {
  readonly #dial: Dial
  readonly #login: BackendLogin
  readonly #nonSynchronizing: () => number
  #connection: { readonly server: ServerConnection; fail(problem: string): void } | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(dial: Dial, own: BackendLogin, nonSynchronizing: () => number) {
    this.#dial = dial
    this.#login = own
    this.#nonSynchronizing = nonSynchronizing
  }

  /**
   * Does work that nothing else may come between, behind what was given before.
   *
   * @throws ServerFailure when the server refuses the login, leaves, or is none
   */
  async alone<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      const ask = await this.#open()
      return work(ask)
    })
    this.#last = turn.catch(() => {})
    return turn
  }

  close(): void {
    this.#connection?.server.end()
    this.#connection = undefined
  }

  async #open(): Promise<Ask> {
    const ask: Ask = (...pieces) => this.#ask(pieces)
    if (this.#connection === undefined) {
      const { status } = await ask(...login(this.#login))
      if (status.condition !== 'OK') {
        this.close()
        throw new ServerFailure('the mailbox server refused the login')
      }
    }
    return ask
  }

  async #ask(pieces: readonly Piece[]): Promise<Answer> {
    const lines: Passed[] = []
    return new Promise((resolve, reject) => {
      const connection = (this.#connection ??= this.#connect())
      connection.fail = (problem) => reject(new ServerFailure(`the mailbox server ${problem}`))
      connection.server.start({
        pieces,
        heard: (line) => lines.push(line),
        ended: (status) => resolve({ status, lines }),
      })
    })
  }

  #connect(): { readonly server: ServerConnection; fail(problem: string): void } {
    const options: ServerConnectionOptions = {
      dial: this.#dial,
      nonSynchronizing: this.#nonSynchronizing,
      kept: () => mostKept,
      unasked: () => {},
      failed: (problem) => {
        this.#connection = undefined
        connection.fail(problem)
      },
    }
    const connection = { server: new ServerConnection(options), fail: (_: string): void => {} }
    return connection
  }
}
