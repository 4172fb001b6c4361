import type { FileFix } from './fixes.ts'
import type { Edit } from './fix-value.ts'
import { readTree } from './read-tree.ts'
import { type Tree, placesIn } from './tree.ts'

/**
 * The change of a file as a unified diff without context. Of a line is shown what stands before the value and the value
 * itself: other values and comments beside it may be anything, secrets included, and become `…`.
 */
export function diffOf({ path, before, edits, mode, isNew }: FileFix): string {
  const lines = [`--- ${isNew === true ? '/dev/null' : path}`, `+++ ${path}`]
  if (mode !== undefined) lines.push(`new mode ${mode}`)
  const place = placesIn(before)
  const values = valuesIn(path, before)
  const [added, changed] = [edits.filter(isAdded), edits.filter((edit) => !isAdded(edit))]
  const byLine = Map.groupBy(
    changed.toSorted((a, b) => a.from - b.from),
    ({ from }) => place(from).line,
  )
  for (const [line, own] of [...byLine].toSorted(([a], [b]) => a - b)) {
    const start = own[0]!.from - place(own[0]!.from).column + 1
    const others = values.filter((value) => value.line === line).map(({ column }) => start + column - 1)
    const [old, fresh] = shown(before, start, own, others)
    lines.push(`@@ -${line} +${line} @@`, `-${old}`, `+${fresh}`)
  }
  for (const { from, text } of added) {
    const fresh = text.split(/\r?\n/).filter((line) => line !== '')
    const { line, column } = place(from)
    const last = column === 1 ? line - 1 : line
    lines.push(`@@ -${last},0 +${last + 1},${fresh.length} @@`, ...fresh.map((line) => `+${line}`))
  }
  return lines.join('\n')
}

/** Whole lines at the end. */
const isAdded = ({ from, to }: Edit): boolean => from === to

/** Names, each with what opens its value: of a name that stands there twice, no parser tells the first value. */
const namesOnly = /^\s*(?:- +)*(?:export +)?(?:[{[,]\s*)*(?:(?:"[^"]*"|'[^']*'|[\w.-]+)\s*[:=]\s*(?:[{[]\s*)*)*["'`]?$/

/** A line before and after, each gap between changes shown only where nothing but names and signs can stand in it. */
function shown(
  text: string,
  start: number,
  edits: readonly Edit[],
  values: readonly number[],
): readonly [string, string] {
  const end = /[^\r\n]*/y
  end.lastIndex = start
  const last = start + (end.exec(text)?.[0].length ?? 0)
  let old = ''
  let fresh = ''
  let at = start
  for (const { from, to, text: replacement } of edits) {
    const between = text.slice(at, from)
    const gap = !namesOnly.test(between) || values.some((value) => value >= at && value < from) ? '…' : between
    old += gap + text.slice(from, to)
    fresh += gap + replacement
    at = to
  }
  const rest = text.slice(at, last)
  const tail = /^[\s,;\]}]*$/.test(rest) ? rest : '…'
  return [old + tail, fresh + tail]
}

function valuesIn(path: string, text: string): readonly Pick<Tree, 'line' | 'column'>[] {
  const read = readTree(path, text)
  return 'tree' in read ? [...scalars(read.tree)] : []
}

function* scalars(tree: Tree): Generator<Tree> {
  if (tree.value !== undefined) yield tree
  for (const member of [...(tree.members?.values() ?? []), ...(tree.items ?? [])]) yield* scalars(member)
}
