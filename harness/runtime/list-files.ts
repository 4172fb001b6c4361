import { type Dirent, closeSync, constants, fstatSync, openSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export interface Listing {
  /** Plain files, relative to the folder, with `/` between names; those that lie near come first. */
  readonly files: readonly string[]
  /** There are more names than were to be looked at, so the list is not whole. */
  readonly cut: boolean
}

/**
 * The plain files below a folder. Links are not followed, wherever they lead; what may not be read is passed over.
 *
 * @param skip names of folders that are not entered
 * @param most names that are looked at, folders included
 */
export function listFiles(directory: string, { skip, most }: { skip: ReadonlySet<string>; most: number }): Listing {
  const files: string[] = []
  const folders = ['']
  let left = most
  for (const folder of folders) {
    for (const entry of entriesOf(join(directory, folder))) {
      if ((left -= 1) < 0) return { files, cut: true }
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isFile()) files.push(path)
      else if (entry.isDirectory() && !skip.has(entry.name)) folders.push(path)
    }
  }
  return { files, cut: false }
}

function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

/** The text of a plain file that is not larger, at once: for looking into thousands of small ones. */
export function peek(path: string, most: number): string | undefined {
  let file: number | undefined
  try {
    // A pipe would keep whoever opens it waiting for its writer.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
    const stat = fstatSync(file)
    return stat.isFile() && stat.size <= most ? readFileSync(file, 'utf8') : undefined
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
