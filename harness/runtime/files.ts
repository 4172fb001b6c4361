import { randomUUID } from 'node:crypto'
import { lstat, mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Fault } from '../model/fault.ts'

/** One thing under a directory, as `lstat` sees it: a symbolic link is a link, never what it points to. */
export interface FileEntry {
  /** Relative to the directory that was walked, with `/` between names. */
  readonly path: string
  readonly kind: 'file' | 'directory' | 'symlink' | 'other'
  /** Permission bits in four octal digits, such as `0600`. */
  readonly mode: string
  /** Bytes. */
  readonly size: number
}

export const readText = (path: string): Promise<string> => readFile(path, 'utf8')

export const readBytes = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(path))

export const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** Makes the directory and those above it; nothing happens when it exists. */
export const makeDirectory = async (path: string): Promise<void> => void (await mkdir(path, { recursive: true }))

/** A new directory that only its owner can enter, under the system's own place for them, without symbolic links in its path. */
export const makeTemporaryDirectory = async (prefix: string): Promise<string> =>
  mkdtemp(join(await realpath(tmpdir()), `${prefix}-`))

/** Removes a directory with everything in it, links themselves and not their targets; absence is no error. */
export const removeTree = (path: string): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 3 })

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such directory',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'there is a directory of that name',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  EDQUOT: 'the disk quota is used up',
}

/**
 * Writes a text for people or programs to read: whole or not at all, since a half-written report looks like a report.
 *
 * @throws Fault `OUTPUT_UNWRITABLE` where the place cannot be written to
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    await writeFile(temporary, text, { flag: 'wx' })
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    const reason = reasons[errorCode(cause) ?? '']
    if (reason === undefined) throw cause
    const hint = 'Name a file in a directory that exists and that you may write to.'
    throw new Fault('OUTPUT_UNWRITABLE', `Cannot write ${path}: ${reason}.`, hint, { cause })
  }
}

/** Everything under a directory, in order of path; a directory that does not exist holds nothing. */
export async function walk(directory: string): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = []
  const descend = async (prefix: string): Promise<void> => {
    for (const name of await readdir(join(directory, prefix))) {
      const path = prefix === '' ? name : `${prefix}/${name}`
      const stat = await lstat(join(directory, path)).catch(vanished)
      if (stat === undefined) continue
      const kind = kindOf(stat)
      entries.push({ path, kind, mode: (stat.mode & 0o7777).toString(8).padStart(4, '0'), size: stat.size })
      if (kind === 'directory') await descend(path)
    }
  }
  await descend('').catch(vanished)
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

interface KindOfFile {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}

const kindOf = (stat: KindOfFile): FileEntry['kind'] => {
  if (stat.isSymbolicLink()) return 'symlink'
  if (stat.isDirectory()) return 'directory'
  return stat.isFile() ? 'file' : 'other'
}

/** The operating system's name for what went wrong, such as `ENOENT`. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** What is being walked may be in use: a file that is gone by now is no error. */
const vanished = (error: unknown): undefined => {
  if (errorCode(error) === 'ENOENT') return undefined
  throw error
}
