import { type CommandLine, octetsOf } from './command-stream.ts'
import { parseDate, parseDateTime } from './date-time.ts'
import { decodeModifiedUtf7 } from './modified-utf7.ts'
import type { SeqNumber, SequenceSet } from './sequence-set.ts'

/** What a client sent is not what the grammar allows here. `message` never quotes the client's octets. */
export class GrammarError extends Error {}

// Sticky, so that each match begins where the last one ended and no octet is looked at twice.
const atomPattern = /[^(){ %*"\\\]\x00-\x1f\x7f-\xff]+/y
const astringPattern = /[^(){ %*"\\\x00-\x1f\x7f-\xff]+/y
const listMailboxPattern = /[^(){ "\\\x00-\x1f\x7f-\xff]+/y
const tagPattern = /[^(){ %*"\\+\x00-\x1f\x7f-\xff]+/y
const keywordPattern = /[A-Za-z0-9.-]+/y
const flagPattern = /\\?[^(){ %*"\\\]\x00-\x1f\x7f-\xff]+/y
const numberPattern = /\d{1,20}/y
const literalPattern = /\{(\d{1,10})\+?\}\r\n/y
const literal8Pattern = /~\{(\d{1,10})\+?\}\r\n/y
const quotedPattern = /"((?:[^"\\\r\n\x00\x80-\xff]|\\["\\])*)"/y
const utf8QuotedPattern = /"((?:[^"\\\r\n\x00]|\\["\\])*)"/y
const seqNumberPattern = /\*|[1-9]\d{0,9}/y
const remainderPattern = /[^\r\n]*/y

const controls = /[\x00-\x1f\x7f]/

/** RFC 3501 has no limits; search keys and lists of this depth, or so many of them, occur in attacks only. */
const deepest = 32
const mostRules = 1000
const mostItems = 10_000
const longestName = 1000

/**
 * Reads the arguments of one command. Its methods are named after the rules of the formal syntax (RFC 3501 §9 and the
 * extensions'), consume what they match and throw a {@link GrammarError} where it does not match.
 */
export class Decoder {
  readonly #text: string
  readonly #literals: readonly Uint8Array[]
  readonly #utf8: boolean
  readonly #diverted: boolean
  #at = 0
  #literal = 0
  #depth = 0
  #rules = 0

  /** @param utf8 the client enabled UTF8=ACCEPT (RFC 9755): quoted strings hold UTF-8 and mailbox names are plain */
  constructor({ text, literals, diverted = false }: CommandLine, utf8 = false) {
    this.#text = text
    this.#literals = literals
    this.#diverted = diverted
    this.#utf8 = utf8
  }

  /** Everything that was not read yet, for evidence only. */
  get rest(): string {
    return this.#text.slice(this.#at).replace(/\r$/, '')
  }

  fail(expected: string): never {
    throw new GrammarError(`expected ${expected} at octet ${this.#at}`)
  }

  #match(pattern: RegExp, expected: string): RegExpExecArray {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match === null) this.fail(expected)
    this.#at = pattern.lastIndex
    return match
  }

  /** Whether the next octets are these, in any case; consumes nothing. */
  sees(text: string): boolean {
    return this.#text.slice(this.#at, this.#at + text.length).toUpperCase() === text.toUpperCase()
  }

  seesNumber(): boolean {
    const code = this.#text.charCodeAt(this.#at)
    return code >= 0x30 && code <= 0x39
  }

  /** Consumes these octets if they come next. */
  takes(text: string): boolean {
    const seen = this.sees(text)
    if (seen) this.#at += text.length
    return seen
  }

  expect(text: string): void {
    if (!this.takes(text)) this.fail(text === ' ' ? 'SP' : `"${text}"`)
  }

  sp(): this {
    this.expect(' ')
    return this
  }

  /** The end of the command: exactly CRLF. */
  crlf(): void {
    if (this.#text.slice(this.#at) !== '\r') this.fail('CRLF')
  }

  tag(): string {
    return this.#match(tagPattern, 'tag')[0]
  }

  atom(): string {
    return this.#match(atomPattern, 'atom')[0]
  }

  /** The name of a command, fetch attribute, status item …, in upper case. Ends before `[`, unlike an atom. */
  keyword(): string {
    return this.#match(keywordPattern, 'keyword')[0].toUpperCase()
  }

  number(): number {
    const digits = this.#match(numberPattern, 'number')[0]
    const value = Number(digits)
    return value > 0xffffffff ? this.fail('number below 2^32') : value
  }

  nzNumber(): number {
    const value = this.number()
    return value === 0 ? this.fail('nz-number') : value
  }

  /** Up to 2^64 - 1: modification sequences and Gmail's identifiers exceed what a JavaScript number holds. */
  number64(): bigint {
    const value = BigInt(this.#match(numberPattern, 'number')[0])
    return value >= 1n << 64n ? this.fail('number below 2^64') : value
  }

  quoted(): string {
    const [, inner] = this.#match(this.#utf8 ? utf8QuotedPattern : quotedPattern, 'quoted')
    return decodeUtf8(octetsOf(inner!.replace(/\\(["\\])/g, '$1')))
  }

  literal(): Uint8Array {
    return this.#literalAfter(this.#match(literalPattern, 'literal'))
  }

  /** RFC 3516; here for the messages that APPEND brings after UTF8=ACCEPT (RFC 9755 §4). */
  literal8(): Uint8Array {
    return this.#utf8 ? this.#literalAfter(this.#match(literal8Pattern, 'literal8')) : this.fail('literal')
  }

  #literalAfter([, size]: RegExpExecArray): Uint8Array {
    const octets = this.#literals[this.#literal++]
    if (octets === undefined) return this.fail('literal')
    const passedOn = this.#diverted && octets.length === 0
    return octets.length === Number(size) || passedOn ? octets : this.fail('literal')
  }

  string(): string {
    return this.sees('"') ? this.quoted() : decodeUtf8(this.literal())
  }

  #seesString(): boolean {
    return this.sees('"') || this.sees('{')
  }

  astring(): string {
    return this.#seesString() ? this.string() : this.#match(astringPattern, 'astring')[0]
  }

  nstring(): string | null {
    return this.#seesString() ? this.string() : this.takes('NIL') ? null : this.fail('nstring')
  }

  /** A name as people see it; INBOX in any case is `INBOX`. */
  mailbox(): string {
    return this.#mailboxName(this.astring())
  }

  /** Like a mailbox, with the wildcards `*` and `%`. */
  listMailbox(): string {
    return this.#mailboxName(this.#seesString() ? this.string() : this.#match(listMailboxPattern, 'list-mailbox')[0])
  }

  #mailboxName(text: string): string {
    const name = this.#utf8 ? text : decodeModifiedUtf7(text)
    if (name === undefined) this.fail('modified UTF-7')
    // In a response it would end the line, or the quoted string.
    if (controls.test(name)) this.fail('mailbox without control characters')
    if (name.length > longestName) this.fail(`mailbox of at most ${longestName} characters`)
    return name.toUpperCase() === 'INBOX' ? 'INBOX' : name
  }

  flag(): string {
    return this.#match(flagPattern, 'flag')[0]
  }

  flagList(): string[] {
    return this.list(() => this.flag())
  }

  sequenceSet(): SequenceSet {
    const set: (readonly [SeqNumber, SeqNumber])[] = []
    do {
      const from = this.#seqNumber()
      set.push([from, this.takes(':') ? this.#seqNumber() : from])
    } while (this.takes(','))
    return set
  }

  #seqNumber(): SeqNumber {
    const text = this.#match(seqNumberPattern, 'seq-number')[0]
    if (text === '*') return text
    return Number(text) > 0xffffffff ? this.fail('number below 2^32') : Number(text)
  }

  /** Day as epoch milliseconds of its UTC midnight. */
  date(): number {
    const quoted = this.takes('"')
    const day = parseDate(this.atom()) ?? this.fail('date')
    if (quoted) this.expect('"')
    return day
  }

  /** Epoch milliseconds. */
  dateTime(): number {
    return parseDateTime(this.quoted()) ?? this.fail('date-time')
  }

  /** Whatever stands before CRLF: an `initial-resp`, whose base64 is looked at by the mechanism. */
  remainder(): string {
    return this.#match(remainderPattern, 'text')[0]
  }

  /** `(` items separated by SP `)`. */
  list<T>(item: () => T): T[] {
    return this.nested(() => {
      const items: T[] = []
      this.expect('(')
      if (this.takes(')')) return items
      do {
        if (items.length === mostItems) this.fail(`at most ${mostItems} items`)
        items.push(item())
      } while (this.takes(' '))
      this.expect(')')
      return items
    })
  }

  /** Guards a rule that may contain itself. */
  nested<T>(rule: () => T): T {
    if (++this.#depth > deepest) this.fail(`less than ${deepest} levels of nesting`)
    if (++this.#rules > mostRules) this.fail(`at most ${mostRules} search keys and lists`)
    const value = rule()
    this.#depth--
    return value
  }
}

const utf8Decoder = new TextDecoder()
const decodeUtf8 = (octets: Uint8Array): string => utf8Decoder.decode(octets)
