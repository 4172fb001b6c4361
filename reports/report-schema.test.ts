import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { instruments } from '../harness/model/capability.ts'
import { driftAreas } from '../harness/model/drift.ts'
import type { Report } from '../harness/model/report.ts'
import { verdictWords } from '../harness/model/verdict.ts'
import schema from './report.schema.json' with { type: 'json' }
import { failing } from './samples/failing.ts'
import { hostile } from './samples/hostile.ts'
import { interrupted } from './samples/interrupted.ts'
import { hostileLive, liveAccounts, liveDrift, livePassing } from './samples/live.ts'
import { passing } from './samples/passing.ts'

const valid = new Ajv2020({ strict: true, allErrors: true }).compile(schema)

const refusals = (report: unknown): string[] =>
  valid(report) ? [] : (valid.errors ?? []).map((error) => `${error.instancePath} ${error.keyword}`)

test.each([
  ['passing', passing],
  ['failing', failing],
  ['interrupted', interrupted],
  ['live', livePassing],
  ['live with accounts', liveAccounts],
  ['live with drift', liveDrift],
])('the %s sample is valid', (_, report) => {
  expect(refusals(report)).toEqual([])
})

test('foreign text is no id, no position, no link and no instant', () => {
  expect(refusals(hostile)).toEqual(
    expect.arrayContaining([
      '/startedAt pattern',
      '/checks/0/id pattern',
      '/checks/0/clause/url pattern',
      '/checks/0/fix pattern',
      '/checks/0/variants/0/evidence/0/at pattern',
    ]),
  )
})

test('a live report holds no address, no key that is none, and no drift of a kind that nobody knows', () => {
  expect(refusals(hostileLive)).toEqual(
    expect.arrayContaining([
      '/checks/0/stale/0 pattern',
      '/checks/0/variants/0/account pattern',
      '/live/accounts/0/key pattern',
      '/live/accounts/1/cause/id pattern',
    ]),
  )
  const live = liveDrift.live!
  const open = { ...live.accounts[0], address: 'alice@example.com' }
  expect(refusals({ ...liveDrift, live: { ...live, accounts: [open] } })).toEqual(['/live/accounts/0/address pattern'])
  const [row] = live.drift
  for (const change of [{ state: 'same' }, { area: 'smtp' }])
    expect(refusals({ ...liveDrift, live: { ...live, drift: [{ ...row, ...change }] } })).toHaveLength(1)
})

test('the schema knows the areas of drift', () => {
  expect(schema.$defs.driftRow.properties.area.enum).toEqual(driftAreas)
})

const [firstCheck, ...otherChecks] = failing.checks
const [firstStep, secondStep, ...otherSteps] = failing.steps
const withCheck = (change: object) => ({ ...failing, checks: [{ ...firstCheck, ...change }, ...otherChecks] })
const withStep = (change: object) => ({ ...failing, steps: [{ ...firstStep, ...change }, secondStep, ...otherSteps] })
const without = (key: keyof Report) => Object.fromEntries(Object.entries(failing).filter(([name]) => name !== key))

describe('a broken report is refused:', () => {
  test.each<[string, unknown, string]>([
    ['another schemaVersion', { ...failing, schemaVersion: 2 }, '/schemaVersion const'],
    ['a member that nobody knows', { ...failing, score: 97 }, ' additionalProperties'],
    ['no verdict', without('verdict'), ' required'],
    ['a verdict of another suite', { ...failing, verdict: 'skipped' }, '/verdict enum'],
    ['eleven steps', { ...failing, steps: failing.steps.slice(0, 11) }, '/steps minItems'],
    ['steps out of order', { ...failing, steps: [secondStep, firstStep, ...otherSteps] }, '/steps/0/number const'],
    ['a step twice', { ...failing, steps: [firstStep, firstStep, ...otherSteps] }, '/steps/1/number const'],
    ['counts without a verdict', withStep({ counts: { pass: 1 } }), '/steps/0/counts required'],
    ['evidence of nobody', withStep({ evidence: 'hearsay' }), '/steps/0/evidence enum'],
    ['a level that RFC 2119 lacks', withCheck({ level: 'OUGHT' }), '/checks/0/level enum'],
    ['a requirement of nobody', withCheck({ requiredBy: 'us' }), '/checks/0/requiredBy enum'],
    ['an id with an ordinal alone', withCheck({ id: '6.3.1' }), '/checks/0/id pattern'],
    ['a thirteenth step', withCheck({ step: 13 }), '/checks/0/step maximum'],
    ['a clause without a link', withCheck({ clause: { text: 'RFC 1' } }), '/checks/0/clause required'],
    ['a fix of three lines', withCheck({ fix: 'a\nb\nc' }), '/checks/0/fix pattern'],
    ['a passed check that lacked its instrument', withCheck({ missing: ['file-modes'] }), '/checks/0/verdict const'],
    ['no way to play it again', withCheck({ replay: '' }), '/checks/0/replay minLength'],
    ['local time', { ...failing, startedAt: '2026-11-22 09:31' }, '/startedAt pattern'],
    ['a negative duration', { ...failing, durationMs: -1 }, '/durationMs minimum'],
    ['a nested environment', { ...failing, environment: { node: { version: 24 } } }, '/environment/node anyOf'],
    [
      'a finding before the first line',
      { ...failing, findings: [{ ...failing.findings[0], line: 0 }] },
      '/findings/0/line minimum',
    ],
  ])('%s', (_, report, refusal) => {
    expect(refusals(report)).toContain(refusal)
  })

  test('evidence at a place without a number', () => {
    const evidence = [{ at: 'token-endpoint', excerpt: 'POST' }]
    const variants = [{ scenario: 's', door: 'tls', verdict: 'pass', reason: '', evidence }]
    expect(refusals(withCheck({ variants }))).toContain('/checks/0/variants/0/evidence/0/at pattern')
  })
})

test('the schema knows the verdicts and instruments of the model, and every object is closed', () => {
  expect(schema.$defs.verdict.enum.toSorted()).toEqual(verdictWords.toSorted())
  expect(Object.keys(schema.$defs.counts.properties).toSorted()).toEqual(verdictWords.toSorted())
  expect(schema.$defs.check.properties.missing.items.enum).toEqual(instruments)
  const open: string[] = []
  const visit = (node: unknown, path: string): void => {
    // These only add a condition to an object that is closed where it is described.
    if (typeof node !== 'object' || node === null || /\/(allOf|dependentSchemas)$/.test(path)) return
    if ('type' in node && node.type === 'object' && !('additionalProperties' in node)) open.push(path)
    for (const [key, member] of Object.entries(node)) visit(member, `${path}/${key}`)
  }
  visit(schema, '')
  expect(open).toEqual([])
})
