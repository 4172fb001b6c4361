import { openJournal } from '../../journal.ts'
import type { JudgeOptions } from '../../judge.ts'
import type { Check } from '../../model/check.ts'
import { type LiveResult, accountScenario, resultOf } from '../results/result.ts'

/**
 * What is told of an account of which a fault of ours kept us: one of many must not end the others.
 *
 * @param said without secrets
 */
export function resultOfFault(
  { key, address, said }: { readonly key: string; readonly address: string; readonly said: string },
  checks: readonly Check[],
  options: JudgeOptions,
  time: { readonly startedAt: string; readonly durationMs: number },
): LiveResult {
  const journal = openJournal({ scenario: accountScenario, door: 'tls', seed: 0, account: key }, () => 0)
  journal.record('scenario', 'scenario.end', { completed: false, reason: `a fault of ours: ${said}` })
  const { account, ...result } = resultOf(journal.seal(), checks, options, { address, ...time })
  const cause = { id: 'our-fault', title: 'a fault of ours', next: 'Please report it with what was said.', said }
  return { account: { ...account!, verdict: 'error', cause }, ...result }
}
