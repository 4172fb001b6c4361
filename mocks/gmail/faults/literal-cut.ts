import { type Piece, encodeLine } from '../wire/encoder.ts'

/** How many octets of a response line come before the first octet of its first literal; undefined where it has none. */
export function octetsBeforeLiteral(pieces: readonly Piece[]): number | undefined {
  const at = pieces.findIndex((piece) => typeof piece !== 'string')
  const piece = pieces[at]
  if (piece === undefined || typeof piece === 'string') return undefined
  const lineEnd = 2
  return encodeLine(pieces.slice(0, at + 1)).length - lineEnd - piece.literal.length
}
