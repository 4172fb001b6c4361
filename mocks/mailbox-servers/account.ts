import type { Passed } from '../gmail/front/core-port.ts'
import type { Status } from '../gmail/state.ts'
import { type Piece, quoted } from '../gmail/wire/encoder.ts'
import type { BackendLogin } from './mailbox-server.ts'
import { type Dial, type ServerCommand, ServerConnection, type ServerConnectionOptions } from './server-connection.ts'

/** A mailbox server could not do what our own side needs of it. */
export class ServerFailure extends Error {}

/** Octets of an answer of its own that the front keeps: the largest message, and its envelope. */
const mostKept = 1 << 26

export interface Answer {
  readonly status: Status
  readonly lines: readonly Passed[]
}

export type Ask = (...pieces: readonly Piece[]) => Promise<Answer>
/** Asks several things at once, in their order. */
export type AskAll = (...texts: readonly string[]) => Promise<readonly Answer[]>

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
  async alone<T>(work: (ask: Ask, askAll: AskAll) => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      const ask = await this.#open()
      return work(ask, (...texts) => this.#ask(texts.map((text) => [text])))
    })
    this.#last = turn.catch(() => {})
    return turn
  }

  close(): void {
    this.#connection?.server.end()
    this.#connection = undefined
  }

  async #open(): Promise<Ask> {
    const ask: Ask = async (...pieces) => (await this.#ask([pieces]))[0]!
    if (this.#connection === undefined) {
      const { status } = await ask(...login(this.#login))
      if (status.condition !== 'OK') {
        this.close()
        throw new ServerFailure('the mailbox server refused the login')
      }
    }
    return ask
  }

  async #ask(commands: readonly (readonly Piece[])[]): Promise<readonly Answer[]> {
    const answers: Answer[] = []
    return new Promise((resolve, reject) => {
      const connection = (this.#connection ??= this.#connect())
      connection.fail = (problem) => reject(new ServerFailure(`the mailbox server ${problem}`))
      const asked = (pieces: readonly Piece[]): ServerCommand => {
        const lines: Passed[] = []
        const ended = (status: Status): void => {
          answers.push({ status, lines })
          if (answers.length === commands.length) resolve(answers)
        }
        return { pieces, heard: (line) => lines.push(line), ended }
      }
      connection.server.start(...commands.map(asked))
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
