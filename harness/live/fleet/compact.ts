import type { VariantReport } from '../../model/report.ts'
import type { LiveResult } from '../results/result.ts'

/** What does not differ between two accounts that fared alike. */
export type Outcome = Pick<LiveResult, 'variants' | 'controls' | 'compared'>

/** Texts of outcomes that are remembered; accounts that fare alike fare in a few ways, each of the others in its own. */
const mostRemembered = 500

/**
 * Makes accounts that fared alike share one outcome, so that thousands of results need little memory: what passed is kept
 * without its evidence, and whose it is stands in the row alone.
 */
export function createCompactor(): (result: LiveResult) => LiveResult {
  const outcomes = new Map<string, Outcome>()
  return ({ account, spent, ...told }) => {
    const outcome = account === undefined ? told : { ...told, variants: withoutAccount(told.variants) }
    const text = JSON.stringify(outcome)
    const known = outcomes.get(text) ?? outcome
    if (outcomes.size < mostRemembered) outcomes.set(text, known)
    return { ...(account === undefined ? {} : { account }), ...known, spent }
  }
}

const withoutAccount = (variants: LiveResult['variants']): LiveResult['variants'] =>
  Object.fromEntries(
    Object.entries(variants).map(([id, { account: _, evidence, ...told }]) => [
      id,
      { ...told, evidence: told.verdict === 'pass' ? [] : evidence },
    ]),
  )

/** The same with whose it is, as reports tell it. */
export function expanded(result: LiveResult): LiveResult {
  const { account, variants } = result
  if (account === undefined) return result
  const named = Object.entries(variants).map(([id, variant]): [string, VariantReport] => {
    const { scenario, configuration, ...told } = variant
    const before = { scenario, ...(configuration === undefined ? {} : { configuration }) }
    return [id, { ...before, account: account.key, ...told }]
  })
  return { ...result, variants: Object.fromEntries(named) }
}
