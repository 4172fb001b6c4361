import type { ObservationType, Observed } from '../../../harness/model/observation.ts'
import type { GmailWorld } from '../gmail-world.ts'
import type { Standing } from '../state.ts'
import { octetsOf } from '../wire/command-stream.ts'
import { type Piece, describeLine, describePiece } from '../wire/encoder.ts'

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

  /**
   * A response line that left.
   *
   * @param remark what is to be said of it besides
   */
  line(pieces: readonly Piece[], remark = ''): void {
    const { text, more } = evidenceOf(pieces)
    // The marks come behind the mask, which takes plain ASCII as it is.
    const rest = more === 0 ? '' : ` ‹${more} characters more›`
    // Frozen, it is taken as it is.
    this.write('imap.line.out', Object.freeze({ line: `${this.#gmail.secrets.mask(readable(text))}${rest}${remark}` }))
  }

  command(state: Standing, tag: string, verb: string, text: string, problem?: string): void {
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

/** Characters of what is told of a message: thousands of envelopes are no evidence, and looking at each of them takes time. */
const mostOfFetch = 64
const fetch = /^\* \d+ FETCH /

function evidenceOf(pieces: readonly Piece[]): { readonly text: string; readonly more: number } {
  let [text, length] = ['', 0]
  for (const piece of pieces) {
    const described = describePiece(piece)
    length += described.length
    if (text.length < mostOfFetch) text += described.slice(0, mostOfFetch - text.length)
  }
  const cut = length > mostOfFetch && fetch.test(text)
  return cut ? { text, more: length - mostOfFetch } : { text: describeLine(pieces), more: 0 }
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
