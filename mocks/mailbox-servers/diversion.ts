import type { Diverted, Passed } from '../gmail/front/core-port.ts'
import type { Status } from '../gmail/state.ts'
import { octetsOf } from '../gmail/wire/command-stream.ts'
import type { ServerConnection } from './server-connection.ts'

/** Literals up to here are kept until their command is complete. */
const mostKept = 65_536
/** APPEND up to its literal: a mailbox name, perhaps flags, perhaps a date (RFC 3501 §6.3.11). */
const append = /^\S+ (APPEND (?:"(?:[^"\\]|\\.)*"|[^\s(){"\\%*]+)(?: \([^()]*\))?(?: "[^"]*")? )\{(\d+)\}\r\n$/i

/** What an announced literal belongs to, if it is a message too large to be kept; the command's text without its tag. */
export function messageAhead(head: string): string | undefined {
  const [, command, size] = append.exec(head) ?? []
  return command === undefined || Number(size) <= mostKept ? undefined : `${command}{${size}}`
}

/** A message on its way from a client to the server, of which nothing is kept. */
export class Diversion implements Diverted {
  readonly #server: ServerConnection
  readonly #command: string
  readonly #heard: (line: Passed) => void
  #status: Status | undefined
  #ended: ((status: Status) => void) | undefined

  /** @param command with the literal's announcement at its end */
  constructor(server: ServerConnection, command: string, heard: (line: Passed) => void) {
    this.#server = server
    this.#command = command
    this.#heard = heard
  }

  begin(proceed: () => void): void {
    let asked = false
    this.#server.start({
      pieces: [this.#command],
      heard: this.#heard,
      continued: () => {
        asked = true
        proceed()
      },
      ended: (status) => {
        this.#status = status
        this.#ended?.(status)
        // Gmail asks for the message before it refuses it.
        if (!asked) proceed()
      },
    })
  }

  write(octets: Uint8Array): void {
    if (this.#status === undefined) this.#server.write(octets)
  }

  /** The message is there; `rest` is what stands behind it. */
  end(rest: string, ended: (status: Status) => void): void {
    if (this.#status !== undefined) return ended(this.#status)
    this.#ended = ended
    this.#server.write(octetsOf(rest))
  }
}
