import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What lies in the folder that the program runs in, by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>

/** Makes a folder of its own for each case. */
export async function folderIn(root: string, files: Files): Promise<string> {
  const path = await mkdtemp(join(root, 'case-'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), content)
  }
  return path
}

/** Paths of every file below a folder, in order. */
export const filesIn = async (path: string): Promise<readonly string[]> =>
  (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(path.length + 1))
    .toSorted()
