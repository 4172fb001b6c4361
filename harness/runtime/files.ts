import { randomUUID } from 'node:crypto'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Fault } from '../model/fault.ts'
import { atExit } from './at-exit.ts'
import { errorCode } from './error-code.ts'
import { isAbandoned, ownerName, ownerPattern } from './owner.ts'

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
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    if (code !== 'ENOENT' || dirname(path) === path || (await exists(dirname(path)))) throw error
    // Not `recursive`: below a place where nothing can be made, such as /proc, Node would try for ever.
    await makeDirectory(dirname(path))
    await makeDirectory(path)
  }
}

/** Where Linux keeps files in memory: no secret of a subject ever touches a disk there, and nobody waits for one. */
const inMemory = '/dev/shm'

/**
 * A new directory that only its owner can enter, without symbolic links in its path: where TMPDIR says, or in memory
 * where the system offers that. What runs that were killed have left there is removed first: memory is short.
 *
 * @throws Fault `OUTPUT_UNWRITABLE` where none can be made
 */
export async function makeTemporaryDirectory(prefix: string): Promise<string> {
  const asked = process.env['TMPDIR'] !== undefined
  const make = async (root: string): Promise<string> => {
    removeAbandoned(root)
    return mkdtemp(join(root, `${prefix}-${ownerName()}-`))
  }
  const usual = async (): Promise<string> => make(await realpath(tmpdir()))
  const path = await (asked ? usual() : make(inMemory).catch(usual)).catch((cause: unknown) => {
    const reason = reasons[errorCode(cause) ?? '']
    if (reason === undefined) throw cause
    const hint = 'Set TMPDIR to a directory that exists and that you may write to.'
    throw new Fault('OUTPUT_UNWRITABLE', `Cannot make a directory in ${tmpdir()}: ${reason}.`, hint, { cause })
  })
  const withdraw = atExit(() => rmSync(path, { recursive: true, force: true }))
  temporary.set(path, withdraw)
  return path
}

const namesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory)
  } catch {
    // One may be allowed to make something in a directory, and not to read it.
    return []
  }
}

const ownedName = new RegExp(`-(${ownerPattern})-[A-Za-z0-9]{6}$`)

/** Removes the temporary directories of processes that have ended without doing so: nobody else knows of them. */
function removeAbandoned(root: string): void {
  const own = process.getuid?.()
  for (const name of namesIn(root)) {
    const owner = ownedName.exec(name)?.[1]
    if (owner === undefined || !isAbandoned(owner)) continue
    try {
      const stat = lstatSync(join(root, name))
      // Where everybody may write, somebody else could make a directory of such a name.
      if (stat.isDirectory() && (own === undefined || stat.uid === own))
        rmSync(join(root, name), { recursive: true, force: true })
    } catch {
      // Another run, begun at the same moment, has come first.
    }
  }
}
const temporary = new Map<string, () => void>()

/** Removes a directory with everything in it, links themselves and not their targets; absence is no error. */
export async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 })
  temporary.get(path)?.()
  temporary.delete(path)
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such directory',
  EEXIST: 'a part of the path is not a directory',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'there is a directory of that name',
  ENXIO: 'what has that name is not a plain file',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'a link leads back to itself',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  EDQUOT: 'the disk quota is used up',
}

/**
 * Writes what people or programs are to read: whole or not at all, since a half-written report looks like a report.
 *
 * @param mode permission bits; what the process makes files with unless told
 * @throws Fault `OUTPUT_UNWRITABLE` where the place cannot be written to
 */
export const writeWhole = (path: string, content: string | Uint8Array, mode?: number): Promise<void> =>
  besideOf(path, async (beside) => {
    await writeFile(beside, content, { flag: 'wx', ...(mode === undefined ? {} : { mode: mode & 0o600 }) })
    if (mode !== undefined) await chmod(beside, mode)
    await rename(beside, path)
  })

/**
 * Makes the directory and finds out whether `writeWhole` could write there, without changing what is there.
 *
 * @throws Fault `OUTPUT_UNWRITABLE` where it could not
 */
export const prepareToWrite = (path: string): Promise<void> =>
  besideOf(path, async (beside) => {
    await makeDirectory(dirname(path))
    const there = await stat(path).catch(vanished)
    if (there?.isDirectory() === true) throw Object.assign(new Error(path), { code: 'EISDIR' })
    // Renaming a report over a device, a pipe or a socket would put an end to it.
    if (there?.isFile() === false) throw Object.assign(new Error(path), { code: 'ENXIO' })
    await writeFile(beside, '', { flag: 'wx' })
    await rm(beside)
  })

async function besideOf(path: string, work: (beside: string) => Promise<void>): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  const withdraw = atExit(() => rmSync(beside, { force: true }))
  try {
    await work(beside)
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => {})
    const reason = reasons[errorCode(cause) ?? '']
    if (reason === undefined) throw cause
    const hint = 'Name a file in a directory that exists and that you may write to.'
    throw new Fault('OUTPUT_UNWRITABLE', `Cannot write ${path}: ${reason}.`, hint, { cause })
  } finally {
    withdraw()
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

/** What is being walked may be in use: a file that is gone by now is no error. */
const vanished = (error: unknown): undefined => {
  if (errorCode(error) === 'ENOENT') return undefined
  throw error
}

/** The path of what is there, every link followed. */
export const placeWithLinks = (path: string): Promise<string> => realpath(path)

/** What stands at a path, links followed: its size in bytes and its permission bits in four octal digits. */
export const statOf = async (
  path: string,
): Promise<{
  readonly size: number
  readonly mode: string
  readonly isFile: boolean
  readonly isDirectory: boolean
}> => {
  const found = await stat(path)
  const mode = (found.mode & 0o7777).toString(8).padStart(4, '0')
  return { size: found.size, mode, isFile: found.isFile(), isDirectory: found.isDirectory() }
}
