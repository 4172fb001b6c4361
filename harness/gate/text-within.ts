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
  const starts = startsOf(source)
  let here = (starts[line - 1] ?? 0) + column - 1
  const opening = /^(?:'''\n?|"""\n?|["'`]|[|>][-+\d]*[^\S\n]*(?:#[^\n]*)?\n)/.exec(source.slice(here))?.[0] ?? ''
  const escapes = opening.startsWith('"')
  here += opening.length
  const offsets: number[] = []
  let lineBegins = opening.endsWith('\n')
  for (const character of text) {
    const step = nextOf(character, source, here, { escapes, lineBegins })
    if (step === undefined) return undefined
    offsets.push(...Array.from({ length: character.length }, () => step.at))
    here = step.next
    lineBegins = source[here - 1] === '\n'
  }
  return [...offsets, here]
}

interface Step {
  readonly at: number
  readonly next: number
}

function nextOf(
  character: string,
  source: string,
  from: number,
  { escapes, lineBegins }: { readonly escapes: boolean; readonly lineBegins: boolean },
): Step | undefined {
  let at = from
  // Windows ends lines with two characters, YAML keeps one, and folds those that are not blank into a blank.
  if (source[at] === '\r') at += 1
  if (source[at] === '\n' && character === ' ') return { at, next: at + 1 }
  if (lineBegins && character !== '\n') at += /^[^\S\n]*/.exec(source.slice(at, at + 200))?.[0].length ?? 0
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
