import { parse } from 'dotenv'
import { type Read, type Tree, placesIn } from './tree.ts'

/**
 * An assignment as dotenv reads it: a name, `=` or `: `, and a value that may stand in quotes, go on for lines there and be
 * followed by a comment.
 */
const assignment =
  /^[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)(?:[^\S\n]*=[^\S\n]*|:[^\S\n]+)(?:'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`|[^\n]*)[^\n]*$/gm

/** Lines that say nothing: blank ones, comments, and what a shell is told about variables that have a value already. */
const idle = /^(?:#.*|export(?:\s+[\w.-]+)+|set\s+[-+]\w+)?$/

/** Reads an environment file by dotenv’s grammar, nothing interpolated. Of a repeated name the last one counts. */
export function readEnvironmentTree(text: string): Read {
  const unix = text.replaceAll(/\r\n?/g, '\n')
  const place = placesIn(unix)
  const values = parse(unix)
  const members = new Map<string, Tree>()
  const keys = new Map<string, { line: number; column: number }>()
  let read = 0
  for (const { 0: whole, 1: name = '', index } of unix.matchAll(assignment)) {
    const foreign = foreignLine(unix, read, index)
    if (foreign !== undefined) return { problem: 'expected NAME=value', ...place(foreign) }
    read = index + whole.length
    const start = index + (/^[^=:]*(?:=|:)[^\S\n]*/.exec(whole)?.[0].length ?? 0)
    if (leftOpen(unix.slice(start, read)))
      return { problem: 'expected the quote that ends this value', ...place(start) }
    if (!Object.hasOwn(values, name)) continue
    members.set(name, { ...place(start), value: values[name]! })
    keys.set(name, place(index + whole.indexOf(name)))
  }
  const foreign = foreignLine(unix, read, unix.length)
  if (foreign !== undefined) return { problem: 'expected NAME=value', ...place(foreign) }
  return { tree: { line: 1, column: 1, members, keys } }
}

/** The start of the first line in a stretch between assignments that dotenv would silently pass over. */
function foreignLine(text: string, from: number, to: number): number | undefined {
  let start = from
  for (const line of text.slice(from, to).split('\n')) {
    if (!idle.test(line.trim())) return start
    start += line.length + 1
  }
  return undefined
}

/** A quote that begins a value and is found nowhere later; an apostrophe within a value is none. */
const leftOpen = (value: string): boolean => /^(["'`])(?!.*\1)/s.test(value)
