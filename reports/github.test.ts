import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GateFinding, Report } from '../harness/model/report.ts'
import { github } from './github.ts'
import { samples } from './samples/all.fixture.ts'
import { failing } from './samples/failing.ts'
import { gate, soundGate } from './samples/gate.ts'

const linesOf = (report: Report): string[] => github.write(report).split('\n').slice(0, -1)

/** Reads a command as the runner does: what it would show, and where. */
function read(line: string) {
  const [, kind = '', given = '', data = ''] = /^::(error|warning|notice) ([^\n]*?)::([^\n]*)$/.exec(line) ?? []
  const plain = (text: string): string =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%')
  const properties = Object.fromEntries(
    given.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), plain(pair.slice(pair.indexOf('=') + 1))]),
  )
  const message = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  return { kind, properties, message }
}

describe.each(Object.entries(samples))('%s', (_, report) => {
  test('every line is one command and nothing else', () => {
    for (const line of linesOf(report)) {
      expect(read(line).kind, line).not.toBe('')
      expect(Object.keys(read(line).properties).join()).toMatch(/^(file,line,col,)?title$/)
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    }
  })
})

test('findings stand on their lines with Google’s answer and the fix, the worst first', () => {
  const told = linesOf(gate).map(read)
  expect(
    told.map(({ kind, properties }) => `${kind} ${properties['file']}:${properties['line']}:${properties['col']}`),
  ).toEqual([
    'error apps/mail sync/client_secret.json:9:23',
    'error apps/mail sync/settings.yaml:2:9',
    'error apps/notify/client_secret.json:4:12',
    'warning apps/mail sync/.gitignore:3:1',
    'warning undefined:undefined:undefined',
    'notice apps/mail sync/client_secret.json:5:5',
    'notice undefined:undefined:undefined',
  ])
  expect(told[0]!.properties['title']).toBe('cred/redirect-https')
  expect(told[0]!.message.split('\n')).toContain('Google answers: Error 400: redirect_uri_mismatch')
  expect(told.at(-1)!.message).toMatch(/^1 of 3 configurations does not conform/)
})

test('what is excused is no annotation, only counted', () => {
  expect(github.write(gate)).not.toContain('apps/archive')
  expect(linesOf(gate).at(-1)).toContain('1 waived; 1 in the baseline')
})

test('a check that failed in behaviour is told without a place', () => {
  const [first] = linesOf(failing)
    .map(read)
    .filter(({ properties }) => properties['title'] === 'cb/state-forged')
  expect(first).toMatchObject({ kind: 'error', properties: { title: 'cb/state-forged' } })
  expect(first!.message).toContain('Again: oauth-imap run --only cb/state-forged --seed 7')
})

test('a good day says nothing', () => {
  expect(github.write(soundGate)).toBe('')
})

const many = (count: number, verdict: GateFinding['verdict'], level: GateFinding['level']): GateFinding[] =>
  Array.from({ length: count }, (_, at) => ({ ...gate.findings[0]!, verdict, level, line: at + 1 }))

test('no more of a kind than GitHub shows, and the rest is counted', () => {
  const findings = [...many(14, 'fail', 'MUST'), ...many(11, 'warn', 'SHOULD'), ...many(30, 'pass', 'MAY')]
  const kinds = linesOf({ ...gate, checks: [], findings }).map((line) => read(line).kind)
  const count = (kind: string): number => kinds.filter((one) => one === kind).length
  expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 10])
  expect(read(linesOf({ ...gate, checks: [], findings }).at(-1)!).message).toContain(
    'Not shown here, for GitHub shows ten of a kind: 4 errors, 1 warning, 21 notices.',
  )
})

test('whatever a text holds comes back as it was, but for what acts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), (text) => {
      const [line] = linesOf({
        ...gate,
        checks: [],
        findings: [{ ...gate.findings[0]!, path: text, message: `x${text}` }],
      })
      expect(read(line!).properties['file']).toBe(text)
      expect(read(line!).message.split('\n')[0]).toBe(`x${text}`.trimEnd())
    }),
  )
})
