import type { Place } from '../model/configuration.ts'
import { errorCode } from '../runtime/error-code.ts'
import { readText, statOf } from '../runtime/files.ts'
import { join } from '../runtime/path.ts'
import { readTree } from './read-tree.ts'
import type { Read } from './tree.ts'

/** What is checked: a folder, a lone file, or a document that came some other way, told as files. */
export interface Project {
  /** As it was named by whoever asked. */
  readonly name: string
  /** The folder on this machine, for what only a repository can show. */
  readonly directory?: string
  /** Every file of a project in memory, for discovery; a folder is walked instead. */
  readonly paths?: readonly string[]
  /** The text of a file by its path in the project; undefined where there is none. */
  text(path: string): Promise<Text | undefined>
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
export function folderProject(name: string, directory: string): Project {
  return {
    name,
    directory,
    async text(path) {
      const file = join(directory, path)
      try {
        const { size, mode, isFile } = await statOf(file)
        if (!isFile) throw new UnreadableFile('expected a plain file')
        if (size > largest) throw new UnreadableFile(`expected at most ${largest / 1024 / 1024} MiB`)
        return { text: await readText(file), mode }
      } catch (error) {
        if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined
        if (error instanceof UnreadableFile) throw error
        throw new UnreadableFile(`expected a file that can be read (${errorCode(error) ?? 'unknown'})`)
      }
    },
  }
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

/** Reads a structured file; undefined where there is none. */
export async function treeOf(project: Project, path: string): Promise<(Read & { readonly mode?: string }) | undefined> {
  try {
    const read = await project.text(path)
    if (read === undefined) return undefined
    return { ...readTree(path, read.text), ...(read.mode === undefined ? {} : { mode: read.mode }) }
  } catch (error) {
    if (error instanceof UnreadableFile) return { problem: error.message, line: 1, column: 1 }
    throw error
  }
}
