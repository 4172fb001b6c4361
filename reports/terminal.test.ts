import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../harness/model/report.ts'
import { failing } from './samples/failing.ts'
import { hostile, hostileGate, hostileText } from './samples/hostile.ts'
import { gate, soundGate } from './samples/gate.ts'
import { interrupted } from './samples/interrupted.ts'
import { passing } from './samples/passing.ts'
import { terminal } from './terminal.ts'
import { cells, wrap } from './terminal/layout.ts'

const plain = { colour: false, unicode: true }
const samples = { passing, failing, interrupted, hostile, gate, soundGate, hostileGate }
const escapeSequence = new RegExp(String.raw`\u001b\[\d+m`, 'g')
/** Lines that must be copied whole. */
const isCommand = (line: string): boolean => /^ {2}((?:play|check) again +)?(npx )?oauth-imap /.test(line)

describe.each(Object.entries(samples))('%s', (_, report) => {
  test('fits 80 columns, but for commands', () => {
    const long = terminal(report, plain)
      .split('\n')
      .filter((line) => cells(line) > 80 && !isCommand(line))
    expect(long).toEqual([])
  })

  test('without colour nothing but printable text and line ends occurs', () => {
    expect(terminal(report, plain)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u)
  })

  test('no line is a command to GitHub’s runner, which reads what a step prints', () => {
    for (const colour of [false, true]) {
      const printed = terminal(report, { colour, unicode: true }).replace(escapeSequence, '')
      expect(printed).not.toMatch(/^\s*::|##\[/m)
    }
  })

  test('without Unicode nothing but ASCII occurs', () => {
    expect(terminal(report, { colour: false, unicode: false })).toMatch(/^[\n\x20-\x7e]+$/)
  })

  test('colours change nothing but the colours', () => {
    const coloured = terminal(report, { colour: true, unicode: true })
    expect(coloured).not.toBe(terminal(report, plain))
    const bare = coloured.replace(escapeSequence, '')
    expect(bare.replace(/ +$/gm, '')).toBe(terminal(report, plain))
  })
})

test('the first sentence says the verdict, the counts and what was not measured', () => {
  const [sentence] = terminal(interrupted, plain).split('\n\n')
  expect(sentence?.replace(/\n {2}/g, ' ')).toBe(
    '? It could not be told whether mail-sync conforms (the run was interrupted, and only 31 of 96 checks were ' +
      'selected): of 4 checks 1 passed, 1 could not be told and 2 do not apply; ' +
      'not measured for want of file-modes on this machine: store/file-mode.',
  )
})

test('a partial pass wears another mark than a full one', () => {
  const selection = { ...passing.selection, complete: false }
  expect(terminal(passing, plain)).toMatch(/^✓ /)
  expect(terminal({ ...passing, selection }, plain)).toMatch(/^◐ No full pass/)
  expect(terminal({ ...passing, interrupted: true }, { colour: false, unicode: false })).toMatch(/^~ No full pass/)
})

test('each failed check tells everything that a person needs to act', () => {
  const text = terminal(failing, plain)
  const block = text.split('\n\n').find((part) => part.startsWith('✗ cb/state-forged')) ?? ''
  for (const part of [
    'A callback with a forged state is refused, and the pending flow survives',
    'failed, step 6',
    'MUST by RFC 6749 §10.12',
    'because     Expected no token request after the forged callback',
    'token-endpoint#1  POST https://oauth2.googleapis.com/token',
    'control     passed: The same flow',
    'users meet  A victim',
    'fix         Compare the state',
    'play again  oauth-imap run --only cb/state-forged --seed 7',
  ])
    expect(block).toContain(part)
  expect(block).not.toContain('callback/without-state')
})

test('a rule of this suite is told as our own policy', () => {
  const block =
    terminal(failing, plain)
      .split('\n\n')
      .find((part) => part.startsWith('✗ store/file-mode')) ?? ''
  expect(block).toContain('MUST by our own policy (no standard’s rule; it can be waived, see')
})

test('a hostile line end cannot forge a row of the table', () => {
  expect(terminal(hostile, plain)).not.toMatch(/^✓/m)
})

test('long evidence is cut and counted, never dropped in silence', () => {
  const [, , check] = failing.checks
  const pieces = Array.from({ length: 9 }, (_, at) => ({ at: `token-endpoint#${at + 1}`, excerpt: 'x'.repeat(1000) }))
  const variants = [{ ...check!.variants[0]!, evidence: pieces }]
  const text = terminal({ ...failing, checks: [{ ...check!, variants }] }, plain)
  expect(text).toMatch(/\(700\s+characters more\)/)
  expect(text).toContain('and 3 more in the full report')
  expect(text).not.toContain('token-endpoint#7')
})

test('any text of a subject stays harmless', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const checks = failing.checks.map((check) => ({ ...check, title: text, reason: text, consequence: text }))
      const report: Report = { ...failing, subject: { ...failing.subject, name: text }, checks }
      const shown = terminal(report, plain)
      expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u)
      expect(shown.split('\n').filter((line) => cells(line) > 80)).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test('wrapping keeps every letter of a text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 4, max: 40 }), (text, width) => {
      const letters = (lines: string): string => lines.replace(/[ \p{Mn}\p{Me}]/gu, '')
      expect(letters(wrap(text, width).join(''))).toBe(letters(text))
      for (const line of wrap(text, width)) expect(cells(line)).toBeLessThanOrEqual(width)
    }),
  )
  expect(wrap(hostileText, 40).length).toBeGreaterThan(10)
})

