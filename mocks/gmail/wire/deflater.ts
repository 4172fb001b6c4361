import { join } from './command-stream.ts'
import {
  distanceBases,
  distanceExtraBits,
  fixedLiteralLengths,
  lengthBases,
  lengthExtraBits,
  longestMatch,
  windowSize,
} from './deflate-codes.ts'

const hashBits = 13
const shortestMatch = 4

/** The bits of a Huffman code come first to last, all others last to first (RFC 1951 §3.1.1). */
const reversed = (code: number, length: number): number => {
  let bits = 0
  for (let at = 0; at < length; at++) bits |= ((code >> at) & 1) << (length - 1 - at)
  return bits
}

/** RFC 1951 §3.2.6: where the codes of each range of symbols begin. */
const fixedCode = (symbol: number): number =>
  symbol < 144 ? 0x30 + symbol : symbol < 256 ? 0x190 + symbol - 144 : symbol < 280 ? symbol - 256 : 0xc0 + symbol - 280
const literalCodes = fixedLiteralLengths.map((length, symbol) => reversed(fixedCode(symbol), length))
const distanceCodes = Array.from({ length: 30 }, (_, symbol) => reversed(symbol, 5))

/** The symbol of each length, and of each distance below 257; above, distances are looked up by their 128th part. */
const lengthSymbols = Uint8Array.from({ length: longestMatch + 1 }, (_, length) =>
  lengthBases.findLastIndex((base) => base <= length),
)
const symbolOfDistance = (distance: number): number => distanceBases.findLastIndex((base) => base <= distance)
const nearSymbols = Uint8Array.from({ length: 257 }, (_, distance) => symbolOfDistance(distance))
const farSymbols = Uint8Array.from({ length: 256 }, (_, part) => symbolOfDistance(part * 128 + 1))

/** Compresses a stream (RFC 1951) with the fixed codes; what is given out at once ends at an octet, as after a flush. */
export class Deflater {
  readonly #heads = new Int32Array(1 << hashBits).fill(-windowSize - 1)
  #history: Uint8Array = new Uint8Array(0)
  /** Where in the stream the history begins. */
  #base = 0
  #out = new Uint8Array(0)
  #length = 0
  #held = 0
  #count = 0

  /** These octets, compressed so that the other side can tell all of them. */
  push(octets: Uint8Array): Uint8Array {
    const data = join([this.#history, octets])
    // A literal takes nine bits at the most; the block and the flush take eight octets more.
    this.#out = new Uint8Array(octets.length + (octets.length >> 3) + 16)
    this.#length = 0
    this.#bits(1 << 1, 3)
    this.#block(data, this.#history.length)
    this.#symbol(256)
    // An empty stored block brings the stream to the next octet.
    this.#bits(0, 3)
    if (this.#count > 0) this.#bits(0, 8 - this.#count)
    this.#bits(0, 16)
    this.#bits(0xffff, 16)
    const kept = Math.max(0, data.length - windowSize)
    this.#base += kept
    this.#history = data.slice(kept)
    return this.#out.subarray(0, this.#length)
  }

  #block(data: Uint8Array, from: number): void {
    let at = from
    while (at < data.length) {
      const before = this.#remember(data, at)
      const length = before < 0 ? 0 : matchLength(data, before, at)
      if (length < shortestMatch) {
        this.#symbol(data[at]!)
        at++
        continue
      }
      this.#match(length, at - before)
      for (const end = at + length; ++at < end;) this.#remember(data, at)
    }
  }

  /** Notes what begins here, and says where the same began last; negative where it never did. */
  #remember(data: Uint8Array, at: number): number {
    if (at + shortestMatch > data.length) return -1
    const word = data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16) | (data[at + 3]! << 24)
    const hash = Math.imul(word, 0x9e3779b1) >>> (32 - hashBits)
    const before = this.#heads[hash]! - this.#base
    this.#heads[hash] = at + this.#base
    return at - before > windowSize ? -1 : before
  }

  #symbol(symbol: number): void {
    this.#bits(literalCodes[symbol]!, fixedLiteralLengths[symbol]!)
  }

  #match(length: number, distance: number): void {
    const lengthSymbol = lengthSymbols[length]!
    this.#symbol(257 + lengthSymbol)
    this.#bits(length - lengthBases[lengthSymbol]!, lengthExtraBits[lengthSymbol]!)
    const far = distance < 257 ? nearSymbols[distance]! : farSymbols[(distance - 1) >> 7]!
    this.#bits(distanceCodes[far]!, 5)
    this.#bits(distance - distanceBases[far]!, distanceExtraBits[far]!)
  }

  #bits(bits: number, count: number): void {
    this.#held |= bits << this.#count
    this.#count += count
    for (; this.#count >= 8; this.#count -= 8) {
      this.#out[this.#length++] = this.#held & 0xff
      this.#held >>>= 8
    }
  }
}

function matchLength(data: Uint8Array, before: number, at: number): number {
  const most = Math.min(longestMatch, data.length - at)
  let length = 0
  while (length < most && data[before + length] === data[at + length]) length++
  return length
}
