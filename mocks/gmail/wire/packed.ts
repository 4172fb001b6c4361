import { join } from './command-stream.ts'

/** Octets that are worth a write of their own: to copy them costs more. */
const large = 16_384

/** The same octets in few pieces. What adjoins in memory, such as lines that came together, is one piece without a copy. */
export function packed(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  if (pieces.length === 1) return pieces
  const packs: Uint8Array[] = []
  let small: Uint8Array[] = []
  const close = (): void => {
    if (small.length > 0) packs.push(join(small))
    small = []
  }
  for (const run of runsOf(pieces)) {
    if (run.length >= large) {
      close()
      packs.push(run)
    } else small.push(run)
  }
  close()
  return packs
}

function* runsOf(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  for (let at = 0; at < pieces.length;) {
    const first = pieces[at]!
    let length = first.length
    for (at += 1; at < pieces.length && adjoins(first, length, pieces[at]!); at++) length += pieces[at]!.length
    yield length === first.length ? first : new Uint8Array(first.buffer, first.byteOffset, length)
  }
}

const adjoins = (first: Uint8Array, length: number, next: Uint8Array): boolean =>
  next.buffer === first.buffer && next.byteOffset === first.byteOffset + length
