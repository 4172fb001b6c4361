import { chmod, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeDirectory } from './files.ts'

/** Writes a file with these permission bits, directories above it included; what was there is gone. */
export async function placeFile(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  await makeDirectory(dirname(path))
  await writeFile(path, content)
  await chmod(path, mode)
}
