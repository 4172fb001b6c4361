import { describe, expect, test } from 'vitest'
import { journalOf, said } from '../hand-made.fixture.ts'
import { ownRule } from '../model/clause.ts'
import type { GateFinding } from '../model/report.ts'
import { diffOf } from './diff.ts'
import { planIgnored } from './fix-ignored.ts'
import { type Fixes, planFixes } from './fixes.ts'

const finding = (change: Partial<GateFinding> = {}): GateFinding => ({
  ...{ rule: 'tls/implicit-993', level: 'MUST', requiredBy: 'Google', clause: ownRule('a test'), verdict: 'fail' },
  ...{ configuration: 'app', path: 'app.yaml', line: 1, column: 7, message: 'Expected 993; saw 143.', consequence: '' },
  ...{ replacement: '993' },
  ...change,
})
const plan = (text: string, ...findings: readonly GateFinding[]): Promise<Fixes> =>
  planFixes(findings, async () => ({ text }))

describe('what is mended', () => {
  test('what is excused, only information, or for a person to decide is not', async () => {
    const { replacement: _, ...undecided } = finding()
    const excuse = { by: 'waiver', reason: 'later', expires: '2026-12-31' } as const
    for (const one of [finding({ excuse, verdict: 'warn' }), finding({ verdict: 'pass' }), undecided])
      expect(await plan('port: 143\n', one)).toEqual({ files: [], left: [] })
  })

  test('two values of one file at once, and one value that two rules want alike once', async () => {
    const host = finding({ line: 2, column: 7, replacement: 'b.test', rule: 'area/host' })
    const { files, left } = await plan('port: 143\nhost: a.test\n', finding(), finding({ rule: 'area/port' }), host)
    expect(left).toEqual([])
    expect(files.map(({ after, mended }) => [after, mended.length])).toEqual([['port: 993\nhost: b.test\n', 3]])
  })

  test('not what two rules want to be different', async () => {
    const { files, left } = await plan('port: 143\n', finding(), finding({ rule: 'area/port', replacement: '994' }))
    expect(files.map(({ after }) => after)).toEqual(['port: 993\n'])
    expect(left).toEqual([{ path: 'app.yaml:1 (area/port)', why: 'another finding wants another value there' }])
  })

  test('not what cannot be read or changed alone', async () => {
    expect((await plan('port: [1]\n', finding())).left).toEqual([
      expect.objectContaining({ path: 'app.yaml:1 (tls/implicit-993)' }),
    ])
    const gone = await planFixes([finding()], async () => ({ why: 'a link leads to it' }))
    expect(gone).toEqual({ files: [], left: [{ path: 'app.yaml:1 (tls/implicit-993)', why: 'a link leads to it' }] })
  })

  test('the mode of a file that others can read, together with its values', async () => {
    const { replacement: _, ...mode } = finding({ rule: 'cred/client-file-mode' })
    const { files } = await plan('port: 143\n', mode, finding())
    expect(files).toEqual([expect.objectContaining({ mode: '0600', after: 'port: 993\n' })])
  })
})

describe('a line that a .gitignore lacks', () => {
  const exposed = (file: string, way: 'commit' | 'image' = 'commit', excludedBy: string | null = null) =>
    said(0, 'repository', 'repository.exposure', { file, line: 1, column: 1, way, by: 'git add', excludedBy })
  const journal = journalOf(
    { scenario: 'configuration' },
    ...[exposed('.env'), exposed('.env'), exposed('a [1]*.json'), exposed('b.json', 'commit', '.gitignore:1')],
    ...[exposed('c.json', 'image'), exposed('waived.json'), exposed('end ')],
  )
  const open = ['.env', 'a [1]*.json', 'b.json', 'c.json', 'end '].map((file) =>
    finding({ rule: 'cred/files-ignored', path: `app/${file}` }),
  )
  const planned = (text: string | undefined) =>
    planIgnored({ directory: 'app', journal }, open, async () => (text === undefined ? undefined : { text }))

  test.each([
    ['none', undefined, '/.env\n/a \\[1]\\*.json\n/end\\ \n'],
    ['an empty one', '', '/.env\n/a \\[1]\\*.json\n/end\\ \n'],
    ['one without a last end of line', 'dist', 'dist\n/.env\n/a \\[1]\\*.json\n/end\\ \n'],
    ['one of Windows', 'dist\r\n', 'dist\r\n/.env\r\n/a \\[1]\\*.json\r\n/end\\ \r\n'],
  ])('%s', async (_, before, after) => {
    expect(await planned(before)).toMatchObject({ path: 'app/.gitignore', after })
  })

  test('is shown as an addition', async () => {
    const diff = (fix: Awaited<ReturnType<typeof planned>>) => (fix !== undefined && 'edits' in fix ? diffOf(fix) : '')
    const lines = '+/.env\n+/a \\[1]\\*.json\n+/end\\ '
    expect(diff(await planned(undefined))).toBe(`--- /dev/null\n+++ app/.gitignore\n@@ -0,0 +1,3 @@\n${lines}`)
    expect(diff(await planned('a\n\nb\n'))).toBe(`--- app/.gitignore\n+++ app/.gitignore\n@@ -3,0 +4,3 @@\n${lines}`)
  })

  test('is none where nothing could be committed', async () => {
    expect(await planIgnored({ directory: 'app', journal }, [], async () => undefined)).toBeUndefined()
  })
})
