/** A reproducible source of randomness; never for anything that must be secret outside a test. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  integer(below: number): number
  bytes(length: number): Uint8Array<ArrayBuffer>
  /** `length` symbols, each drawn from `alphabet`. */
  text(length: number, alphabet: string): string
}

/** FNV-1a over UTF-16 code units: turns a name into a 32-bit seed. */
export const seedOf = (...parts: readonly (string | number)[]): number => {
  const name = parts.join('\u0000')
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Marsaglia's xorwow generator, seeded by splitmix-style scrambling: equal seeds, equal streams on every runtime. */
export function createRandom(seed: number): Random {
  let mixer = seed >>> 0
  const scramble = (): number => {
    mixer = (mixer + 0x9e3779b9) >>> 0
    let mixed = Math.imul(mixer ^ (mixer >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return (mixed ^ (mixed >>> 16)) >>> 0
  }
  let [x, y, z, w, v] = [scramble(), scramble(), scramble(), scramble(), scramble()]
  let counter = scramble()

  const next = (): number => {
    const shifted = x! ^ (x! >>> 2)
    ;[x, y, z, w] = [y, z, w, v]
    v = (v! ^ (v! << 4) ^ (shifted ^ (shifted << 1))) >>> 0
    counter = (counter + 362437) >>> 0
    return (v + counter) >>> 0
  }
  const integer = (below: number): number => Math.floor((next() / 2 ** 32) * below)

  return {
    integer,
    bytes: (length) => Uint8Array.from({ length }, () => integer(256)),
    text: (length, alphabet) => Array.from({ length }, () => alphabet[integer(alphabet.length)]).join(''),
  }
}
