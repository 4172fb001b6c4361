import { join } from './command-stream.ts'
import {
  type Code,
  codeOf,
  distanceBases,
  distanceExtraBits,
  fixedDistanceLengths,
  fixedLiteralLengths,
  lengthBases,
  lengthExtraBits,
  longestMatch,
  run,
  windowSize,
} from './deflate-codes.ts'

/** What came is not in the format of RFC 1951. */
export class DeflateError extends Error {}

/** Thrown where the octets end in the middle of an element, which is then read again when more have come. */
const shortage = new Error('the input ends')

const fixed = { literals: codeOf(fixedLiteralLengths), distances: codeOf(fixedDistanceLengths) }
const orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const nothing = new Uint8Array(0)

type State =
  | { readonly name: 'between-blocks' | 'ended' }
  | { readonly name: 'stored'; left: number }
  | { readonly name: 'compressed'; readonly literals: Code; readonly distances: Code }

/**
 * Decompresses a stream (RFC 1951) as its octets come: at once, without a thread or a turn of an event loop, so that
 * what a session does never depends on when a library calls back.
 */
export class Inflater {
  #input: Uint8Array = nothing
  #at = 0
  #held = 0
  #count = 0
  #state: State = { name: 'between-blocks' }
  #last = false
  /** The window, and behind it what was not given out yet. */
  readonly #out = new Uint8Array(2 * windowSize + longestMatch)
  #start = 0
  #end = 0

  #given(): Uint8Array {
    const piece = this.#out.slice(this.#start, this.#end)
    this.#start = this.#end
    return piece
  }

  /** Gives what these octets tell, in pieces of a bounded size; throws a {@link DeflateError}. */
  *push(octets: Uint8Array): Generator<Uint8Array> {
    this.#input = this.#at < this.#input.length ? join([this.#input.subarray(this.#at), octets]) : octets
    this.#at = 0
    while (this.#advance()) {
      yield this.#given()
      this.#slide()
    }
    if (this.#end > this.#start) yield this.#given()
  }

  #slide(): void {
    this.#out.copyWithin(0, this.#end - windowSize, this.#end)
    this.#start = this.#end = windowSize
  }

  /** Reads elements until the input ends, which is false, or there is no more room. */
  #advance(): boolean {
    while (this.#end < 2 * windowSize) {
      const [at, held, count] = [this.#at, this.#held, this.#count]
      try {
        if (!this.#element()) return false
      } catch (error) {
        if (error !== shortage) throw error
        this.#at = at
        this.#held = held
        this.#count = count
        return false
      }
    }
    return true
  }

  #element(): boolean {
    const state = this.#state
    if (state.name === 'between-blocks') this.#block()
    else if (state.name === 'compressed') this.#symbol(state.literals, state.distances)
    else if (state.name === 'stored') return this.#copy(state)
    else return false
    return true
  }

  #block(): void {
    const last = this.#take(1) === 1
    const type = this.#take(2)
    if (type === 3) throw new DeflateError('no such block')
    const state: State =
      type === 0
        ? { name: 'stored', left: this.#storedLength() }
        : { name: 'compressed', ...(type === 1 ? fixed : this.#codes()) }
    this.#last = last
    this.#state = state
  }

  #endBlock(): void {
    this.#state = { name: this.#last ? 'ended' : 'between-blocks' }
  }

  #storedLength(): number {
    this.#held = 0
    this.#count = 0
    const length = this.#take(16)
    if ((this.#take(16) ^ 0xffff) !== length) throw new DeflateError('not a stored block')
    return length
  }

  #copy(state: Extract<State, { name: 'stored' }>): boolean {
    const piece = this.#input.subarray(
      this.#at,
      this.#at + Math.min(state.left, 2 * windowSize - this.#end, this.#input.length - this.#at),
    )
    this.#out.set(piece, this.#end)
    this.#end += piece.length
    this.#at += piece.length
    state.left -= piece.length
    if (state.left === 0) this.#endBlock()
    return state.left === 0 || piece.length > 0
  }

  #symbol(literals: Code, distances: Code): void {
    const symbol = this.#decode(literals)
    if (symbol < 256) {
      this.#out[this.#end++] = symbol
      return
    }
    if (symbol === 256) return this.#endBlock()
    const base = lengthBases[symbol - 257]
    if (base === undefined) throw new DeflateError('no such length')
    const length = base + this.#take(lengthExtraBits[symbol - 257]!)
    const far = this.#decode(distances)
    const distance = distanceBases[far]! + this.#take(distanceExtraBits[far]!)
    if (!(distance <= this.#end)) throw new DeflateError('nothing stands there')
    // Octet by octet: what is repeated may reach into what it writes.
    for (let left = length; left > 0; left--) {
      this.#out[this.#end] = this.#out[this.#end - distance]!
      this.#end++
    }
  }

  #codes(): { literals: Code; distances: Code } {
    const literals = this.#take(5) + 257
    const all = literals + this.#take(5) + 1
    const told = run(19, 0)
    const count = this.#take(4) + 4
    for (const symbol of orderOfLengths.slice(0, count)) told[symbol] = this.#take(3)
    const code = codeOf(told)
    const lengths: number[] = []
    while (lengths.length < all) {
      const symbol = this.#decode(code)
      if (symbol < 16) lengths.push(symbol)
      else if (symbol === 16) lengths.push(...run(this.#take(2) + 3, lengths.at(-1) ?? 0))
      else lengths.push(...run(symbol === 17 ? this.#take(3) + 3 : this.#take(7) + 11, 0))
    }
    return { literals: codeOf(lengths.slice(0, literals)), distances: codeOf(lengths.slice(literals, all)) }
  }

  #decode({ counts, symbols }: Code): number {
    for (let length = 1, code = 0, first = 0, index = 0; length < 16; length++) {
      code |= this.#take(1)
      const count = counts[length]!
      if (code - count < first) return symbols[index + code - first]!
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw new DeflateError('no such code')
  }

  #take(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#input.length) throw shortage
      this.#held |= this.#input[this.#at++]! << this.#count
      this.#count += 8
    }
    const bits = this.#held & ((1 << count) - 1)
    this.#held >>>= count
    this.#count -= count
    return bits
  }
}
