import { describe, expect, test } from 'vitest'
import { type Told, checkOf, journalOf, said } from '../../hand-made.fixture.ts'
import { all } from '../../model/observation.ts'
import { checkReportsOf } from './check-reports.ts'
import { accountScenario, resultOf, serversScenario } from './result.ts'

/** What is shown in one journal may need another to show that it could have been otherwise. */

const check = checkOf({
  scenarios: [serversScenario],
  control: {
    title: 'a good token was accepted',
    twin: accountScenario,
    passed: (journal) => all(journal, 'live.login').some(({ fields }) => fields.result === 'accepted'),
  },
})
const options = {
  ...{ capabilities: new Set<never>(), instruments: new Set<never>(), lacks: new Map<never, string>() },
  ...{ strict: true, replay: () => 'again' },
}
const login = (result: 'accepted' | 'refused'): Told =>
  said(0, 'live', 'live.login', {
    ...{ mechanism: 'XOAUTH2', token: 'issued', offered: true, challenge: null, answer: '' },
    result,
  })
const phaseTold = said(0, 'scenario', 'scenario.phase', { phase: 'x' })
const resultIn = (scenario: string, ...told: Told[]) =>
  resultOf(journalOf({ scenario }, ...told), [check], options, { startedAt: '', durationMs: 0 })
const verdictWith = (...accounts: Told[]) =>
  checkReportsOf(
    [check],
    [resultIn(serversScenario, phaseTold), ...accounts.map((told) => resultIn(accountScenario, told))],
    () => 'again',
  )[0]

describe('a control in another journal', () => {
  test('passes where one of them passed it', () => {
    expect(verdictWith(login('refused'), login('accepted'))).toMatchObject({
      verdict: 'pass',
      variants: [{ control: { passed: true } }],
    })
  })

  test.each([
    ['refused', [login('refused')]],
    ['there was none', []],
  ])('leaves open what passed: %s', (_, accounts) => {
    expect(verdictWith(...accounts)).toMatchObject({
      verdict: 'inconclusive',
      reason: 'the control did not pass: a good token was accepted',
      variants: [{ control: { passed: false } }],
    })
  })

  test('takes nothing back from what was seen to be wrong', () => {
    const failing = { ...check, judge: () => ({ finding: 'violated' as const, at: [], expected: 'a', actual: 'b' }) }
    const servers = resultOf(journalOf({ scenario: serversScenario }, phaseTold), [failing], options, {
      ...{ startedAt: '', durationMs: 0 },
    })
    expect(checkReportsOf([failing], [servers], () => 'again')[0]).toMatchObject({ verdict: 'fail' })
  })
})
