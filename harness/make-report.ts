import type { Check } from './model/check.ts'
import type { CheckReport, Counts, EvidenceSource, Report, StepReport } from './model/report.ts'
import { type Step, steps } from './model/step.ts'
import { type VerdictWord, verdictWords, worst } from './model/verdict.ts'
import type { Plan, Selection } from './plan.ts'

/** What the route knows besides the verdicts. */
export interface Circumstances {
  readonly tool: Report['tool']
  readonly catalogue: Report['catalogue']
  readonly subject: Report['subject']
  readonly environment: Report['environment']
  readonly startedAt: string
  readonly durationMs: number
  readonly selection: Selection
  readonly interrupted: boolean
  /** What stands in files. */
  readonly findings: Report['findings']
  /** Whose evidence a check of this kind rests on. */
  readonly evidence: { readonly configuration: EvidenceSource; readonly behaviour: EvidenceSource }
}

/** Puts verdicts and circumstances together; pure. All twelve steps are told, judged or not. */
export function makeReport(plan: Plan, checks: readonly CheckReport[], known: Circumstances): Report {
  const stepReports = steps.map((step) => stepReport(step, plan, checks, known))
  return {
    schemaVersion: 1,
    tool: known.tool,
    catalogue: known.catalogue,
    subject: known.subject,
    environment: known.environment,
    startedAt: known.startedAt,
    durationMs: known.durationMs,
    verdict: overall(stepReports.map(({ verdict }) => verdict)),
    selection: selectionOf(known.selection, plan),
    interrupted: known.interrupted,
    steps: stepReports,
    checks,
    findings: known.findings,
  }
}

const selectionOf = ({ only, steps, scenario, changedSince }: Selection, plan: Plan): Report['selection'] => ({
  only,
  steps,
  checks: plan.checks.length,
  complete: plan.complete,
  ...(scenario === 'configuration' ? { scope: scenario } : {}),
  ...(changedSince === undefined ? {} : { changedSince }),
})

function stepReport(step: Step, plan: Plan, all: readonly CheckReport[], known: Circumstances): StepReport {
  const checks = all.filter((check) => check.step === step.number)
  const planned = plan.checks.filter((check) => check.step === step.number)
  const counts = Object.fromEntries(
    verdictWords.map((word) => [word, checks.filter(({ verdict }) => verdict === word).length]),
  ) as Record<VerdictWord, number> satisfies Counts
  return {
    number: step.number,
    title: step.title,
    verdict: rollup(checks),
    evidence: evidenceOf(planned, known),
    counts,
    next: nextCommand(step, planned, checks),
  }
}

/** Sources: catalogue, rollup rule "step verdict". */
function rollup(checks: readonly CheckReport[]): VerdictWord {
  const has = (word: VerdictWord): boolean => checks.some(({ verdict }) => verdict === word)
  if (has('fail')) return 'fail'
  if (has('error')) return 'error'
  if (checks.some(({ verdict, level }) => verdict === 'inconclusive' && level === 'MUST')) return 'inconclusive'
  if (has('warn')) return 'warn'
  if (has('pass')) return 'pass'
  return worst(checks.map(({ verdict }) => verdict))
}

/** The worst step counts; what a step shows as failed stands before a fault of ours. */
const overall = (words: readonly VerdictWord[]): VerdictWord => (words.includes('fail') ? 'fail' : worst(words))

function evidenceOf(planned: readonly Check[], { evidence }: Circumstances): EvidenceSource {
  if (planned.length === 0) return 'none'
  const configured = planned.every(({ observes }) =>
    observes.types.every((type) => /^(?:config|repository)\.|^attestation$/.test(type)),
  )
  // Where no behaviour was seen, files alone told.
  return configured || evidence.behaviour === 'none' ? evidence.configuration : evidence.behaviour
}

function nextCommand({ number }: Step, planned: readonly Check[], checks: readonly CheckReport[]): string {
  const bad = checks.find(({ verdict }) => !['pass', 'inapplicable'].includes(verdict))
  if (bad !== undefined) return `npx oauth-imap explain ${bad.id}`
  const counterexample = planned.flatMap((check) => check.counterexamples)[0]
  return counterexample === undefined
    ? `npx oauth-imap steps ${number}`
    : `npx oauth-imap demo --break ${counterexample}`
}
