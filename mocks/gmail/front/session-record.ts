import type { ObservationType, Observed } from '../../../harness/model/observation.ts'
import type { GmailWorld } from '../gmail-world.ts'
import type { Standing } from '../state.ts'
import { octetsOf } from '../wire/command-stream.ts'
import { type Piece, describePiece, merge } from '../wire/encoder.ts'
import type { Passed } from './core-port.ts'

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
    this.#line(evidenceOf(pieces), remark)
  }

  /** A response line of a mailbox server that was passed on. */
  passed(line: Passed): void {
    const length = line.octets.length - lineEnd
    // Such a line need not be read to its end.
    if (line.plain && length > mostOfFetch && fetch.test(line.head))
      this.#line({ parts: [line.head.slice(0, mostOfFetch)], more: length - mostOfFetch })
    else this.line(line.pieces)
  }

  /** The mask takes plain ASCII as it is, and a literal parts what stands before it from what stands behind. */
  #line({ parts, more }: Evidence, remark = ''): void {
    const { mask } = this.#gmail.secrets
    let line = ''
    for (const [at, part] of parts.entries()) line += at % 2 === 0 ? mask(readable(part)) : part
    if (more > 0) line += ` ‹${more} characters more›`
    // Frozen, it is taken as it is.
    this.write('imap.line.out', Object.freeze({ line: line + remark }))
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
const lineEnd = 2
const fetch = /^\* \d+ FETCH /

/** What is told of a line: its texts, the marks of its literals between them, and how much is left out. */
interface Evidence {
  readonly parts: readonly string[]
  readonly more: number
}

function evidenceOf(pieces: readonly Piece[]): Evidence {
  const parts = ['']
  let length = 0
  for (const piece of pieces) {
    const described = describePiece(piece)
    const room = mostOfFetch - length
    length += described.length
    if (room <= 0) continue
    if (typeof piece === 'string') parts[parts.length - 1] += described.slice(0, room)
    else parts.push(described.slice(0, room), '')
  }
  if (length <= mostOfFetch) return { parts, more: 0 }
  if (fetch.test(parts[0]!)) return { parts, more: length - mostOfFetch }
  return { parts: merge(pieces).map(describePiece), more: 0 }
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
