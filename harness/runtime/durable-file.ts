import { dirname } from 'node:path'
import type { Disk } from './disk.ts'

/** How the name of a file ends that a crash inside `replaceFile` may leave beside the real one. */
export const unfinished = '.new'

/**
 * Replaces a file's content so that a crash at any moment leaves the old content or the new one, never a mixture: a new
 * file beside it is written, brought to the medium and renamed over it, then the directory is brought to the medium.
 *
 * The caller holds the lock of `path`. When a step fails, the old content stays and the new file is removed.
 */
export async function replaceFile(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${crypto.randomUUID()}${unfinished}`
  try {
    const file = await disk.create(beside)
    try {
      await file.write(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await disk.rename(beside, path)
  } catch (error) {
    await disk.remove(beside).catch(() => {})
    throw error
  }
  await disk.syncDirectory(dirname(path))
}

/** Removes a file for good: it is gone after a crash too. The caller holds the lock of `path`. */
export async function removeFile(disk: Disk, path: string): Promise<void> {
  await disk.remove(path)
  await disk.syncDirectory(dirname(path))
}
