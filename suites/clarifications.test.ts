import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { defaults } from '../mocks/google/switches.ts'

test('every switch of the mock of Google is explained once, and nothing else is', async () => {
  const text = await readFile(new URL('clarifications.md', import.meta.url), 'utf8')
  const [, section = ''] = text.split('## Named switches of the mock of Google')
  const rows = section.split('\n## ')[0]!.matchAll(/^\| `(\w+)` +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)
  const explained = [...rows].map(([, name]) => name)
  expect(explained.toSorted()).toEqual(Object.keys(defaults).toSorted())
})
