import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAtMost } from './bounded-file.ts'
import { makeTemporaryDirectory, removeTree } from './files.ts'

let directory: string
beforeAll(async () => void (directory = await makeTemporaryDirectory('bounded-file')))
afterAll(() => removeTree(directory))

test.each([0, 1, 65_536, 150_000])(
  'a file of %d octets is read whole, and not at all beyond a limit',
  async (length) => {
    const octets = Uint8Array.from({ length }, (_, index) => index)
    await writeFile(`${directory}/${length}`, octets)
    expect(await readAtMost(`${directory}/${length}`, length)).toEqual(octets)
    if (length > 0) expect(await readAtMost(`${directory}/${length}`, length - 1)).toBeUndefined()
  },
)

test('what never ends is given up', async () => {
  expect(await readAtMost('/dev/zero', 1_000_000)).toBeUndefined()
})

test.each([
  ['a file that is not there', 'nothing', 'ENOENT'],
  ['a folder', '.', 'EISDIR'],
])('%s is an error with a name', async (_, name, code) => {
  await expect(readAtMost(`${directory}/${name}`, 10)).rejects.toMatchObject({ code })
})
