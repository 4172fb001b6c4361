/** A canonical Huffman code (RFC 1951 §3.2.2): how many codes there are of each length, and the symbols by their codes. */
export interface Code {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

/** @param lengths of each symbol's code; 0 means that the symbol does not occur */
export function codeOf(lengths: readonly number[]): Code {
  const counts = new Uint16Array(16)
  for (const length of lengths) if (length > 0) counts[length]! += 1
  const next = new Uint16Array(16)
  for (let length = 1; length < 15; length++) next[length + 1] = next[length]! + counts[length]!
  const symbols = new Uint16Array(lengths.length)
  lengths.forEach((length, symbol) => {
    if (length > 0) symbols[next[length]!++] = symbol
  })
  return { counts, symbols }
}

export const run = (times: number, value: number): number[] => Array.from({ length: times }, () => value)

/** The lengths of the fixed codes (RFC 1951 §3.2.6). */
export const fixedLiteralLengths = [...run(144, 8), ...run(112, 9), ...run(24, 7), ...run(8, 8)]
export const fixedDistanceLengths = run(30, 5)

const bases = (first: number, extraBits: readonly number[]): number[] =>
  extraBits.map((_, index) => extraBits.slice(0, index).reduce((sum, bits) => sum + 2 ** bits, first))

/** Lengths from 3 to 258 as symbols from 257 on, the last one without extra bits (RFC 1951 §3.2.5). */
export const lengthExtraBits = [...run(8, 0), ...[1, 2, 3, 4, 5].flatMap((bits) => run(4, bits)), 0]
export const lengthBases = [...bases(3, lengthExtraBits).slice(0, 28), 258]
/** Distances from 1 to 32768 as symbols from 0 on. */
export const distanceExtraBits = [0, 0, ...Array.from({ length: 14 }, (_, bits) => run(2, bits)).flat()]
export const distanceBases = bases(1, distanceExtraBits)

/** How far back a repetition may reach. */
export const windowSize = 32_768
export const longestMatch = 258
