import { type Passed, headLength } from '../gmail/front/core-port.ts'
import type { Piece } from '../gmail/wire/encoder.ts'

/** A literal in a line. Offsets are from the line's first octet. */
export interface Literal {
  /** Where its announcement begins. */
  readonly announced: number
  /** Where its own octets begin. */
  readonly from: number
  readonly size: number
}

/** A response line as it stands on the wire, or its beginning; most are passed on and never read as a whole. */
export class ResponseLine implements Passed {
  readonly octets: Buffer
  readonly ended: boolean
  readonly head: string
  readonly #literals: readonly Literal[]

  /** @param ended whether the CRLF is there; a line without it ends in the announcement of its last literal */
  constructor(octets: Buffer, head: string, literals: readonly Literal[], ended: boolean) {
    this.octets = octets
    this.head = head
    this.#literals = literals
    this.ended = ended
  }

  get plain(): boolean {
    return this.#literals.length === 0
  }

  get pieces(): readonly Piece[] {
    const pieces: Piece[] = []
    let at = 0
    for (const { announced, from, size } of this.#literals) {
      pieces.push(this.octets.toString('latin1', at, announced))
      at = from + size
      const here = at <= this.octets.length
      pieces.push(here ? { literal: this.octets.subarray(from, at) } : `‹literal of ${size} octets›`)
    }
    if (this.ended) pieces.push(this.octets.toString('latin1', at, this.octets.length - lineEnd))
    return pieces
  }
}

const lineEnd = 2

/** How a line begins of which this much is there, its CRLF included. */
export const headOf = (octets: Buffer): string =>
  octets.toString('latin1', 0, Math.min(headLength, octets.length - lineEnd))
