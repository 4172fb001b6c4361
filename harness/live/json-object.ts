/** Members of an answer, as a server wrote them. */
export type Members = Readonly<Record<string, unknown>>

/** Deeper than any answer that is asked for here. */
const deepest = 20

/**
 * What a server’s JSON object holds; undefined for all other text, and for lists in lists in lists, which can be read but
 * neither compared nor written.
 */
export function jsonObjectIn(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return isShallow(value, deepest) ? (value as Members) : undefined
  } catch {
    return undefined
  }
}

const isShallow = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((member) => isShallow(member, depth - 1)))
