/** One command as it crossed the wire, without its last LF. Literals stand apart; their `{n}` CRLF stays in the text. */
export interface CommandLine {
  /** One character per octet; a well-formed line ends with CR. */
  readonly text: string
  readonly literals: readonly Uint8Array[]
}

export type Framed =
  | ({ readonly kind: 'line' } & CommandLine)
  /** A synchronizing literal was announced: its octets come only after a continuation request. */
  | { readonly kind: 'literal-announced' }
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

/**
 * Cuts what a client sends into commands (RFC 3501 §2.2, §4.3; RFC 7888). Octets may come in pieces of any size; time is
 * linear in their number, and no more is kept than the limits allow.
 */
export class CommandStream {
  /** May change between commands: who is not authenticated gets less room. */
  limits: StreamLimits
  #finished = ''
  #line = ''
  #literals: Uint8Array[] = []
  #literalOctets = 0
  #pieces: Uint8Array[] = []
  #missing = 0
  #skipped = 0
  #refusing = false

  constructor(limits: StreamLimits) {
    this.limits = limits
  }

  /** Octets of a command whose end has not come. */
  get unterminated(): number {
    const pieces = this.#pieces.reduce((sum, piece) => sum + piece.length, 0)
    return this.#finished.length + this.#line.length + this.#literalOctets + pieces
  }

  /** Lazily, so that what a command changes (its limits, the end of the session) holds for the octets behind it. */
  *push(chunk: Uint8Array): Generator<Framed> {
    let at = 0
    while (at < chunk.length) {
      const rest = chunk.subarray(at)
      if (this.#skipped > 0) {
        const taken = Math.min(rest.length, this.#skipped)
        this.#skipped -= taken
        at += taken
        continue
      }
      if (this.#missing > 0) {
        at += this.#takeLiteral(rest)
        continue
      }
      const lineFeed = rest.indexOf(10)
      const taken = lineFeed < 0 ? rest.length : lineFeed + 1
      at += taken
      yield* this.#takeLine(rest.subarray(0, taken), lineFeed >= 0)
    }
  }

  #takeLiteral(rest: Uint8Array): number {
    // A copy: the carrier may use its buffer again.
    const piece = new Uint8Array(rest.subarray(0, this.#missing))
    this.#pieces.push(piece)
    this.#missing -= piece.length
    if (this.#missing === 0) this.#closeLiteral()
    return piece.length
  }

  #closeLiteral(): void {
    const literal = join(this.#pieces)
    this.#pieces = []
    this.#literals.push(literal)
    this.#literalOctets += literal.length
  }

  *#takeLine(octets: Uint8Array, ended: boolean): Generator<Framed> {
    const room = this.limits.line - this.#finished.length - this.#line.length
    if (!this.#refusing) this.#line += latin1(octets.length > room ? octets.subarray(0, Math.max(room, 0)) : octets)
    if (octets.length > room && !this.#refusing) yield* this.#refuse('the line is longer than the limit')
    if (!ended) return
    if (this.#refusing) return this.#reset()

    const announced = announcement.exec(this.#line)
    if (announced === null) {
      const command = {
        kind: 'line',
        text: this.#finished + this.#line.slice(0, -1),
        literals: this.#literals,
      } as const
      this.#reset()
      yield command
    } else yield* this.#announce(Number(announced[1]), announced[2] === '+')
  }

  *#announce(size: number, nonSynchronizing: boolean): Generator<Framed> {
    const allowed = nonSynchronizing ? this.limits.nonSynchronizing : this.limits.literal
    if (size > Math.min(allowed, this.limits.literal - this.#literalOctets)) {
      // The octets of a non-synchronizing literal are on their way whatever we say.
      if (nonSynchronizing) this.#skipped = size
      yield* this.#refuse('the literal is larger than the limit', nonSynchronizing && size > skippable)
      // After a refused synchronizing literal the client starts anew; otherwise the rest of the line still comes.
      if (!nonSynchronizing) this.#reset()
      return
    }
    this.#finished += this.#line
    this.#line = ''
    this.#missing = size
    if (size === 0) this.#closeLiteral()
    if (!nonSynchronizing) yield { kind: 'literal-announced' }
  }

  *#refuse(problem: string, fatal = false): Generator<Framed> {
    const text = this.#finished + this.#line
    this.#reset()
    this.#refusing = true
    yield { kind: 'refused', text, problem, fatal }
  }

  #reset(): void {
    this.#finished = ''
    this.#line = ''
    this.#literals = []
    this.#literalOctets = 0
    this.#pieces = []
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

/** One character per octet. `TextDecoder('latin1')` would be windows-1252. */
export function latin1(octets: Uint8Array): string {
  let text = ''
  for (let at = 0; at < octets.length; at += 4096) text += String.fromCharCode(...octets.subarray(at, at + 4096))
  return text
}

/** The octets of a text with one character per octet. */
export const octetsOf = (text: string): Uint8Array<ArrayBuffer> => {
  const octets = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) octets[at] = text.charCodeAt(at)
  return octets
}
