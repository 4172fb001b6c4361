import { readTree } from './read-tree.ts'
import { type Read, type Tree, placesIn } from './tree.ts'

type Place = Pick<Tree, 'line' | 'column'>

/**
 * Reads JSON that stands as a text in another file, such as a client file in a variable. Places are those of the other file
 * as long as the text can be followed there, through escapes, indentation and folded lines; else the place of the whole text.
 *
 * @param source everything of the other file
 * @param at where the value begins there: a quote, the sign of a block, or the text itself
 */
export function readTextWithin(text: string, source: string, at: Place): Read {
  const read = readTree('client.json', text)
  const starts = startsOf(text)
  const offsets = offsetsIn(text, source, at)
  const placeOf = placesIn(source)
  const outside = ({ line, column }: Place): Place => {
    const offset = offsets?.[(starts[line - 1] ?? 0) + column - 1]
    return offset === undefined ? { line: at.line, column: at.column } : placeOf(offset)
  }
  return 'problem' in read ? { ...read, ...outside(read) } : { tree: moved(read.tree, outside) }
}

function startsOf(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
}

function moved({ members, keys, items, ...tree }: Tree, to: (place: Place) => Place): Tree {
  return {
    ...tree,
    ...to(tree),
    ...(items === undefined ? {} : { items: items.map((item) => moved(item, to)) }),
    ...(members === undefined ? {} : { members: new Map([...members].map(([name, own]) => [name, moved(own, to)])) }),
    ...(keys === undefined ? {} : { keys: new Map([...keys].map(([name, own]) => [name, to(own)])) }),
  }
}

/** Where each character of a text stands in the source, its end included; undefined when they cannot be brought together. */
function offsetsIn(text: string, source: string, { line, column }: Place): readonly number[] | undefined {
  const start = (startsOf(source)[line - 1] ?? 0) + column - 1
  const opening = /^(?:'''\n?|"""\n?|["'`]|[|>][-+\d]*[^\S\n]*(?:#[^\n]*)?\n)/.exec(source.slice(start))?.[0] ?? ''
  const style = {
    escapes: opening.startsWith('"'),
    indent: /^[|>]/.test(opening) ? indentAt(source, start + opening.length) : 0,
  }
  let here = start + opening.length
  here += indentOf(source, here, style.indent)
  const offsets: number[] = []
  for (const character of text) {
    const step = nextOf(character, source, here, style)
    if (step === undefined) return undefined
    offsets.push(...Array.from({ length: character.length }, () => step.at))
    here = step.next
  }
  return [...offsets, here]
}

const indentAt = (source: string, at: number): number => /^\n*( *)/.exec(source.slice(at))?.[1]?.length ?? 0

/** How many blanks of an indentation stand here, at most so many. */
function indentOf(source: string, at: number, most: number): number {
  let length = 0
  while (length < most && source[at + length] === ' ') length += 1
  return length
}

interface Step {
  readonly at: number
  readonly next: number
}

interface Style {
  readonly escapes: boolean
  /** What a block’s lines begin with and its text does not hold. */
  readonly indent: number
}

function nextOf(character: string, source: string, from: number, { escapes, indent }: Style): Step | undefined {
  // Windows ends lines with two characters, of which texts keep one.
  const at = source.startsWith('\r\n', from) && character !== '\r' ? from + 1 : from
  if (source[at] === '\n') {
    if (character === '\n') return { at, next: at + 1 + indentOf(source, at + 1, indent) }
    // YAML folds lines of a text into one.
    return character === ' ' ? { at, next: at + 1 + indentOf(source, at + 1, Infinity) } : undefined
  }
  if (escapes && source[at] === '\\') {
    const escaped = escapeAt(source, at)
    if (escaped?.character === character) return { at, next: at + escaped.length }
  }
  return source.startsWith(character, at) ? { at, next: at + character.length } : undefined
}

const short: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function escapeAt(source: string, at: number): { readonly character: string; readonly length: number } | undefined {
  const letter = source[at + 1]
  if (letter === undefined) return undefined
  if (letter !== 'u') return { character: short[letter] ?? letter, length: 2 }
  return { character: String.fromCharCode(Number.parseInt(source.slice(at + 2, at + 6), 16)), length: 6 }
}
