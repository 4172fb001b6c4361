/** A pattern made of wildcards. Whoever wrote it may wish us ill, so the work grows no faster than pattern times text. */
export interface Glob {
  test(text: string): boolean
}

/** A part of a pattern: one character, or any number of them where `again` says so. */
interface Piece {
  fits(character: string): boolean
  readonly again?: true
  /** How many pieces, this one first, may be passed over with nothing. */
  readonly over?: number
}

const anything: Piece = { fits: () => true, again: true, over: 1 }
const withinName: Piece = { fits: (character) => character !== '/', again: true, over: 1 }
const oneOfName: Piece = { fits: (character) => character !== '/' }
const literal = (own: string): Piece => ({ fits: (character) => character === own })
/** Nothing, or names each ended by a slash. */
const folders: readonly Piece[] = [{ fits: () => false, over: 3 }, anything, literal('/')]

/** `*` stands for any characters but `/`, `**` for any at all; `**` and a slash for any folders, or none. */
export const globPattern = (glob: string): Glob =>
  globOf(
    (glob.match(/\*{2,}\/|\*+|[^*]/gu) ?? []).flatMap((part) => {
      if (!part.startsWith('*')) return literal(part)
      return part.endsWith('/') ? folders : part.length > 1 ? anything : withinName
    }),
  )

/** As build tools match names (Go, filepath.Match): `*`, `?` and `[a-z]`, each within one name. */
export const namePattern = (glob: string): Glob =>
  globOf(
    (glob.match(/\*+|\[\^?[^\]]+\]|[^*]/gu) ?? []).map((part) => {
      if (part.startsWith('*')) return withinName
      if (part === '?') return oneOfName
      return part.length > 1 && part.startsWith('[') ? oneOf(part) : literal(part)
    }),
  )

/** A class of characters, such as `[a-z]`; one that makes no sense fits nothing. */
function oneOf(written: string): Piece {
  try {
    const pattern = new RegExp(written.replaceAll('\\', String.raw`\\`), 'u')
    return { fits: (character) => character !== '/' && pattern.test(character) }
  } catch {
    return { fits: () => false }
  }
}

const globOf = (pieces: readonly Piece[]): Glob => ({
  test(text) {
    let open = entered(pieces, [0])
    for (const character of text) {
      const next: number[] = []
      for (const at of open) {
        const piece = pieces[at]
        if (piece?.fits(character) === true) next.push(piece.again === true ? at : at + 1)
      }
      if (next.length === 0) return false
      open = entered(pieces, next)
    }
    return open.has(pieces.length)
  },
})

/** Where one may stand before the next character: at these pieces, and behind those that may be nothing. */
function entered(pieces: readonly Piece[], starts: readonly number[]): ReadonlySet<number> {
  const open = new Set(starts)
  // A set goes through what is added to it on the way, too.
  for (const at of open) {
    const over = pieces[at]?.over
    if (over === undefined) continue
    open.add(at + over)
    if (over > 1) open.add(at + 1)
  }
  return open
}
