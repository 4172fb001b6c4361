import type { CheckReport, VariantReport } from '../../model/report.ts'
import { type VerdictWord, verdictWords } from '../../model/verdict.ts'

/** Variants of one verdict that are told, and of one reason among them. */
const mostTold = 50
const mostAlike = 5

/**
 * Tells of many accounts as many as a person may want to see, so that a report of thousands stays one that can be read:
 * what is left out is counted, and each account has its own row elsewhere; pure.
 */
export function folded(check: CheckReport): CheckReport {
  if (check.variants.length <= mostTold) return check
  const byVerdict = Map.groupBy(check.variants, ({ verdict }) => verdict)
  return { ...check, variants: verdictWords.flatMap((word) => fold(word, byVerdict.get(word) ?? [])) }
}

function fold(verdict: VerdictWord, variants: readonly VariantReport[]): readonly VariantReport[] {
  const alike = new Map<string, number>()
  const told = variants
    .filter(({ reason }) => {
      const before = alike.get(reason) ?? 0
      alike.set(reason, before + 1)
      return before < mostAlike
    })
    .slice(0, mostTold)
  const [first] = told
  const more = variants.length - told.length
  if (first === undefined || more === 0) return told
  const { scenario, door } = first
  return [...told, { scenario, door, verdict, reason: `so it is with ${more} further accounts`, evidence: [] }]
}
