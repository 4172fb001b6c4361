import { CommandStream, type Framed, type StreamLimits } from './command-stream.ts'
import { Inflater } from './deflate.ts'

/** Octets that may wait for their turn. A carrier that heeds the word to pause never brings as many. */
const mostWaiting = 1 << 20
/** What a piece of any size costs to keep. */
const pieceCost = 128

/**
 * What a client sent and nobody worked through yet. Commands are asked for one at a time: what one changes (limits,
 * compression, the end of the session) holds for the octets behind it, and a client that does not read its answers
 * waits instead of having them kept.
 */
export class Intake {
  readonly #stream: CommandStream
  /** As they came: they may be compressed. */
  #waiting: Uint8Array[] = []
  #cost = 0
  #framed: Iterator<Framed> | undefined
  #inflated: Iterator<Uint8Array> | undefined
  #inflater: Inflater | undefined

  constructor(limits: StreamLimits) {
    this.#stream = new CommandStream(limits)
  }

  set limits(limits: StreamLimits) {
    this.#stream.limits = limits
  }

  /** Octets of a command whose end has not come. */
  get unterminated(): number {
    return this.#stream.unterminated
  }

  /** Whether more than a few commands wait. */
  get full(): boolean {
    return this.#cost > mostWaiting / 8
  }

  get inflates(): boolean {
    return this.#inflater !== undefined
  }

  /** Keeps octets, which must not change any more; false when there are too many. */
  add(octets: Uint8Array): boolean {
    this.#waiting.push(octets)
    this.#cost += octets.length + pieceCost
    return this.#cost - pieceCost <= Math.max(mostWaiting, octets.length)
  }

  /** The next command, or what has to be said to its sender; undefined when more has to come first. */
  next(): Framed | undefined {
    for (;;) {
      const framed = this.#framed?.next()
      if (framed?.done === false) return framed.value
      const piece = this.#piece()
      if (piece === undefined) return undefined
      this.#framed = this.#stream.push(piece)
    }
  }

  /** The literal that was announced last goes elsewhere as it comes. */
  divert(to: (octets: Uint8Array) => void): void {
    this.#stream.divert(to)
  }

  /** What comes from here on is compressed (RFC 4978). */
  inflate(): void {
    const rest = this.#stream.rest()
    this.#waiting.unshift(rest)
    this.#cost += rest.length + pieceCost
    this.#inflater = new Inflater()
  }

  /** Forgets what came behind the present command, and says how many octets that were. */
  discard(): number {
    const discarded = this.#waiting.reduce((sum, { length }) => sum + length, this.#stream.rest().length)
    this.#waiting = []
    this.#cost = 0
    return discarded
  }

  /** Throws a DeflateError for octets that are not compressed as they should be. */
  #piece(): Uint8Array | undefined {
    for (;;) {
      const inflated = this.#inflated?.next()
      if (inflated?.done === false) return inflated.value
      this.#inflated = undefined
      const octets = this.#waiting.shift()
      if (octets === undefined) return undefined
      this.#cost -= octets.length + pieceCost
      if (this.#inflater === undefined) return octets
      this.#inflated = this.#inflater.push(octets)
    }
  }
}
