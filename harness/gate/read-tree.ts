import { readEnvironmentTree } from './environment-tree.ts'
import { readJsonTree } from './json-tree.ts'
import { readTomlTree } from './toml-tree.ts'
import { type Read, placesIn } from './tree.ts'
import { readYamlTree } from './yaml-tree.ts'

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** `.env`, `.env.production`, `production.env`. */
export const isEnvironmentFile = (path: string): boolean => /^\.env(?:\..+)?$|\.env$/.test(nameOf(path))

/** More levels than any settings have, and fewer than make a parser run out of stack. */
const deepest = 500

/** Reads a structured text in the syntax that its file’s name promises; JSON where it promises nothing. */
export function readTree(path: string, text: string): Read {
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text
  const place = placesIn(whole)
  // UTF-16, as some shells write it, looks like this too.
  const binary = whole.indexOf('\0')
  if (binary !== -1) return { problem: 'expected UTF-8 text', ...place(binary) }
  if (isEnvironmentFile(path)) return readEnvironmentTree(whole)
  const deep = tooDeep(whole)
  if (deep !== undefined) return { problem: `expected at most ${deepest} levels`, ...place(deep) }
  try {
    if (/\.ya?ml$/.test(path)) return readYamlTree(whole)
    return path.endsWith('.toml') ? readTomlTree(whole) : readJsonTree(whole)
  } catch (error) {
    if (error instanceof RangeError) return { problem: 'expected fewer levels', line: 1, column: 1 }
    throw error
  }
}

/** Where brackets open for the last time that is bearable; those in texts count too, and are never so many. */
function tooDeep(text: string): number | undefined {
  let depth = 0
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(depth - 1, 0)
    if (depth > deepest) return index
  }
  return undefined
}
