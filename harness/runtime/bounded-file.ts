import { constants } from 'node:fs'
import { type FileHandle, open, stat as lookAt } from 'node:fs/promises'

const chunkLength = 65_536

/** The octets of a file, or of a pipe that is named like one; undefined when there are more than `most`. */
export async function readAtMost(path: string, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const file = await open(path)
  try {
    return await octetsOf(file, most)
  } finally {
    await file.close()
  }
}

/**
 * A plain file as UTF-8 text, with its permission bits in four octal digits: whatever else has that name is never waited for,
 * and a file that says it is empty and has no end, as a system’s own may, is not read to its end either.
 */
export async function readPlainFile(
  path: string,
  most: number,
): Promise<{ readonly text: string; readonly mode: string } | 'huge' | 'no plain file'> {
  // To open a device may already set something off.
  if (!(await lookAt(path)).isFile()) return 'no plain file'
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stat = await file.stat()
    if (!stat.isFile()) return 'no plain file'
    const octets = stat.size > most ? undefined : await octetsOf(file, most)
    if (octets === undefined) return 'huge'
    return {
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets),
      mode: (stat.mode & 0o7777).toString(8).padStart(4, '0'),
    }
  } finally {
    await file.close()
  }
}

async function octetsOf(file: FileHandle, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = []
  for (let length = 0; length <= most;) {
    const { bytesRead, buffer } = await file.read(new Uint8Array(chunkLength), 0, chunkLength, null)
    if (bytesRead === 0) return new Uint8Array(Buffer.concat(chunks))
    chunks.push(buffer.subarray(0, bytesRead))
    length += bytesRead
  }
  return undefined
}
