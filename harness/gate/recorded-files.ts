import type { ConfigurationFileKind, ObservedConfiguration } from '../model/configuration.ts'
import { holdsSecret } from './holds-secret.ts'
import type { Into } from './into.ts'
import { type Project, type ReadFile, treeOf } from './project.ts'
import type { Tree, Unreadable } from './tree.ts'

/** The files of one project: each is read once, and told once for all values that are taken from it. */
export interface RecordedFiles {
  readonly project: Project
  /** Undefined where there is none. */
  read(path: string): Promise<ReadFile | undefined>
  /** Tells that a file was read for its values, or what stands against that. */
  tell(path: string, read: ReadFile, about: Pick<ObservedConfiguration['config.file'], 'profile' | 'kind'>): void
}

export function recordedFiles(project: Project, to: Pick<Into, 'record'>): RecordedFiles {
  const trees = new Map<string, Promise<ReadFile | undefined>>()
  const told = new Set<string>()
  return {
    project,
    read(path) {
      const known = trees.get(path) ?? treeOf(project, path)
      trees.set(path, known)
      return known
    },
    tell(path, read, about) {
      if (told.has(path)) return
      told.add(path)
      const place = 'problem' in read ? placed(path, read) : { file: path, line: 1, column: 1, ...modeOf(read) }
      to.record('config.file', { ...place, ...about })
    },
  }
}

export const placed = (file: string, { problem, line, column }: Unreadable) => ({ file, line, column, problem })

/** Who may read a file matters only where it holds a secret. */
export const modeOf = (read: { readonly mode?: string; readonly tree: Tree }): { mode?: string } =>
  read.mode !== undefined && holdsSecret(read.tree) ? { mode: read.mode } : {}

/** A problem of a value that is told in words of the file where it stands. */
export const problemAt = (
  file: string,
  { line, column }: Pick<Tree, 'line' | 'column'>,
  about: { readonly profile: string; readonly kind: ConfigurationFileKind; readonly problem: string },
): ObservedConfiguration['config.file'] => ({ file, line, column, ...about })
