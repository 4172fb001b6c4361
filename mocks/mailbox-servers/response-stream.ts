import type { Passed } from '../gmail/front/core-port.ts'
import { latin1 } from '../gmail/wire/command-stream.ts'
import type { Piece } from '../gmail/wire/encoder.ts'
import { OctetBuffer } from '../gmail/wire/octet-buffer.ts'

/** What a server said is not what IMAP allows. `message` never quotes its octets. */
export class ResponseError extends Error {}

/** Octets of a response line outside its literals: room for the numbers of half a million messages. */
const longestLine = 1 << 22
/** Responses that are data, and may hold literals; the others end in text for people. */
const data = /^\* (?!(?:OK|NO|BAD|BYE|PREAUTH)(?: |$))/i
const announcement = /\{(\d{1,10})\}$/
const [lineFeed, carriageReturn, closingBrace] = [10, 13, 125]

/**
 * Cuts what a server sends into response lines (RFC 3501 §2.2.2, §4.3). Octets may come in pieces of any size. A line with
 * a literal that is too large to be kept is given in parts, so that no more is kept than `kept` octets of it.
 */
export class ResponseStream {
  readonly #kept: () => number
  readonly #text = new OctetBuffer()
  readonly #literal = new OctetBuffer()
  #octets: Uint8Array[] = []
  #pieces: Piece[] = []
  /** Octets of the line's text so far. */
  #length = 0
  #gathered = 0
  #missing = 0
  #streams = false
  #data = false

  /** @param kept octets of a line that are kept until it has ended; asked for each literal */
  constructor(kept: () => number) {
    this.#kept = kept
  }

  /** The lines that these octets complete, lazily. The octets must not change any more. */
  *push(octets: Uint8Array): Generator<Passed> {
    for (let at = 0; at < octets.length;) {
      const rest = octets.subarray(at)
      if (this.#missing > 0) {
        const piece = rest.subarray(0, this.#missing)
        at += piece.length
        if (this.#streams) yield { octets: [piece], pieces: [], ended: false }
        this.#takeLiteral(piece)
        continue
      }
      const end = rest.indexOf(lineFeed)
      const piece = end < 0 ? rest : rest.subarray(0, end + 1)
      at += piece.length
      if (this.#length + this.#text.length + piece.length > longestLine)
        throw new ResponseError(`a line of more than ${longestLine} octets`)
      const line = this.#takeText(piece, end >= 0)
      if (line !== undefined) yield line
    }
  }

  #takeLiteral(piece: Uint8Array): void {
    const whole = piece.length === this.#missing && this.#literal.length === 0
    if (!this.#streams && !whole) this.#literal.append(piece, this.#literal.length + this.#missing)
    this.#missing -= piece.length
    if (this.#missing === 0 && !this.#streams) this.#closeLiteral(whole ? piece : this.#literal.take())
  }

  #closeLiteral(literal: Uint8Array): void {
    this.#octets.push(literal)
    this.#pieces.push({ literal })
  }

  #takeText(piece: Uint8Array, ended: boolean): Passed | undefined {
    if (!ended || this.#text.length > 0) this.#text.append(piece)
    if (!ended) return undefined
    const octets = this.#text.length > 0 ? this.#text.take() : piece
    if (octets.indexOf(carriageReturn) !== octets.length - 2) throw new ResponseError('a line that CRLF does not end')
    if (octets.includes(0)) throw new ResponseError('a line with NUL in it')
    const text = latin1(octets.subarray(0, -2))
    if (this.#length === 0) this.#data = data.test(text)
    this.#length += octets.length
    this.#gathered += octets.length
    this.#octets.push(octets)
    const announces = this.#data && octets[octets.length - 3] === closingBrace
    const [mark, size] = (announces ? announcement.exec(text) : null) ?? []
    if (mark === undefined) {
      this.#pieces.push(text)
      return this.#take(true)
    }
    this.#pieces.push(text.slice(0, -mark.length))
    return this.#announce(Number(size))
  }

  #announce(size: number): Passed | undefined {
    this.#missing = size
    this.#streams = this.#gathered + size > this.#kept()
    if (this.#streams) {
      this.#pieces.push(`‹literal of ${size} octets›`)
      return this.#take(false)
    }
    this.#gathered += size
    if (size === 0) this.#closeLiteral(new Uint8Array(0))
    return undefined
  }

  #take(ended: boolean): Passed {
    const line = { octets: this.#octets, pieces: this.#pieces, ended }
    this.#octets = []
    this.#pieces = []
    this.#gathered = 0
    if (ended) this.#length = 0
    return line
  }
}
