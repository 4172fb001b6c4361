import type { Check } from '../../model/check.ts'
import type { CheckReport, VariantReport } from '../../model/report.ts'
import { worst } from '../../model/verdict.ts'
import type { LiveResult } from './result.ts'

/** What all journals together say of each check; pure. */
export const checkReportsOf = (
  checks: readonly Check[],
  results: readonly LiveResult[],
  replay: (check: Check) => string,
): readonly CheckReport[] => checks.map((check) => checkReportOf(check, results, replay))

function checkReportOf(check: Check, results: readonly LiveResult[], replay: (check: Check) => string): CheckReport {
  const { id, title, step, level, requiredBy, clause, consequence, fix, undermines = [] } = check
  const variants = results.flatMap((result) => result.variants[id] ?? []).map((one) => controlled(one, check, results))
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

/** Where a check has its control in the journals of another scenario, one of them must have passed it. */
function controlled(variant: VariantReport, { id, control }: Check, results: readonly LiveResult[]): VariantReport {
  if (control?.twin === undefined) return variant
  const passed = results.some(({ controls = [] }) => controls.includes(id))
  const told = { ...variant, control: { title: control.title, passed } }
  return passed || variant.verdict !== 'pass'
    ? told
    : { ...told, verdict: 'inconclusive', reason: `the control did not pass: ${control.title}` }
}
