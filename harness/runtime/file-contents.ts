import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** A plain file’s beginning, in a buffer that the next file will use again. */
export interface FileContent {
  readonly bytes: Buffer
  /** Four octal digits; undefined where the system has no such modes. */
  readonly mode: string | undefined
}

const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants

/**
 * Reads many files one after another, quickly: at once instead of through the event loop, and into one buffer.
 *
 * @param most bytes of a file that is still read
 */
export function fileReader(
  directory: string,
  most: number,
): (path: string) => FileContent | 'huge' | 'link' | 'gone' | 'unreadable' {
  let buffer = Buffer.allocUnsafe(Math.min(most, 256 * 1024))
  const hasModes = process.platform !== 'win32'

  const readOpened = (file: number): FileContent | 'huge' | 'unreadable' => {
    const stat = fstatSync(file)
    if (!stat.isFile()) return 'unreadable'
    if (stat.size > most) return 'huge'
    if (stat.size > buffer.length) buffer = Buffer.allocUnsafe(stat.size)
    let length = 0
    for (let read = 1; read > 0 && length < stat.size; length += read)
      read = readSync(file, buffer, length, stat.size - length, null)
    const mode = hasModes ? (stat.mode & 0o7777).toString(8).padStart(4, '0') : undefined
    return { bytes: buffer.subarray(0, length), mode }
  }

  return (path) => {
    let file: number
    try {
      // A link could lead anywhere, and opening a pipe would wait for ever.
      file = openSync(join(directory, path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    } catch (error) {
      return problemOf(path, (error as NodeJS.ErrnoException).code)
    }
    try {
      return readOpened(file)
    } catch {
      return 'unreadable'
    } finally {
      closeSync(file)
    }
  }
}

/** A name that is no UTF-8 was read with signs for what is lost, and leads nowhere: the file is there all the same. */
function problemOf(path: string, code: string | undefined): 'link' | 'gone' | 'unreadable' {
  if (code === 'ELOOP') return 'link'
  return (code === 'ENOENT' || code === 'ENOTDIR') && !path.includes('\uFFFD') ? 'gone' : 'unreadable'
}
