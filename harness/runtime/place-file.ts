import { chmod, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from './error-code.ts'
import { makeDirectory, prepareToWrite } from './files.ts'

/** Writes a file with these permission bits, directories above it included; what was there is gone. */
export async function placeFile(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  await makeDirectory(dirname(path))
  await writeFile(path, content)
  await chmod(path, mode)
}

/**
 * Writes a file where there is none.
 *
 * @returns whether there was none
 * @throws Fault `OUTPUT_UNWRITABLE` where the place cannot be written to
 */
export async function placeNew(path: string, content: string): Promise<boolean> {
  await prepareToWrite(path)
  return writeFile(path, content, { flag: 'wx' }).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === 'EEXIST') return false
      throw error
    },
  )
}
