import { readTree } from './read-tree.ts'
import { type Tree, below, follow, placesIn, plain, textOf } from './tree.ts'

/** Characters of a text that become others; offsets of UTF-16 units. */
export interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

export interface Spot {
  readonly line: number
  readonly column: number
}

/**
 * What to change in a structured file so that the value at a place is another one and nothing else is: no other value, no
 * comment, no order, no indentation. Found by trial: what is read afterwards decides, so that no syntax is known twice.
 * Undefined where there is no such change, such as for a list, a text of several lines, or a value that others repeat.
 *
 * @param path tells the syntax
 */
export function editOf(path: string, text: string, spot: Spot, replacement: string): Edit | undefined {
  const mark = text.startsWith('\uFEFF') ? 1 : 0
  const whole = text.slice(mark)
  const read = readTree(path, whole)
  if ('problem' in read || /[\r\n]/.test(replacement)) return undefined
  const pointer = pointerTo(read.tree, spot)
  const before = pointer === undefined ? undefined : follow(read.tree, pointer)
  const from = offsetOf(whole, spot)
  if (pointer === undefined || before?.value === undefined || from === undefined) return undefined

  const wanted = (value: unknown): string => JSON.stringify(replaced(plain(read.tree), pointer, value))
  const fitting = (edit: Edit, sameKind: boolean): boolean => {
    const after = readTree(path, applied(whole, [edit]))
    const there = 'tree' in after ? follow(after.tree, pointer) : undefined
    if (!('tree' in after) || there === undefined || textOf(there) !== replacement) return false
    if (sameKind && typeof there.value !== typeof before.value) return false
    return JSON.stringify(plain(after.tree)) === wanted(there.value)
  }
  const edits = [...candidates(whole, from, replacement)]
  const found = edits.find((edit) => fitting(edit, true)) ?? edits.find((edit) => fitting(edit, false))
  return found && { ...found, from: found.from + mark, to: found.to + mark }
}

/** A text with some of it changed; edits do not overlap. */
export const applied = (text: string, edits: readonly Edit[]): string =>
  edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((before, edit) => before.slice(0, edit.from) + edit.text + before.slice(edit.to), text)

/** The one scalar that stands at a place. */
function pointerTo(tree: Tree, spot: Spot, pointer = ''): string | undefined {
  if (tree.value !== undefined) return tree.line === spot.line && tree.column === spot.column ? pointer : undefined
  for (const [name, member] of tree.members ?? (tree.items ?? []).entries()) {
    const found = pointerTo(member, spot, below(pointer, name))
    if (found !== undefined) return found
  }
  return undefined
}

function offsetOf(text: string, { line, column }: Spot): number | undefined {
  let start = 0
  for (let count = 1; count < line; count += 1) {
    const end = text.indexOf('\n', start)
    if (end === -1) return undefined
    start = end + 1
  }
  const place = placesIn(text)(start + column - 1)
  return place.line === line ? start + column - 1 : undefined
}

function replaced(value: unknown, pointer: string, by: unknown): unknown {
  if (pointer === '') return by
  const [, step = '', rest = ''] = /^\/([^/]*)(.*)$/s.exec(pointer) ?? []
  const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === name ? replaced(item, rest, by) : item))
  return Object.fromEntries(
    Object.entries(value as object).map(([key, member]) => [key, key === name ? replaced(member, rest, by) : member]),
  )
}

const quoted = /"(?:\\.|[^"\\\n])*"|'(?:''|\\'|[^'\n])*'|`[^`\n]*`/y
/** More ends than a value without quotes has on a line that a person writes. */
const mostEnds = 24

/** What the value may be written as now, and what it could be written as, likely ones first. */
function* candidates(text: string, from: number, replacement: string): Generator<Edit> {
  quoted.lastIndex = from
  const token = quoted.exec(text)?.[0]
  const spellings = spelt(token?.[0], replacement)
  const ends = token === undefined ? endsOf(text, from) : [from + token.length]
  for (const to of ends) for (const spelling of spellings) yield { from, to, text: spelling }
}

/** Where a value without quotes may end: the first end that leaves the rest as it was is the right one. */
function endsOf(text: string, from: number): readonly number[] {
  const line = /[^\r\n]*/y
  line.lastIndex = from
  const rest = line.exec(text)?.[0] ?? ''
  const ends = Array.from(rest.matchAll(/[\s,\]}#]|$/g), ({ index }) => index).filter((length) => length > 0)
  return ends.slice(0, mostEnds).map((length) => from + length)
}

function spelt(quote: string | undefined, value: string): readonly string[] {
  const single = `'${value.replaceAll("'", "''")}'`
  const inUse: Readonly<Record<string, string>> = { '"': JSON.stringify(value), "'": single, '`': `\`${value}\`` }
  const likely = quote === undefined ? value : inUse[quote]!
  return [...new Set([likely, JSON.stringify(value), single, value])]
}
