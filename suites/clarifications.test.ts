import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { defaults as mail } from '../mocks/gmail/core/switches.ts'
import { defaults as front } from '../mocks/gmail/front/switches.ts'
import { defaults as google } from '../mocks/google/switches.ts'

test.each([
  ['Google', google],
  ['Gmail', { ...front, ...mail }],
])('every switch of the mock of %s is explained once, and nothing else is', async (name, switches) => {
  const text = await readFile(new URL('clarifications.md', import.meta.url), 'utf8')
  const [, section = ''] = text.split(`## Named switches of the mock of ${name}\n`)
  const rows = section.split('\n## ')[0]!.matchAll(/^\| `(\w+)` +\| .+? +\| .+? +\| .+? +\|$/gm)
  expect([...rows].map(([, explained]) => explained).toSorted()).toEqual(Object.keys(switches).toSorted())
})
