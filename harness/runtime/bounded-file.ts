import { open } from 'node:fs/promises'

const chunkLength = 65_536

/** The octets of a file, or of a pipe that is named like one; undefined when there are more than `most`. */
export async function readAtMost(path: string, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const file = await open(path)
  try {
    const chunks: Uint8Array[] = []
    for (let length = 0; length <= most;) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(chunkLength), 0, chunkLength, null)
      if (bytesRead === 0) return new Uint8Array(Buffer.concat(chunks))
      chunks.push(buffer.subarray(0, bytesRead))
      length += bytesRead
    }
    return undefined
  } finally {
    await file.close()
  }
}
