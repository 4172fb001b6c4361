import { Fault } from '../model/fault.ts'
import { exists, placeWithLinks, readBytes, statOf, writeWhole } from '../runtime/files.ts'
import { join, relative, resolve } from '../runtime/path.ts'
import type { FileFix } from './fixes.ts'

export type Mendable = { readonly text: string } | { readonly why: string }

/**
 * The text of a file that may be changed, or why it may not: through a link, or outside the folder that was named, it may
 * belong to others.
 *
 * @param directory the folder of the project; undefined for a project in memory
 */
export async function mendable(path: string, directory: string | undefined): Promise<Mendable> {
  if (directory === undefined) return { why: 'it is part of a document, not a file of its own' }
  const inside = relative(resolve(directory), resolve(path))
  if (inside.startsWith('..')) return { why: 'it lies outside the folder that is checked' }
  try {
    if ((await placeWithLinks(path)) !== join(await placeWithLinks(directory), inside))
      return { why: 'a link leads to it' }
    if (!(await statOf(path)).isFile) return { why: 'it is no plain file' }
    return { text: textOf(await readBytes(path)) }
  } catch (error) {
    return { why: error instanceof TypeError ? 'it is not in UTF-8' : 'it cannot be read' }
  }
}

/** As `mendable`, for a file that need not be there yet. */
export const mendableOrNew = async (path: string, directory: string): Promise<Mendable | undefined> =>
  (await exists(path)) ? mendable(path, directory) : undefined

/** @throws TypeError for what could not be written back as it was */
const textOf = (octets: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)

/** Writes what mends a file, its mode kept unless that is what is wrong; tells why it did not. */
export async function mendFile(fix: FileFix, directory: string): Promise<string | undefined> {
  const { path, before, after, mode, isNew = false } = fix
  const now = await mendableOrNew(path, directory)
  if (now !== undefined && 'why' in now) return now.why
  if (!isNew && now === undefined) return 'it is gone by now'
  if (isNew ? now !== undefined : now?.text !== before) return 'it changed in the meantime'
  try {
    await writeWhole(path, after, isNew ? undefined : Number.parseInt(mode ?? (await statOf(path)).mode, 8))
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
}
