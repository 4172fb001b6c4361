import { describe, expect, test } from 'vitest'
import { type Told, journalOf } from '../../harness/hand-made.fixture.ts'
import { judge } from '../../harness/judge.ts'
import { instruments } from '../../harness/model/capability.ts'
import type { Check } from '../../harness/model/check.ts'
import { liveCauses, liveParts } from '../../harness/model/live.ts'
import { liveChecks } from './index.ts'
import { asked, liveStories, login, trouble } from './live-stories.fixture.ts'

/** Each check of live runs on stories of a few lines; what is compared with fixtures has its own in `drift.test.ts`. */
const checks = liveChecks.filter(({ id }) => !id.startsWith('drift/'))

const options = {
  ...{ capabilities: new Set<never>(), instruments: new Set(instruments), lacks: new Map(), strict: false },
  replay: () => 'again',
}
/** Alone: whether a control in another journal passed is told where all of them are. */
const judged = ({ control: _, ...check }: Check, told: readonly Told[]) =>
  judge(check, [journalOf({ scenario: check.scenarios[0]! }, ...told)], options)

test('every check has its stories', () => {
  expect(Object.keys(liveStories).toSorted()).toEqual(checks.map(({ id }) => id).toSorted())
})

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const cases = (liveStories[id] ?? []).map(([verdict, reason, ...told]) => ({ verdict, reason, told }))

  test.each(cases)('$verdict: $reason', ({ verdict, reason, told }) => {
    const report = judged(check, told)
    expect(report).toMatchObject({ verdict })
    expect(report.reason).toContain(reason)
    // Who says that there is nothing to add expects that nothing is.
    if (verdict === 'pass' && reason === '') expect(report.reason).toMatch(new RegExp(`: ${check.observes.names}$`))
  })

  test('cannot tell from nothing', () => {
    expect(judged(check, [])).toMatchObject({
      verdict: 'inconclusive',
      reason: `nothing to judge was seen: ${check.observes.names}`,
    })
  })

  test('shows where what it found stands', () => {
    const wrong = cases.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
    expect(wrong.length).toBeGreaterThan(0)
    for (const { told } of wrong) expect(judged(check, told).variants[0]?.evidence.length).toBeGreaterThan(0)
  })

  test('cannot tell where the way there was barred, and says by what', () => {
    const part = check.scenarios[0] === 'live-account' ? 'sign-in' : 'metadata'
    const report = judged(check, [asked(), trouble(part, 'tls-intercepted', 'by whom?')])
    expect(report).toMatchObject({ verdict: 'inconclusive', reason: 'TLS intercepted: by whom?' })
    expect(report.variants[0]?.evidence).toMatchObject([{ at: 'live#2' }])
  })
})

test('whatever the trouble, no check passes by it', () => {
  for (const check of checks)
    for (const part of liveParts)
      for (const cause of liveCauses)
        expect(['inconclusive', 'inapplicable']).toContain(judged(check, [asked(), trouble(part, cause)]).verdict)
})

test('that made-up tokens are refused counts where a good one was accepted', () => {
  const { control } = checks.find(({ id }) => id === 'live/bad-token')!
  const passes = (...told: readonly Told[]) => control?.passed(journalOf({ scenario: 'live-account' }, ...told))
  const refused = login({ result: 'refused', answer: 'NO' })
  expect(control?.twin).toBe('live-account')
  expect(passes(refused, login())).toBe(true)
  expect(passes(refused)).toBe(false)
  expect(passes(asked())).toBe(false)
})
