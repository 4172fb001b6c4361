import { readEnvironmentTree } from './environment-tree.ts'
import { readJsonTree } from './json-tree.ts'
import { readTomlTree } from './toml-tree.ts'
import type { Read } from './tree.ts'
import { readYamlTree } from './yaml-tree.ts'

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** `.env`, `.env.production`, `production.env`. */
export const isEnvironmentFile = (path: string): boolean => /^\.env(?:\..+)?$|\.env$/.test(nameOf(path))

/** Reads a structured text in the syntax that its file’s name promises; JSON where it promises nothing. */
export function readTree(path: string, text: string): Read {
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (isEnvironmentFile(path)) return readEnvironmentTree(whole)
  if (/\.ya?ml$/.test(path)) return readYamlTree(whole)
  return path.endsWith('.toml') ? readTomlTree(whole) : readJsonTree(whole)
}
