import { expect, test } from 'vitest'
import { diffOf } from './diff.ts'
import { type Edit, applied } from './fix-value.ts'

const shown = (
  path: string,
  before: string,
  ...changes: readonly (readonly [old: string, fresh: string])[]
): string => {
  const edits = changes.map(([old, text]): Edit => ({
    from: before.indexOf(old),
    to: before.indexOf(old) + old.length,
    text,
  }))
  return diffOf({ path, before, after: applied(before, edits), edits, mended: [] })
}

test.each([
  ['a.yaml', 'x: 1\nport: 143\n', [['143', '993']], '@@ -2 +2 @@\n-port: 143\n+port: 993'],
  ['a.yaml', 'port: 143 # of old\r\n', [['143', '993']], '@@ -1 +1 @@\n-port: 143…\n+port: 993…'],
  ['a.json', '{\n  "port": 143,\n  "x": 1}', [['143', '993']], '@@ -2 +2 @@\n-  "port": 143,\n+  "port": 993,'],
  ['a.json', '{"key":"hidden","port":143,"y":"hidden"}', [['143', '993']], '@@ -1 +1 @@\n-…143…\n+…993…'],
  // Of a name that stands there twice, parsers tell the last value only.
  ['a.json', '{"key":"hidden","imap":{"port":143},\n"key":1}', [['143', '993']], '@@ -1 +1 @@\n-…143},\n+…993},'],
  ['a.json', '{"imap":{"port":143}}', [['143', '993']], '@@ -1 +1 @@\n-{"imap":{"port":143}}\n+{"imap":{"port":993}}'],
  [
    'a.json',
    '{"port":143,"tls":false}',
    [
      ['false', 'true'],
      ['143', '993'],
    ],
    '@@ -1 +1 @@\n-{"port":143,"tls":false}\n+{"port":993,"tls":true}',
  ],
] as const)('%s %j', (path, before, changes, hunk) => {
  expect(shown(path, before, ...changes)).toBe(`--- ${path}\n+++ ${path}\n${hunk}`)
})

test('a mode', () => {
  const same = { before: '{}', after: '{}', edits: [], mended: [] }
  expect(diffOf({ path: 'a.json', ...same, mode: '0600' })).toBe('--- a.json\n+++ a.json\nnew mode 0600')
})
