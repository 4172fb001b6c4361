import type { Check } from '../model/check.ts'
import type { CheckReport } from '../model/report.ts'
import { worst } from '../model/verdict.ts'
import type { LiveResult } from './result.ts'

/** What all journals together say of each check; pure. */
export const checkReportsOf = (
  checks: readonly Check[],
  results: readonly LiveResult[],
  replay: (check: Check) => string,
): readonly CheckReport[] => checks.map((check) => checkReportOf(check, results, replay))

function checkReportOf(check: Check, results: readonly LiveResult[], replay: (check: Check) => string): CheckReport {
  const { id, title, step, level, requiredBy, clause, consequence, fix, undermines = [] } = check
  const variants = results.flatMap((result) => result.variants[id] ?? [])
  const verdict = variants.length === 0 ? 'inconclusive' : worst(variants.map((variant) => variant.verdict))
  const telling = variants.find((variant) => variant.verdict === verdict)
  const isStale = (verdict === 'warn' || verdict === 'fail') && undermines.length > 0
  return {
    ...{ id, title, step, level, requiredBy, clause, consequence, fix, replay: replay(check) },
    verdict,
    reason: telling?.reason ?? 'nothing of it was played',
    ...(isStale ? { stale: undermines } : {}),
    variants,
  }
}
