import type { Passed } from '../gmail/front/core-port.ts'
import { OctetBuffer } from '../gmail/wire/octet-buffer.ts'
import { type Literal, ResponseLine, headOf } from './response-line.ts'

/** What a server said is not what IMAP allows. `message` never quotes its octets. */
export class ResponseError extends Error {}

/** Octets of a response line outside its literals: room for the numbers of half a million messages. */
const longestLine = 1 << 22
/** Responses that are data, and may hold literals; the others end in text for people. */
const data = /^\* (?!(?:OK|NO|BAD|BYE|PREAUTH)(?: |$))/i
const announcement = /\{(\d{1,10})\}\r\n$/
const longestAnnouncement = '{1234567890}\r\n'.length
const [lineFeed, carriageReturn, closingBrace] = [10, 13, 125]

/**
 * Cuts what a server sends into response lines (RFC 3501 §2.2.2, §4.3). Octets may come in pieces of any size. A line with
 * a literal that is too large to be kept is given in parts, so that no more is kept than `kept` octets of it.
 */
export class ResponseStream {
  readonly #kept: () => number
  /** What earlier pieces brought of the line. */
  readonly #begun = new OctetBuffer()
  #literals: Literal[] = []
  #head = ''
  #data = false
  /** The line has been given in part. */
  #midLine = false
  /** Where the text begins that is being read, from the first octet that was not given. */
  #textFrom = 0
  /** Octets of the line's text so far. */
  #length = 0
  #missing = 0
  #streams = false

  /** @param kept octets of a line that are kept until it has ended; asked for each literal */
  constructor(kept: () => number) {
    this.#kept = kept
  }

  /** The lines that these octets complete, lazily. The octets must not change any more. */
  *push(octets: Uint8Array): Generator<Passed> {
    const input = bufferOf(octets)
    // What stands before was given, or is kept.
    let from = 0
    for (let at = 0; at < input.length;) {
      if (this.#missing > 0) {
        at += this.#takeLiteral(input.length - at)
        if (!this.#streams) continue
        yield new ResponseLine(input.subarray(from, at), '', [], false)
        from = at
        continue
      }
      const end = input.indexOf(lineFeed, at)
      const next = end < 0 ? input.length : end + 1
      this.#length += next - at
      if (this.#length > longestLine) throw new ResponseError(`a line of more than ${longestLine} octets`)
      at = next
      if (end < 0) break
      const line = this.#gather(input.subarray(from, at))
      const given = this.#take(line)
      if (given !== undefined || this.#begun.length > 0) from = at
      if (given !== undefined) yield this.#give(given)
    }
    if (from < input.length) this.#begun.append(input.subarray(from))
  }

  #takeLiteral(most: number): number {
    const taken = Math.min(this.#missing, most)
    this.#missing -= taken
    return taken
  }

  /** All that is there of the line; most lines come in one piece. */
  #gather(octets: Buffer): Buffer {
    if (this.#begun.length === 0) return octets
    this.#begun.append(octets)
    return bufferOf(this.#begun.octets)
  }

  /** Reads the text at the line's end; undefined when a literal follows that is kept. */
  #take(line: Buffer): ResponseLine | undefined {
    const from = this.#textFrom
    if (line.length < 2 || line.indexOf(carriageReturn, from) !== line.length - 2)
      throw new ResponseError('a line that CRLF does not end')
    if (line.includes(0, from)) throw new ResponseError('a line with NUL in it')
    if (from === 0 && !this.#midLine) {
      this.#head = headOf(line)
      this.#data = data.test(this.#head)
    }
    const size = this.#announced(line)
    if (size === undefined) return new ResponseLine(line, this.#head, this.#literals, true)
    this.#missing = size
    this.#streams = line.length + size > this.#kept()
    this.#textFrom = line.length + size
    return this.#streams ? new ResponseLine(line, this.#head, this.#literals, false) : undefined
  }

  /** The size of the literal that the line ends in an announcement of. */
  #announced(line: Buffer): number | undefined {
    if (!this.#data || line[line.length - 3] !== closingBrace) return undefined
    const tail = line.toString('latin1', Math.max(this.#textFrom, line.length - longestAnnouncement))
    const [mark, digits] = announcement.exec(tail) ?? []
    if (mark === undefined) return undefined
    const size = Number(digits)
    this.#literals.push({ announced: line.length - mark.length, from: line.length, size })
    return size
  }

  #give(line: ResponseLine): Passed {
    this.#begun.clear()
    this.#literals = []
    this.#head = ''
    this.#textFrom = 0
    this.#midLine = !line.ended
    if (line.ended) this.#length = 0
    return line
  }
}

/** The same octets, with the words of a Buffer. */
const bufferOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length)
