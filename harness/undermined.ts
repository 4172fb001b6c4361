import type { Check } from './model/check.ts'
import type { CheckReport } from './model/report.ts'

/** Takes their certainty from the checks that rely on a mock whose own check did not pass; pure. */
export function withoutUndermined(checks: readonly Check[], judged: readonly CheckReport[]): readonly CheckReport[] {
  const broken = new Set(judged.filter(({ verdict }) => verdict === 'fail' || verdict === 'error').map(({ id }) => id))
  return judged.map((report, index) => {
    const grounds = checks[index]?.reliesOn?.find((id) => broken.has(id))
    if (grounds === undefined || report.verdict === 'inapplicable') return report
    return { ...report, verdict: 'inconclusive', reason: `the mock broke its own rules: see ${grounds}` }
  })
}
