import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'

export interface Walked {
  readonly files: readonly string[]
  readonly links: number
  /** Folders below that are repositories of their own; nothing in them is told. */
  readonly nested: readonly string[]
}

/** More than any project holds that people work on. */
const mostFiles = 200_000
const deepest = 64

/** What other programs fetch or make again: large, and nobody’s own. */
const fetched =
  /^(?:node_modules|bower_components|jspm_packages|\.git|\.hg|\.svn|\.venv|venv|\.tox|__pycache__|\.yarn|\.pnpm-store|\.gradle|\.m2|Pods|\.cache)$/

export const isFetched = (path: string): boolean => path.split('/').some((name) => fetched.test(name))

/** Sources of others that a project keeps beside its own, with the keys of their tests. */
const taken = /^(?:vendor|third[-_]party|external)\//

export const isOfOthers = (path: string): boolean => taken.test(path) || isFetched(path)

/**
 * Plain files below a folder, paths from `directory`, in order. Links are counted and never followed; what cannot be read is
 * left out.
 */
export function walkPlainFiles(directory: string, below = ''): Walked {
  const found = { files: [] as string[], links: 0, nested: [] as string[] }
  descend(directory, below, 0, found)
  return found
}

function descend(
  directory: string,
  prefix: string,
  depth: number,
  found: { files: string[]; links: number; nested: string[] },
): void {
  const entries = entriesOf(join(directory, prefix))
  if (prefix !== '' && entries.some(({ name }) => name === '.git')) {
    found.nested.push(prefix)
    return
  }
  for (const entry of entries) {
    if (found.files.length >= mostFiles) return
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    if (entry.isSymbolicLink()) found.links += 1
    else if (entry.isFile()) found.files.push(path)
    else if (entry.isDirectory() && depth < deepest && !fetched.test(entry.name))
      descend(directory, path, depth + 1, found)
  }
}

function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}
