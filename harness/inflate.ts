/**
 * Decompresses as much as can be (RFC 1951): unlike a DecompressionStream it also gives what stood before a cut or a
 * flaw, and the same on every runtime. One character an octet on both sides.
 *
 * @param from where the first block begins
 * @param most octets after which enough was seen
 */
export function inflate(octets: string, from: number, most: number): Inflated {
  const input = new Bits(octets, from)
  const out = new Output(most)
  try {
    for (let isLast = false; !isLast;) {
      isLast = input.take(1) === 1
      block(input.take(2), input, out)
    }
  } catch (end) {
    if (!(end instanceof RangeError)) throw end
  }
  return { text: out.text(), end: input.position() }
}

export interface Inflated {
  readonly text: string
  /** Where the compressed octets end, or stop making sense. */
  readonly end: number
}

class Bits {
  readonly #octets: string
  #at: number
  #held = 0
  #count = 0

  constructor(octets: string, at: number) {
    this.#octets = octets
    this.#at = at
  }

  take(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#octets.length) throw new RangeError('the input ends')
      this.#held |= this.#octets.charCodeAt(this.#at++) << this.#count
      this.#count += 8
    }
    const bits = this.#held & ((1 << count) - 1)
    this.#held >>>= count
    this.#count -= count
    return bits
  }

  toOctet(): void {
    this.#held = 0
    this.#count = 0
  }

  position(): number {
    return this.#at
  }
}

class Output {
  #octets = new Uint8Array(1024)
  #length = 0
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  put(octet: number): void {
    if (this.#length >= this.#most) throw new RangeError('enough was seen')
    if (this.#length === this.#octets.length) {
      const larger = new Uint8Array(this.#length * 2)
      larger.set(this.#octets)
      this.#octets = larger
    }
    this.#octets[this.#length++] = octet
  }

  repeat(length: number, distance: number): void {
    if (distance > this.#length) throw new RangeError('nothing stands there')
    for (let left = length; left > 0; left--) this.put(this.#octets[this.#length - distance]!)
  }

  text(): string {
    const parts: string[] = []
    for (let at = 0; at < this.#length; at += 8192)
      parts.push(String.fromCharCode(...this.#octets.subarray(at, Math.min(at + 8192, this.#length))))
    return parts.join('')
  }
}

function block(type: number, input: Bits, out: Output): void {
  if (type === 0) stored(input, out)
  else if (type === 1) compressed(input, out, fixedLiterals, fixedDistances)
  else if (type === 2) compressed(input, out, ...dynamicCodes(input))
  else throw new RangeError('no such block')
}

function stored(input: Bits, out: Output): void {
  input.toOctet()
  const length = input.take(16)
  if ((input.take(16) ^ 0xffff) !== length) throw new RangeError('not a stored block')
  for (let left = length; left > 0; left--) out.put(input.take(8))
}

/** A canonical Huffman code: how many codes there are of each length, and the symbols in order of their codes. */
interface Code {
  readonly counts: Uint16Array
  readonly symbols: readonly number[]
}

function codeOf(lengths: readonly number[]): Code {
  const counts = new Uint16Array(16)
  for (const length of lengths) if (length > 0) counts[length]! += 1
  const used = lengths.map((length, symbol) => ({ length, symbol })).filter(({ length }) => length > 0)
  return { counts, symbols: used.toSorted((a, b) => a.length - b.length).map(({ symbol }) => symbol) }
}

function symbolOf(input: Bits, { counts, symbols }: Code): number {
  for (let length = 1, code = 0, first = 0, index = 0; length < 16; length++) {
    code |= input.take(1)
    const count = counts[length]!
    if (code - count < first) return symbols[index + code - first]!
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw new RangeError('no such code')
}

const run = (length: number, value: number): number[] => Array.from({ length }, () => value)
const fixedLiterals = codeOf([...run(144, 8), ...run(112, 9), ...run(24, 7), ...run(8, 8)])
const fixedDistances = codeOf(run(30, 5))
const orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

function dynamicCodes(input: Bits): [literals: Code, distances: Code] {
  const literals = input.take(5) + 257
  const distances = input.take(5) + 1
  const told = run(19, 0)
  const count = input.take(4) + 4
  for (const symbol of orderOfLengths.slice(0, count)) told[symbol] = input.take(3)
  const code = codeOf(told)
  const lengths: number[] = []
  while (lengths.length < literals + distances) {
    const symbol = symbolOf(input, code)
    if (symbol < 16) lengths.push(symbol)
    else if (symbol === 16) lengths.push(...run(input.take(2) + 3, lengths.at(-1) ?? 0))
    else lengths.push(...run(symbol === 17 ? input.take(3) + 3 : input.take(7) + 11, 0))
  }
  return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals, literals + distances))]
}

/** RFC 1951 §3.2.5: lengths from 3 and distances from 1, in steps that double every few symbols. */
const bases = (first: number, extras: readonly number[]): readonly number[] =>
  extras.map((_, index) => extras.slice(0, index).reduce((sum, extra) => sum + 2 ** extra, first))
const lengthExtras = [...run(8, 0), ...[1, 2, 3, 4, 5].flatMap((extra) => run(4, extra))]
const lengthBases = bases(3, lengthExtras)
const distanceExtras = [0, 0, ...Array.from({ length: 14 }, (_, extra) => extra).flatMap((extra) => run(2, extra))]
const distanceBases = bases(1, distanceExtras)

function compressed(input: Bits, out: Output, literals: Code, distances: Code): void {
  for (let symbol = symbolOf(input, literals); symbol !== 256; symbol = symbolOf(input, literals)) {
    if (symbol < 256) {
      out.put(symbol)
      continue
    }
    const index = symbol - 257
    // The longest length has a symbol of its own, without extra bits.
    const length = index === 28 ? 258 : lengthBases[index]! + input.take(lengthExtras[index]!)
    const far = symbolOf(input, distances)
    if (distanceBases[far] === undefined) throw new RangeError('no such distance')
    out.repeat(length, distanceBases[far] + input.take(distanceExtras[far]!))
  }
}
