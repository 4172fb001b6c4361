import type { ObservationType, Observed } from '../../../harness/model/observation.ts'
import type { GmailWorld } from '../gmail-world.ts'
import type { StateName } from '../state.ts'
import { octetsOf } from '../wire/command-stream.ts'

/** What a session writes into the journal: under its connection's number, and with no secret in it. */
export class SessionRecord {
  readonly #gmail: GmailWorld
  readonly connection: number

  constructor(gmail: GmailWorld, connection: number) {
    this.#gmail = gmail
    this.connection = connection
  }

  write<T extends ObservationType>(type: T, fields: Observed[T]): void {
    this.#gmail.journal.record(`imap:${this.connection}`, type, fields)
  }

  /** A response line that left. */
  line(text: string): void {
    this.write('imap.line.out', { line: this.#gmail.secrets.mask(readable(text)) })
  }

  command(state: StateName, tag: string, verb: string, text: string, problem?: string): void {
    const { mask } = this.#gmail.secrets
    this.write('imap.cmd', {
      tag: shorten(mask(tag), 32),
      verb: shorten(verb, 20),
      arguments: mask(readable(text)),
      state,
      ...(problem === undefined ? {} : { problem }),
    })
  }
}

/** What is longer is no tag and no verb: a client that sent its credentials out of turn, perhaps. */
const shorten = (word: string, longest: number): string => (word.length > longest ? `‹${word.length} octets›` : word)

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The wire has octets, one character each; where they are UTF-8 (RFC 9755), the journal tells what they mean. */
const readable = (text: string): string =>
  text.replace(/[\x80-\xff]+/g, (octets) => {
    try {
      return utf8.decode(octetsOf(octets))
    } catch {
      return octets
    }
  })
