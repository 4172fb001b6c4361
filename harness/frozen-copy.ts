/** Shared parts of one journal at the most; a subject that never says the same thing twice must not fill a table. */
const mostShared = 10_000
/** Characters: longer texts are seldom said twice. */
const longestShared = 200

type Frozen = <T>(value: T) => T

/**
 * Copies what is observed, so that whoever recorded a list may go on to change it, and freezes the copy. Texts and lists
 * of texts that were there before are shared: the headers of ten thousand requests are almost all the same.
 */
export function frozenCopies(): Frozen {
  const texts = new Map<string, string>()
  const lists = new Map<string, readonly unknown[]>()

  const shared = <S>(table: Map<string, S>, key: string, value: S): S => {
    const known = table.get(key)
    if (known !== undefined || key.length > longestShared || table.size === mostShared) return known ?? value
    table.set(key, value)
    return value
  }
  const copyList = (value: readonly unknown[]): readonly unknown[] => {
    const copy = Object.freeze(value.map((item) => frozen(item)))
    return isTexts(copy) ? shared(lists, JSON.stringify(copy), copy) : copy
  }
  const frozen: Frozen = (value) => {
    if (typeof value === 'string') return shared(texts, value, value) as typeof value
    if (typeof value !== 'object' || value === null || isWhole(value)) return value
    const copy = Array.isArray(value)
      ? copyList(value)
      : Object.freeze(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, frozen(member)])))
    return copy as typeof value
  }
  return frozen
}

const isTexts = (list: readonly unknown[]): list is readonly string[] => list.every((item) => typeof item === 'string')

/** Frozen, and nothing in it can change: a reference to a secret, most often. */
const isWhole = (value: object): boolean =>
  Object.isFrozen(value) && Object.values(value).every((member) => typeof member !== 'object')
