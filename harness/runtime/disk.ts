import { constants } from 'node:fs'
import { type FileHandle, chmod, lstat, mkdir, open, readdir, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from './error-code.ts'

/** A file that did not exist before, readable and writable by its owner alone from its first moment. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>
  /** Returns when the content has reached the medium (fsync). */
  sync(): Promise<void>
  close(): Promise<void>
}

/** The single steps of durable storage, apart, so that a test can let each of them fail. No step follows a symbolic link. */
export interface Disk {
  /** @throws with code `EEXIST` when there is anything of that name */
  create(path: string): Promise<NewFile>
  /** The content, or undefined when there is no such file. @throws NotAPlainFile */
  read(path: string): Promise<Uint8Array | undefined>
  rename(from: string, to: string): Promise<void>
  /** Absence is no error. */
  remove(path: string): Promise<void>
  names(directory: string): Promise<readonly string[]>
  /** Returns when what was created, renamed and removed in the directory has reached the medium. */
  syncDirectory(directory: string): Promise<void>
  /** Makes the directory 0700 unless something of that name exists, and tells what is there then. */
  makePrivateDirectory(path: string): Promise<{ readonly kind: 'directory' | 'other'; readonly mode: number }>
}

/** A link, device, pipe, directory or monstrous file where a small plain file should be. */
export class NotAPlainFile extends Error {
  constructor(path: string) {
    super(`${path} is not a small plain file`)
    this.name = 'NotAPlainFile'
  }
}

const mostBytes = 1024 * 1024
const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants

async function create(path: string): Promise<NewFile> {
  const handle = await open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600)
  try {
    // The umask can only have taken bits away; a strange one may have taken the owner's.
    await handle.chmod(0o600)
  } catch (error) {
    await handle.close()
    throw error
  }
  return {
    write: (bytes) => writeAll(handle, bytes),
    sync: () => handle.sync(),
    close: () => handle.close(),
  }
}

/** A write may end short, when the disk is full for example; the next one then tells why. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten
}

async function read(path: string): Promise<Uint8Array | undefined> {
  let handle: FileHandle
  try {
    // Without O_NONBLOCK, opening a pipe that somebody put there would wait for ever.
    handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw errorCode(error) === 'ELOOP' ? new NotAPlainFile(path) : error
  }
  try {
    const stat = await handle.stat()
    if (!stat.isFile() || stat.size > mostBytes) throw new NotAPlainFile(path)
    return new Uint8Array(await handle.readFile())
  } finally {
    await handle.close()
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, O_RDONLY | O_DIRECTORY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function makePrivateDirectory(path: string): Promise<{ kind: 'directory' | 'other'; mode: number }> {
  try {
    await mkdir(path, { mode: 0o700 })
    await chmod(path, 0o700)
    await syncDirectory(dirname(path))
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
  const stat = await lstat(path)
  return { kind: stat.isDirectory() ? 'directory' : 'other', mode: stat.mode & 0o7777 }
}

/** The disk of this machine. */
export const systemDisk: Disk = {
  create,
  read,
  rename,
  syncDirectory,
  makePrivateDirectory,
  names: (directory) => readdir(directory),
  remove: async (path) => {
    try {
      await unlink(path)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
    }
  },
}
