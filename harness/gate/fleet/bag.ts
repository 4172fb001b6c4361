import type { Place } from '../../model/configuration.ts'
import { type Project, virtualProject } from '../project.ts'
import type { Tree } from '../tree.ts'

/** One value of a document that holds many configurations, such as an entry of a Kubernetes Secret. */
export interface Entry {
  /** As the document calls it; often the name of a file or of a variable. */
  readonly name: string
  readonly text: string
  readonly at: { readonly line: number; readonly column: number }
  /** The text stands in the document line by line from below `at`, so many characters to the right; absent where it is encoded. */
  readonly indent?: number
}

/** What belongs to one application. */
export interface Bag {
  readonly name: string
  readonly entries: readonly Entry[]
}

/** The entries as files of a project whose places lie in the document. */
export function bagProject(bag: Bag, document: string): Project {
  const entries = new Map(bag.entries.map((entry) => [entry.name, entry]))
  const files = Object.fromEntries(bag.entries.map(({ name, text }) => [name, text]))
  const locate = (place: Place): Place => {
    const entry = entries.get(place.file)
    if (entry === undefined) return { file: document, line: 1, column: 1 }
    const { line, column } = entry.at
    // A place and nothing else: where the entry stands its value may be a secret.
    if (entry.indent === undefined) return { file: document, line, column }
    return { file: document, line: line + place.line, column: place.column + entry.indent }
  }
  return virtualProject(bag.name, files, locate)
}

/**
 * How far a block scalar of YAML is indented below its header; undefined for a scalar of another style, whose lines are not
 * those of its value.
 */
export function blockIndent(
  source: readonly string[],
  { line, column }: Pick<Tree, 'line' | 'column'>,
): number | undefined {
  const header = source[line - 1]?.slice(column - 1) ?? ''
  if (!/^\|[+-]?\s*(?:#.*)?$/.test(header)) return undefined
  return /^ */.exec(source.slice(line).find((text) => text.trim() !== '') ?? '')?.[0].length
}
