import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkOf, journalOf, phase } from './hand-made.fixture.ts'
import { judge } from './judge.ts'
import { type Circumstances, makeReport } from './make-report.ts'
import { type Check, each } from './model/check.ts'
import { undecided, violated } from './model/finding.ts'
import type { Journal } from './model/observation.ts'
import type { CheckReport } from './model/report.ts'
import { type VerdictWord, verdictWords } from './model/verdict.ts'

const circumstances: Circumstances = {
  tool: { name: 'oauth-imap-conformance', version: '0' },
  catalogue: { version: 1, checks: 9 },
  subject: { name: 's', kind: 'module', version: '1' },
  environment: { seed: 1 },
  startedAt: '2026-01-14T09:00:00.000Z',
  durationMs: 5,
  selection: { only: ['a'], steps: [] },
  interrupted: false,
  findings: [],
  evidence: { configuration: 'your configuration', behaviour: 'your app' },
}

type Told = readonly [verdict: VerdictWord, level?: Check['level'], step?: Check['step']]
const told = ([verdict, level = 'MUST', step = 6]: Told, index: number): { check: Check; report: CheckReport } => {
  const check = checkOf({ id: `area/check-${index}`, level, step })
  const { id, title, requiredBy, clause, consequence, fix } = check
  const statement = { id, title, step, level, requiredBy, clause, consequence, fix }
  return { check, report: { ...statement, verdict, reason: '', variants: [], replay: '' } }
}
const reported = (list: readonly Told[], known: Partial<Circumstances> = {}) => {
  const all = list.map(told)
  const plan = { checks: all.map(({ check }) => check), plays: [], complete: true }
  return makeReport(
    plan,
    all.map(({ report }) => report),
    { ...circumstances, ...known },
  )
}
const stepSix = (list: readonly Told[]) => reported(list).steps[5]!

describe('a step is', () => {
  test.each<[VerdictWord, readonly Told[]]>([
    ['fail', [['pass'], ['error'], ['fail'], ['inconclusive']]],
    ['error', [['error'], ['inconclusive'], ['warn']]],
    ['inconclusive', [['warn'], ['inconclusive'], ['pass']]],
    ['warn', [['inconclusive', 'SHOULD'], ['warn', 'SHOULD'], ['pass']]],
    ['pass', [['inconclusive', 'SHOULD'], ['pass'], ['inapplicable']]],
    ['pass', [['inapplicable'], ['pass', 'SHOULD']]],
    ['inconclusive', [['inconclusive', 'SHOULD'], ['inapplicable']]],
    ['inapplicable', [['inapplicable'], ['inapplicable']]],
    ['inapplicable', []],
  ])('%s: %j', (verdict, checks) => {
    expect(stepSix(checks).verdict).toBe(verdict)
  })

  test('counted by every verdict', () => {
    expect(stepSix([['pass'], ['pass'], ['warn'], ['inapplicable']]).counts).toEqual({
      ...{ error: 0, fail: 0, inconclusive: 0, warn: 1, pass: 2, inapplicable: 1 },
    })
  })
})

describe('a report', () => {
  test('tells all twelve steps in their order, judged or not', () => {
    const { steps } = reported([['pass']])
    expect(steps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(steps.filter(({ verdict }) => verdict === 'pass').map(({ number }) => number)).toEqual([6])
    expect(steps[0]).toMatchObject({ verdict: 'inapplicable', evidence: 'none', next: 'npx oauth-imap steps 1' })
  })

  test.each<[VerdictWord, readonly Told[]]>([
    [
      'pass',
      [
        ['pass', 'MUST', 1],
        ['inapplicable', 'MUST', 2],
      ],
    ],
    [
      'warn',
      [
        ['pass', 'MUST', 1],
        ['warn', 'SHOULD', 2],
      ],
    ],
    [
      'inconclusive',
      [
        ['warn', 'SHOULD', 1],
        ['inconclusive', 'MUST', 2],
      ],
    ],
    [
      'error',
      [
        ['inconclusive', 'MUST', 1],
        ['error', 'MUST', 2],
      ],
    ],
    [
      'fail',
      [
        ['error', 'MUST', 1],
        ['fail', 'MUST', 2],
      ],
    ],
    ['inapplicable', []],
  ])('is as good as its worst step: %s', (verdict, checks) => {
    expect(reported(checks).verdict).toBe(verdict)
  })

  test('carries what the route knows', () => {
    const { tool, catalogue, subject, environment, startedAt, durationMs } = circumstances
    expect(reported([['pass']], { interrupted: true })).toMatchObject({
      ...{ schemaVersion: 1, tool, catalogue, subject, environment, startedAt, durationMs, findings: [] },
      selection: { only: ['a'], steps: [], checks: 1, complete: true },
      interrupted: true,
    })
  })
})

describe('the next command of a step', () => {
  test.each<[string, readonly Told[]]>([
    ['npx oauth-imap explain area/check-1', [['pass'], ['fail'], ['error']]],
    ['npx oauth-imap explain area/check-0', [['inconclusive', 'SHOULD'], ['pass']]],
    ['npx oauth-imap demo --break is-wrong', [['pass'], ['inapplicable']]],
    ['npx oauth-imap steps 6', []],
  ])('%s: %j', (next, checks) => {
    expect(stepSix(checks).next).toBe(next)
  })
})

test('a step that files alone can show rests on the configuration', () => {
  const evidenceOf = (check: Check, known = circumstances) =>
    makeReport({ checks: [check], plays: [], complete: true }, [], known).steps[5]?.evidence
  expect(evidenceOf(checkOf({ observes: each('config.value', 'x') as Check['observes'] }))).toBe('your configuration')
  expect(evidenceOf(checkOf({ observes: each('attestation', 'x') as Check['observes'] }))).toBe('your configuration')
  const played = checkOf({ observes: each('imap.auth', 'x') as Check['observes'] })
  expect(evidenceOf(played)).toBe('your app')
  const gate = { ...circumstances, evidence: { configuration: 'your configuration', behaviour: 'none' } as const }
  expect(evidenceOf(played, gate)).toBe('your configuration')
})

test('judging and reporting depend neither on when nor on the order in which scenarios ended', () => {
  const scenarios = ['one', 'two', 'three']
  const checks = scenarios.map((last, index) =>
    checkOf({
      id: `area/check-${index}`,
      step: (index + 6) as Check['step'],
      scenarios: [...scenarios.slice(index), last],
      level: index === 1 ? 'SHOULD' : 'MUST',
      judge: (_, { scenario, door }) =>
        scenario === 'two' ? violated({ expected: door, actual: scenario }) : undecided(`${scenario} ${door}`),
    }),
  )
  const journals = scenarios.flatMap((scenario) =>
    (['tls', 'interception'] as const).map((door) => journalOf({ scenario, door }, phase(door))),
  )
  const options = {
    capabilities: new Set<never>(),
    instruments: new Set<never>(),
    lacks: new Map<never, never>(),
    strict: false,
    replay: () => 'again',
  }
  const reportOf = (list: readonly Journal[]) =>
    makeReport(
      { checks, plays: [], complete: true },
      checks.map((check) => judge(check, list, options)),
      circumstances,
    )
  const expected = JSON.stringify(reportOf(journals))
  fc.assert(
    fc.property(fc.shuffledSubarray(journals, { minLength: journals.length }), (shuffled) => {
      expect(JSON.stringify(reportOf(shuffled))).toBe(expected)
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('every verdict has its place among the counts', () => {
  expect(Object.keys(stepSix([]).counts).toSorted()).toEqual(verdictWords.toSorted())
})
