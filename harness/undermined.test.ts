import { expect, test } from 'vitest'
import { checkOf } from './hand-made.fixture.ts'
import type { CheckReport } from './model/report.ts'
import type { VerdictWord } from './model/verdict.ts'
import { withoutUndermined } from './undermined.ts'

const checks = [checkOf({ id: 'mock/ground' }), checkOf({ id: 'area/leans', reliesOn: ['mock/ground'] }), checkOf()]
const judged = (...verdicts: readonly VerdictWord[]): readonly CheckReport[] =>
  checks.map(({ id }, index) => ({ id, verdict: verdicts[index], reason: 'seen' }) as CheckReport)
const verdictsOf = (...verdicts: readonly VerdictWord[]) =>
  withoutUndermined(checks, judged(...verdicts)).map(({ verdict }) => verdict)

test.each(['fail', 'error'] as const)(
  'a mock that is judged %s takes the certainty from what leans on it',
  (broken) => {
    expect(verdictsOf(broken, 'pass', 'pass')).toEqual([broken, 'inconclusive', 'pass'])
    expect(verdictsOf(broken, 'fail', 'fail')).toEqual([broken, 'inconclusive', 'fail'])
    expect(withoutUndermined(checks, judged(broken, 'pass', 'pass'))[1]).toMatchObject({
      reason: 'the mock broke its own rules: see mock/ground',
    })
  },
)

test.each(['pass', 'warn', 'inconclusive', 'inapplicable'] as const)(
  'one that is judged %s takes nothing',
  (ground) => {
    expect(verdictsOf(ground, 'pass', 'fail')).toEqual([ground, 'pass', 'fail'])
  },
)

test('what does not apply still does not', () => {
  expect(verdictsOf('fail', 'inapplicable', 'pass')).toEqual(['fail', 'inapplicable', 'pass'])
})
