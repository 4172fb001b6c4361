import { parse } from 'dotenv'
import { type Read, type Tree, placesIn } from './tree.ts'

/** The start of an assignment as dotenv reads it; what stands in quotes may go on for lines. */
const assignment = /^[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)(?:[^\S\n]*=[^\S\n]*|:[^\S\n]+)/gm

/** Reads an environment file by dotenv’s grammar, nothing interpolated. Of a repeated name the last one counts. */
export function readEnvironmentTree(text: string): Read {
  const unix = text.replaceAll(/\r\n?/g, '\n')
  const place = placesIn(unix)
  const values = parse(unix)
  const members = new Map<string, Tree>()
  const keys = new Map<string, { line: number; column: number }>()
  for (const match of unix.matchAll(assignment)) {
    const name = match[1]!
    const value = values[name]
    if (value === undefined) continue
    members.set(name, { ...place(match.index + match[0].length), value })
    keys.set(name, place(match.index + match[0].indexOf(name)))
  }
  return { tree: { line: 1, column: 1, members, keys } }
}
