/** A value of a structured file, whatever its syntax, with the place where it stands: line and column from 1. */
export interface Tree {
  readonly line: number
  readonly column: number
  /** A scalar; undefined for lists and objects. */
  readonly value?: string | number | boolean | null
  readonly items?: readonly Tree[]
  /** The place of a member is that of its value; `keys` has those of the names. */
  readonly members?: ReadonlyMap<string, Tree>
  readonly keys?: ReadonlyMap<string, { readonly line: number; readonly column: number }>
}

/** Why a text is none of its syntax; never a word of the text, which may be a secret. */
export interface Unreadable {
  readonly problem: string
  readonly line: number
  readonly column: number
}

export type Read = { readonly tree: Tree } | Unreadable

/** The plain value, places forgotten. */
export function plain({ members, items, value }: Tree): unknown {
  if (members !== undefined) return Object.fromEntries([...members].map(([name, member]) => [name, plain(member)]))
  return items === undefined ? value : items.map(plain)
}

/** What a JSON Pointer (RFC 6901) leads to; undefined where it leads nowhere. */
export function follow(tree: Tree, pointer: string): Tree | undefined {
  let here: Tree | undefined = tree
  for (const name of stepsOf(pointer)) {
    here = here?.members?.get(name) ?? (/^(?:0|[1-9]\d*)$/.test(name) ? here?.items?.[Number(name)] : undefined)
  }
  return here
}

/** One more step of a JSON Pointer. */
export const below = (pointer: string, step: string | number): string =>
  `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** A value as text: what environment files and YAML tell apart by habit alone is one thing here. */
export const textOf = ({ value }: Tree): string | undefined =>
  value === undefined || value === null ? undefined : String(value)

/**
 * Texts of a list; a text is a list of its words.
 *
 * @param between what stands between words; blanks alone, as in a scope parameter (RFC 6749 §3.3), unless told
 */
export function listOf(tree: Tree, between = /\s+/): readonly string[] | undefined {
  if (tree.items !== undefined) return tree.items.map(textOf).filter((text) => text !== undefined)
  return textOf(tree)
    ?.split(between)
    .filter((word) => word !== '')
}

/** Every value in a tree that is no object and no list of objects, with the JSON Pointer to it. */
export function* leavesOf(tree: Tree, pointer = ''): Generator<{ readonly pointer: string; readonly leaf: Tree }> {
  const isList = tree.items !== undefined && tree.items.every(({ value }) => value !== undefined)
  if (tree.value !== undefined || isList) yield { pointer, leaf: tree }
  for (const [name, member] of tree.members ?? []) yield* leavesOf(member, below(pointer, name))
  if (!isList) for (const [index, item] of (tree.items ?? []).entries()) yield* leavesOf(item, below(pointer, index))
}

/** The names that a JSON Pointer is made of. */
export const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Turns offsets of a text into lines and columns, both from 1. */
export function placesIn(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0]
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return (offset) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - starts[low]! + 1 }
  }
}
