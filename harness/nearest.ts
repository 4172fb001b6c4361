/** Levenshtein distance, in single-character edits. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

/** The existing name that a person most likely meant; `names` must not be empty. */
export const nearest = (meant: string, names: readonly string[]): string =>
  names.toSorted((a, b) => distance(meant, a) - distance(meant, b))[0]!

/** The existing name that differs from the meant one in at most two characters; further away it would be a guess. */
export const near = (meant: string, names: readonly string[]): string | undefined => {
  // Long names are no typing mistakes of short ones, and comparing them costs their product.
  const candidates = names.filter((name) => Math.abs(name.length - meant.length) <= 2)
  const found = candidates.length === 0 ? undefined : nearest(meant, candidates)
  return found !== undefined && distance(meant, found) <= 2 ? found : undefined
}
