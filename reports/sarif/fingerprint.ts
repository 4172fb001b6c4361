const prime = 0x100000001b3n
const start = 0xcbf29ce484222325n

/** FNV-1a of 64 bits, in hexadecimal: it tells texts apart and keeps nothing secret. */
const hash = (text: string): string => {
  const sum = new TextEncoder()
    .encode(text)
    .reduce((state, byte) => BigInt.asUintN(64, (state ^ BigInt(byte)) * prime), start)
  return sum.toString(16).padStart(16, '0')
}

/**
 * By what a finding is known again when lines above it come and go: equal ones are counted, no line takes part. GitHub’s
 * own `primaryLocationLineHash` is left to the upload, which computes it from the file.
 */
export function fingerprints(): (...parts: readonly string[]) => string {
  const seen = new Map<string, number>()
  return (...parts) => {
    const text = JSON.stringify(parts)
    const count = (seen.get(text) ?? 0) + 1
    seen.set(text, count)
    return `${hash(text)}:${count}`
  }
}
