import type { Report } from '../model/report.ts'
import { untouched } from '../gate/changed-scope.ts'
import type { ExitCode } from './command.ts'

// Apart from what plays: whoever only reads files loads no mock for it.

export function stopwatch(): () => { readonly startedAt: string; readonly durationMs: number } {
  const startedAt = new Date().toISOString()
  const started = performance.now()
  return () => ({ startedAt, durationMs: Math.round(performance.now() - started) })
}

const codes = { pass: 0, warn: 0, fail: 1, inconclusive: 2, inapplicable: 2, error: 3 } as const

/** As against one that would not apply to the whole either. */
const isUntouched =
  (reference: string) =>
  ({ variants }: Report['checks'][number]): boolean =>
    variants.some(({ reason }) => reason === untouched(reference))

export function exitCodeOf({ verdict, interrupted, selection: { changedSince }, checks }: Report): ExitCode {
  if (interrupted) return 130
  // A change that touches nothing of the configuration is in order.
  if (verdict === 'inapplicable' && changedSince !== undefined && checks.some(isUntouched(changedSince))) return 0
  // What rests on a world that is no longer so cannot be relied on, however well the account fared.
  if (codes[verdict] === 0 && checks.some(({ stale = [] }) => stale.length > 0)) return 2
  return codes[verdict]
}
