import { describe, expect, test } from 'vitest'
import { type Told, journalOf, said } from '../../harness/hand-made.fixture.ts'
import { type JudgeOptions, judge } from '../../harness/judge.ts'
import { capabilities } from '../../harness/model/capability.ts'
import { driftAreas } from '../../harness/model/drift.ts'
import type { Observed } from '../../harness/model/observation.ts'
import { asMetadata, imapCapability, imapTls, tokenErrors, xoauth2Error } from './drift.ts'
import { checks } from './index.ts'

const drifts = [asMetadata, tokenErrors, imapCapability, xoauth2Error, imapTls]
type Row = Observed['drift.compared']

const row = (change: Partial<Row>): Told => {
  const same = { area: 'imap-capability', look: 'before-login', fact: 'IDLE', state: 'same' } as const
  const sides = { expected: 'offered', observed: 'offered', since: null, note: null }
  return said(0, 'drift', 'drift.compared', { ...same, ...sides, ...change })
}
const unknown = (fact: string, expected: string | null, observed: string | null): Told =>
  row({ fact, state: 'unknown', expected, observed })
const known = row({ fact: 'MOVE', state: 'known', expected: null, since: '2026-08-07', note: 'Harmless.' })
const unseen = (look: string): Told => row({ look, fact: '', state: 'not-observed', expected: null, observed: null })

const options: JudgeOptions = {
  ...{ capabilities: new Set(capabilities), instruments: new Set(), lacks: new Map(), strict: false },
  replay: () => '',
}
const judged = (told: readonly Told[], { strict = false, check = imapCapability, scenario = 'live-servers' } = {}) =>
  judge(check, [journalOf({ scenario }, ...told)], { ...options, strict })

test('each area has its check', () => {
  expect(drifts.map(({ id }) => id)).toEqual(driftAreas.map((area) => `drift/${area}`))
})

test.each(drifts.map((check) => [check.id, check] as const))('%s makes checks stale that there are', (_, check) => {
  const ids = checks.map(({ id }) => id)
  expect(check.undermines!.filter((id) => !ids.includes(id))).toEqual([])
  expect(check.undermines!.length).toBeGreaterThan(1)
})

describe('what is compared', () => {
  test('and the same passes', () => {
    expect(judged([row({}), row({ fact: 'ID' })])).toMatchObject({ verdict: 'pass' })
  })

  test('and differs warns with both sides, and fails where a SHOULD does', () => {
    const told = [row({}), unknown('MOVE', null, 'offered'), known]
    expect(judged(told)).toMatchObject({
      verdict: 'warn',
      reason: 'expected before-login: MOVE not there; saw offered',
      variants: [{ evidence: [{ at: 'drift#2' }] }],
    })
    expect(judged(told, { strict: true })).toMatchObject({ verdict: 'fail' })
  })

  test('and differs in many ways is told in a sentence that ends', () => {
    const told = ['A', 'B', 'C', 'D', 'E'].map((name) => unknown(name, 'offered', null))
    const { reason } = judged(told)
    expect(reason).toContain('before-login: C offered; and 2 more; saw not there')
    expect(reason).not.toContain('D')
  })

  test('and has no end is not quoted whole', () => {
    const { reason } = judged([unknown('x'.repeat(9_000), 'y'.repeat(9_000), null)])
    expect(reason).toBe(`expected before-login: ${'x'.repeat(300)}… ${'y'.repeat(300)}…; saw not there`)
  })

  test('and is known to differ passes with its day', () => {
    const { verdict, reason } = judged([row({}), known])
    expect(verdict).toBe('pass')
    expect(reason).toContain('Known to differ: before-login: MOVE offered since 2026-08-07.')
  })

  test('in part leaves out what another journal has', () => {
    expect(judged([row({}), unseen('after-login')])).toMatchObject({ verdict: 'pass' })
    expect(judged([unseen('after-login'), unknown('MOVE', null, 'offered')])).toMatchObject({ verdict: 'warn' })
  })

  test('by nobody is inconclusive', () => {
    expect(judged([unseen('before-login'), unseen('after-login')])).toMatchObject({
      verdict: 'inconclusive',
      reason: 'this run saw nothing of before-login; after-login',
    })
  })

  test('of another area only says nothing of this one', () => {
    const other = row({ area: 'imap-tls', state: 'unknown' })
    expect(judged([row({}), other])).toMatchObject({ verdict: 'pass' })
    expect(judged([other])).toMatchObject({ verdict: 'inconclusive' })
    expect(judged([row({}), other], { check: imapTls })).toMatchObject({ verdict: 'warn' })
  })

  test('with nothing, because it is another service, does not apply', () => {
    expect(judged([])).toMatchObject({ verdict: 'inapplicable' })
  })
})

test('an account that nobody got into hides nothing of what the servers showed', () => {
  const servers = journalOf({ scenario: 'live-servers' }, unknown('MOVE', null, 'offered'))
  const account = journalOf({ scenario: 'live-account' }, unseen('before-login'), unseen('after-login'))
  expect(judge(imapCapability, [servers, account], options)).toMatchObject({
    verdict: 'warn',
    variants: [{ verdict: 'warn' }, { verdict: 'inapplicable' }],
  })
})

test('only what an account shows is judged in an account’s journal', () => {
  const inAccounts = drifts.filter(({ scenarios }) => scenarios.includes('live-account'))
  expect(inAccounts).toEqual([imapCapability])
  expect(judged([unknown('MOVE', null, 'offered')], { scenario: 'live-account' })).toMatchObject({ verdict: 'warn' })
})
