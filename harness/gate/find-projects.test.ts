import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTemporaryDirectory, removeTree } from '../runtime/files.ts'
import { join } from '../runtime/path.ts'
import { placeFile } from '../runtime/place-file.ts'
import { filesOf } from './find-projects.ts'

let home: string
beforeAll(async () => {
  home = await makeTemporaryDirectory('oauth-imap-files')
  for (const name of ['a', 'b', 'c']) await placeFile(join(home, name), '', 0o600)
})
afterAll(() => removeTree(home))

test('what is too much to be looked at whole is said, and not looked at in part', () => {
  expect(filesOf(home, 3)).toEqual(['a', 'b', 'c'])
  expect(() => filesOf(home, 2)).toThrow(/holds more than 2 files and folders/)
})