test('of a fleet the screen shows the worst, and counts the rest', () => {
  const names = Array.from({ length: 300 }, (_, at) => `apps/${String(at).padStart(3, '0')}`)
  const bad = (at: number): boolean => at % 10 === 0
  const [redirect] = gate.checks
  const [variant] = redirect!.variants
  const variants = names.map((configuration, at) => ({
    ...variant!,
    configuration,
    verdict: bad(at) ? ('fail' as const) : ('pass' as const),
  }))
  const findings = names
    .filter((_, at) => bad(at))
    .flatMap((configuration) => [1, 2].map((line) => ({ ...gate.findings[0]!, configuration, line })))
  const open = {
    ...gate.checks.at(-1)!,
    variants: variants.map((one) => ({ ...one, verdict: 'inconclusive' as const })),
  }
  const text = terminal({ ...gate, checks: [{ ...redirect!, variants }, open], findings }, plain)
  expect(text).toMatch(/^✗ 30 of 300 configurations do not conform: /)
  expect(text).toContain('and 280 more: 10 failed, 270 could not be told')
  expect(text).toContain('and 294 more in the full report')
  expect(text).toContain('and 30 more in the full report')
  expect(text.split('\n').length).toBeLessThan(350)
})

describe('what does not apply', () => {
  const lacking = (count: number): Report => {
    const [check] = gate.checks.filter(({ verdict }) => verdict === 'inapplicable')
    const ids = Array.from({ length: count }, (_, at) => `consent/rule-${at}`)
    const checks = ids.map((id) => ({ ...check!, id, reason: `no profile maps what ${id} reads` }))
    return { ...gate, checks: [...gate.checks.filter(({ verdict }) => verdict !== 'inapplicable'), ...checks] }
  }
  const section = (report: Report): string =>
    terminal(report, plain)
      .split('\n\n')
      .find((part) => part.startsWith('What does not apply')) ?? ''

  test('is told with its reasons while they are few', () => {
    expect(section(lacking(3))).toContain('– consent/rule-2: no profile maps what consent/rule-2 reads')
    expect(section(lacking(3))).not.toContain('--only')
  })

  test('is one paragraph of ids when it is much, which says where the reasons are', () => {
    const text = section(lacking(44))
    for (let at = 0; at < 44; at++) expect(text).toMatch(new RegExp(`consent/rule-${at}\\b`))
    expect(text).not.toContain('no profile maps')
    expect(text).toContain('Why: of one with --only ID, of all with --report html.')
    expect(text.split('\n').length).toBeLessThan(15)
  })

  test('is told of a run in the same way', () => {
    const run = { ...passing, checks: [...passing.checks, ...lacking(4).checks] }
    expect(section(run)).not.toContain('no profile maps')
    expect(section(run)).toContain('Why: of one with --only ID, of all in index.html.')
  })
})

test('of files the findings come first, then what could not be told', () => {
  const text = terminal(gate, plain)
  expect(text.indexOf('\nFindings\n')).toBeLessThan(text.indexOf('\nWhat to look at\n'))
  expect(text).toMatch(/^\? refresh\/backoff-jitter\n[^]*^ {2}if wrong {4}Map the setting retry/m)
})

test('the folder in which the command was given is not named as a dot', () => {
  const only = { ...gate.checks.find(({ verdict }) => verdict === 'inconclusive')! }
  const variants = only.variants.map((variant) => ({ ...variant, configuration: '.' }))
  const text = terminal({ ...gate, checks: [{ ...only, variants }], findings: [] }, plain)
  expect(text).toContain('? refresh/backoff-jitter')
  expect(text).not.toContain('in files')
})
