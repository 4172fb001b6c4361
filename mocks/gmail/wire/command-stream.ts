import { OctetBuffer } from './octet-buffer.ts'

/** One command as it crossed the wire, without its last LF. Literals stand apart; their `{n}` CRLF stays in the text. */
export interface CommandLine {
  /** One character per octet; a well-formed line ends with CR. */
  readonly text: string
  readonly literals: readonly Uint8Array[]
  /** Some of the literals were passed on as they came: what stands for them is empty. */
  readonly diverted?: boolean
}

export type Framed =
  | ({ readonly kind: 'line' } & CommandLine)
  /** A synchronizing literal was announced: its octets come only after a continuation request. */
  | { readonly kind: 'literal-announced'; readonly text: string; readonly size: number }
  /** The command was given up and its octets are dropped; `text` is what had come of it. */
  | { readonly kind: 'refused'; readonly text: string; readonly problem: string; readonly fatal: boolean }

export interface StreamLimits {
  /** Octets of a command outside its literals. */
  readonly line: number
  /** Octets of all literals of one command. */
  readonly literal: number
  /** Octets of a non-synchronizing literal (RFC 7888 §5, LITERAL-). */
  readonly nonSynchronizing: number
}

const announcement = /\{(\d{1,10})(\+?)\}\r?\n$/
/** More octets than this are not worth skipping: the connection is given up. */
const skippable = 1 << 26
const nothing = new Uint8Array(0)

/**
 * Cuts what a client sends into commands (RFC 3501 §2.2, §4.3; RFC 7888). Octets may come in pieces of any size; time is
 * linear in their number, and no more is kept than the limits allow.
 */
export class CommandStream {
  /** May change between commands: who is not authenticated gets less room. */
  limits: StreamLimits
  #input: Uint8Array = nothing
  #at = 0
  /** The lines of this command that ended in a literal's announcement. */
  #finished = ''
  readonly #line = new OctetBuffer()
  #literals: Uint8Array[] = []
  #literalOctets = 0
  readonly #literal = new OctetBuffer()
  #missing = 0
  #skipped = 0
  #divert: ((octets: Uint8Array) => void) | undefined
  #diverted = false
  #refusing = false

  constructor(limits: StreamLimits) {
    this.limits = limits
  }

  /** Octets of a command whose end has not come. */
  get unterminated(): number {
    return this.#finished.length + this.#line.length + this.#literalOctets + this.#literal.length
  }

  /**
   * The commands that these octets complete, and what has to be said to their sender: lazily, so that what a command
   * changes (its limits, the end of the session) holds for the octets behind it. The octets must not change any more.
   */
  *push(octets: Uint8Array): Generator<Framed> {
    this.#input = octets
    this.#at = 0
    for (let framed = this.#next(); framed !== undefined; framed = this.#next()) yield framed
  }

  /** The literal that was announced goes elsewhere as it comes, and nothing of it is kept. */
  divert(to: (octets: Uint8Array) => void): void {
    this.#divert = to
    this.#diverted = true
  }

  /** Gives back what nobody asked for, and forgets it. */
  rest(): Uint8Array {
    const rest = this.#input.subarray(this.#at)
    this.#input = nothing
    this.#at = 0
    return rest
  }

  #next(): Framed | undefined {
    while (this.#at < this.#input.length) {
      const rest = this.#input.subarray(this.#at)
      if (this.#skipped > 0) {
        const taken = Math.min(rest.length, this.#skipped)
        this.#skipped -= taken
        this.#at += taken
      } else if (this.#missing > 0) this.#at += this.#takeLiteral(rest)
      else {
        const lineFeed = rest.indexOf(10)
        const taken = lineFeed < 0 ? rest.length : lineFeed + 1
        this.#at += taken
        const framed = this.#takeLine(rest.subarray(0, taken), lineFeed >= 0)
        if (framed !== undefined) return framed
      }
    }
    this.#input = nothing
    this.#at = 0
    return undefined
  }

  #takeLiteral(rest: Uint8Array): number {
    const piece = rest.subarray(0, this.#missing)
    // What was announced is not reserved before it comes: announcing costs a client nothing.
    if (this.#divert === undefined) this.#literal.append(piece, this.#literal.length + this.#missing)
    else this.#divert(piece)
    this.#missing -= piece.length
    if (this.#missing === 0) this.#closeLiteral()
    return piece.length
  }

  #closeLiteral(): void {
    const literal = this.#literal.take()
    this.#literals.push(literal)
    this.#literalOctets += literal.length
    this.#divert = undefined
  }

  #takeLine(octets: Uint8Array, ended: boolean): Framed | undefined {
    if (this.#refusing) {
      if (ended) this.#reset()
      return undefined
    }
    const room = this.limits.line - this.#finished.length - this.#line.length
    this.#line.append(octets.length > room ? octets.subarray(0, Math.max(room, 0)) : octets)
    if (octets.length > room) {
      const refused = this.#refuse('the line is longer than the limit')
      if (ended) this.#reset()
      return refused
    }
    if (!ended) return undefined
    const line = latin1(this.#line.take())
    const announced = announcement.exec(line)
    if (announced !== null) return this.#announce(line, Number(announced[1]), announced[2] === '+')
    const command = { kind: 'line', text: this.#finished + line.slice(0, -1), literals: this.#literals } as const
    const diverted = this.#diverted
    this.#reset()
    return diverted ? { ...command, diverted } : command
  }

  #announce(line: string, size: number, nonSynchronizing: boolean): Framed | undefined {
    this.#finished += line
    const allowed = nonSynchronizing ? this.limits.nonSynchronizing : this.limits.literal
    if (size > Math.min(allowed, this.limits.literal - this.#literalOctets)) {
      // The octets of a non-synchronizing literal are on their way whatever we say.
      if (nonSynchronizing) this.#skipped = size
      const refused = this.#refuse('the literal is larger than the limit', nonSynchronizing && size > skippable)
      // After a refused synchronizing literal the client starts anew; otherwise the rest of the line still comes.
      if (!nonSynchronizing) this.#reset()
      return refused
    }
    this.#missing = size
    if (size === 0) this.#closeLiteral()
    return nonSynchronizing ? undefined : { kind: 'literal-announced', text: this.#finished, size }
  }

  #refuse(problem: string, fatal = false): Framed {
    const text = this.#finished + latin1(this.#line.take())
    this.#reset()
    this.#refusing = true
    return { kind: 'refused', text, problem, fatal }
  }

  #reset(): void {
    this.#finished = ''
    this.#line.clear()
    this.#literals = []
    this.#literalOctets = 0
    this.#literal.clear()
    this.#divert = undefined
    this.#diverted = false
    this.#refusing = false
  }
}

/** All the octets in one array. */
export function join(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const utf16 = new TextDecoder('utf-16le')
/** For shorter arrays a decoder costs more than it saves. */
const worthDecoding = 48

/** One character per octet. `TextDecoder('latin1')` would be windows-1252; octets made units of UTF-16 are what is meant. */
export function latin1(octets: Uint8Array): string {
  if (octets.length >= worthDecoding) return utf16.decode(new Uint16Array(octets))
  let text = ''
  for (const octet of octets) text += String.fromCharCode(octet)
  return text
}

/** The octets of a text with one character per octet. */
export const octetsOf = (text: string): Uint8Array<ArrayBuffer> => {
  const octets = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) octets[at] = text.charCodeAt(at)
  return octets
}
