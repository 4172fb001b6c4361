import type {
  CheckReport,
  Evidence,
  EvidenceSource,
  Report,
  StepReport,
  VariantReport,
} from '../../harness/model/report.ts'
import { steps } from '../../harness/model/step.ts'
import { worst } from '../../harness/model/verdict.ts'
import { countsOf } from '../summary.ts'

type Told = Pick<
  CheckReport,
  'id' | 'title' | 'step' | 'level' | 'requiredBy' | 'clause' | 'verdict' | 'reason' | 'consequence' | 'fix'
> &
  Partial<CheckReport>

/** A check as a run reports it: one scenario with the check's own verdict, unless variants are given. */
export const checkReport = (told: Told, scenario = 'consent/first-login', evidence: Evidence[] = []): CheckReport => ({
  variants: [{ scenario, door: 'tls', verdict: told.verdict, reason: told.reason, evidence }],
  replay: `oauth-imap run --only ${told.id} --seed 7`,
  ...told,
})

export const variant = (
  scenario: string,
  verdict: VariantReport['verdict'],
  reason: string,
  evidence: readonly Evidence[],
  control?: VariantReport['control'],
): VariantReport => ({
  scenario,
  door: 'tls',
  verdict,
  reason,
  evidence,
  ...(control === undefined ? {} : { control }),
})

type Frame = Omit<Report, 'schemaVersion' | 'tool' | 'steps' | 'verdict' | 'findings'> & Partial<Report>

const rollup = (checks: readonly CheckReport[]): StepReport['verdict'] => {
  const words = checks.map(({ verdict }) => verdict)
  return words.includes('fail') ? 'fail' : worst(words)
}

/** Fills in the twelve steps and the overall verdict from the checks. */
export function assemble(frame: Frame, source: EvidenceSource): Report {
  const stepReports = steps.map(({ number, title }) => {
    const checks = frame.checks.filter((check) => check.step === number)
    const evidence: EvidenceSource = checks.length === 0 ? 'none' : source
    const next = `oauth-imap run --step ${number}`
    return { number, title, verdict: rollup(checks), evidence, counts: countsOf(checks), next }
  })
  return {
    schemaVersion: 1,
    tool: { name: 'oauth-imap-conformance', version: '0.1.0' },
    verdict: worst(frame.checks.map((check) => check.verdict)),
    steps: stepReports,
    findings: [],
    ...frame,
  }
}
