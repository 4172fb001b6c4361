import type { Place } from '../model/configuration.ts'
import { errorCode } from '../runtime/error-code.ts'
import { readPlainFile } from '../runtime/bounded-file.ts'
import { placeWithLinks } from '../runtime/files.ts'
import { join, resolve } from '../runtime/path.ts'
import { readTree } from './read-tree.ts'
import type { Read } from './tree.ts'

/** What is checked: a folder, a lone file, or a document that came some other way, told as files. */
export interface Project {
  /** As it was named by whoever asked. */
  readonly name: string
  /** The folder on this machine, for what only a repository can show. */
  readonly directory?: string
  /** What may belong to the configuration where no gate file says it: every file in memory, or what was found in a folder. */
  readonly paths?: readonly string[]
  /** Folders below it that are configurations of their own, each ended by `/`. */
  readonly except?: readonly string[]
  /** The text of a file by its path in the project; undefined where there is none. */
  text(path: string): Promise<Text | undefined>
  /** The gate file, where it has none of the usual names. */
  readonly gateFile?: string
  /** Where a place really lies, for files that stand within another file. */
  locate?(place: Place): Place
}

export interface Text {
  readonly text: string
  /** Four octal digits, where the file has such. */
  readonly mode?: string
}

/** Settings, attestations and client files are small; what is larger is none of them. */
const largest = 4 * 1024 * 1024

export class UnreadableFile extends Error {}

/** @throws UnreadableFile for what is there and cannot be read, in words that fit behind a path */
export function folderProject(
  name: string,
  directory: string,
  told: Pick<Project, 'paths' | 'gateFile' | 'except'> = {},
): Project {
  return {
    name,
    directory,
    ...told,
    async text(path) {
      const file = join(directory, path)
      try {
        if (await leadsOut(directory, file)) throw new UnreadableFile('expected no link that leads out of the folder')
        const read = await readPlainFile(file, largest)
        if (read === 'no plain file') throw new UnreadableFile('expected a plain file')
        if (read === 'huge') throw new UnreadableFile(`expected at most ${largest / 1024 / 1024} MiB`)
        return read
      } catch (error) {
        if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined
        if (error instanceof UnreadableFile) throw error
        throw new UnreadableFile(`expected a file that can be read (${errorCode(error) ?? 'unknown'})`)
      }
    },
  }
}

/** A file of a project as whoever asked would name it. */
export const shownPath = ({ name, directory }: Project, path: string): string =>
  directory === undefined ? `${name}: ${path}` : join(directory, path)

/** A path with `..` was written by a person who means it; a link is found only by whoever looks. */
async function leadsOut(directory: string, file: string): Promise<boolean> {
  if (!resolve(file).startsWith(`${resolve(directory)}/`)) return false
  const [home, place] = await Promise.all([placeWithLinks(directory), placeWithLinks(file)])
  return !place.startsWith(home.endsWith('/') ? home : `${home}/`)
}

/** Files that exist in memory only. */
export const virtualProject = (
  name: string,
  files: Readonly<Record<string, string>>,
  locate?: Project['locate'],
): Project => ({
  name,
  paths: Object.keys(files),
  text: async (path) => (Object.hasOwn(files, path) ? { text: files[path]! } : undefined),
  ...(locate === undefined ? {} : { locate }),
})

/** What a structured file says, or why it cannot be read. */
export type ReadFile = Read & { readonly mode?: string }

/** Reads a structured file; undefined where there is none. */
export async function treeOf(project: Pick<Project, 'text'>, path: string): Promise<ReadFile | undefined> {
  try {
    const read = await project.text(path)
    if (read === undefined) return undefined
    return { ...readTree(path, read.text), ...(read.mode === undefined ? {} : { mode: read.mode }) }
  } catch (error) {
    if (error instanceof UnreadableFile) return { problem: error.message, line: 1, column: 1 }
    throw error
  }
}
