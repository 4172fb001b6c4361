import type { Report } from '../model/report.ts'
import type { ExitCode } from './command.ts'

// Apart from what plays: whoever only reads files loads no mock for it.

export function stopwatch(): () => { readonly startedAt: string; readonly durationMs: number } {
  const startedAt = new Date().toISOString()
  const started = performance.now()
  return () => ({ startedAt, durationMs: Math.round(performance.now() - started) })
}

const codes = { pass: 0, warn: 0, fail: 1, inconclusive: 2, inapplicable: 2, error: 3 } as const

export function exitCodeOf({ verdict, interrupted, selection }: Report): ExitCode {
  if (interrupted) return 130
  // A change that touches nothing of the configuration is in order.
  if (verdict === 'inapplicable' && selection.changedSince !== undefined) return 0
  return codes[verdict]
}
