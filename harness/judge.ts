import type { Capability, Instrument } from './model/capability.ts'
import type { Check } from './model/check.ts'
import type { Finding } from './model/finding.ts'
import { type Journal, type Observation, all, positionOf } from './model/observation.ts'
import type { Position } from './model/position.ts'
import type { CheckReport, Evidence, VariantReport } from './model/report.ts'
import { type VerdictWord, worst } from './model/verdict.ts'
import type { WorldFeature } from './model/world-feature.ts'
import { excerpt } from './excerpt.ts'

export interface JudgeOptions {
  /** What the subject declared; undefined when none was played. */
  readonly capabilities: ReadonlySet<Capability>
  readonly instruments: ReadonlySet<Instrument>
  /** What the worlds' mailboxes cannot do that Gmail's can, and why. */
  readonly lacks: ReadonlyMap<WorldFeature, string>
  /** A violated SHOULD fails too. */
  readonly strict: boolean
  /** The command that plays one check again. */
  replay(check: Check): string
}

/** Judges one check on every journal of its scenarios; pure. */
export function judge(check: Check, journals: readonly Journal[], options: JudgeOptions): CheckReport {
  const { id, title, step, level, requiredBy, clause, consequence, fix } = check
  const statement = { id, title, step, level, requiredBy, clause, consequence, fix, replay: options.replay(check) }
  const obstacle = obstacleTo(check, options)
  if (obstacle !== undefined) return { ...statement, verdict: 'inapplicable', ...obstacle, variants: [] }

  const played = journals.filter(({ scenario }) => check.scenarios.includes(scenario)).toSorted(inOrderOf(check))
  const variants = played.map((journal) => judgeVariant(check, journal, journals, options.strict))
  if (variants.length === 0)
    return {
      ...statement,
      verdict: 'inconclusive',
      reason: `no scenario was played: ${check.scenarios.join(', ')}`,
      variants,
    }
  const verdict = worst(variants.map((variant) => variant.verdict))
  const reason = variants.find((variant) => variant.verdict === verdict)?.reason ?? ''
  return { ...statement, verdict, reason, variants }
}

/** Scenarios end in any order; what is told first must not depend on it. */
const inOrderOf =
  ({ scenarios }: Check) =>
  (a: Journal, b: Journal): number =>
    scenarios.indexOf(a.scenario) - scenarios.indexOf(b.scenario) || a.door.localeCompare(b.door) || a.seed - b.seed

interface Obstacle {
  readonly reason: string
  readonly missing?: readonly Instrument[]
}

function obstacleTo(check: Check, { capabilities, instruments, lacks }: JudgeOptions): Obstacle | undefined {
  const undeclared = check.needs.filter((capability) => !capabilities.has(capability))
  if (undeclared.length > 0) return { reason: `the subject declares no ${undeclared.join(', ')}` }
  const lacking = check.features?.find((feature) => lacks.has(feature))
  if (lacking !== undefined) return { reason: `the mailbox server has no ${lacking}: ${lacks.get(lacking)}` }
  const missing = check.instruments.filter((instrument) => !instruments.has(instrument))
  return missing.length > 0 ? { reason: `not measured here: ${missing.join(', ')}`, missing } : undefined
}

function judgeVariant(check: Check, journal: Journal, journals: readonly Journal[], strict: boolean): VariantReport {
  const variant = { scenario: journal.scenario, door: journal.door }
  const end = all(journal, 'scenario.end')[0]?.fields
  const reason = reasonToStop(journal)
  if (end?.cause === 'interruption') return { ...variant, verdict: 'inconclusive', reason, evidence: [] }
  if (end?.completed !== true && end?.cause === undefined) return { ...variant, verdict: 'error', reason, evidence: [] }

  try {
    return judgeStory(check, journal, journals, strict)
  } catch (error) {
    // One check that cannot read a journal must not take the others’ verdicts with it.
    const failure = `the check itself failed: ${error instanceof Error ? error.message : String(error)}`
    return { ...variant, verdict: 'error', reason: failure, evidence: [] }
  }
}

const reasonToStop = (journal: Journal): string =>
  all(journal, 'scenario.end')[0]?.fields.reason ?? 'the scenario did not end'

function judgeStory(check: Check, journal: Journal, journals: readonly Journal[], strict: boolean): VariantReport {
  const end = all(journal, 'scenario.end')[0]!.fields
  const pieces = check.observes.select(journal)
  const findings = pieces.map(({ evidence, at }) => located(check.judge(evidence, journal), at))
  const control = check.control && { title: check.control.title, passed: controlPassed(check, journal, journals) }
  const seen = verdictOf(check, findings, control?.passed ?? true, strict)
  // Of a story that a subject cut short, only what was seen to be wrong is certain.
  const verdict = end.completed || seen === 'fail' || seen === 'warn' ? seen : 'inconclusive'
  return {
    scenario: journal.scenario,
    door: journal.door,
    verdict,
    reason: verdict === 'inconclusive' && !end.completed ? reasonToStop(journal) : reasonOf(check, findings, verdict),
    evidence: evidenceOf(findings, verdict, journal),
    ...(control === undefined ? {} : { control }),
  }
}

/** A finding of a single piece stands where the piece stands, unless the judge was more exact. */
const located = (finding: Finding, at: readonly Position[]): Finding =>
  finding.at.length > 0 ? finding : { ...finding, at }

function controlPassed({ control }: Check, journal: Journal, journals: readonly Journal[]): boolean {
  if (control === undefined) return true
  if (control.twin === undefined) return control.passed(journal)
  return (
    journals.some(({ scenario, seed }) => scenario === control.twin && seed === journal.seed) &&
    journals.filter(({ scenario }) => scenario === control.twin).every((twin) => control.passed(twin))
  )
}

function verdictOf(check: Check, findings: readonly Finding[], controlled: boolean, strict: boolean): VerdictWord {
  // What was seen to be wrong is wrong even if the control could not be played to its end.
  if (findings.some(({ finding }) => finding === 'violated'))
    return check.level === 'MUST' || (strict && check.level === 'SHOULD') ? 'fail' : 'warn'
  if (findings.length === 0 || !controlled) return 'inconclusive'
  return findings.some(({ finding }) => finding === 'undecided') ? 'inconclusive' : 'pass'
}

function reasonOf(check: Check, findings: readonly Finding[], verdict: VerdictWord): string {
  const violation = findings.find((finding) => finding.finding === 'violated')
  if (violation !== undefined) return `expected ${violation.expected}; saw ${violation.actual}`
  if (verdict === 'pass')
    return `${findings.length === 1 ? 'seen' : `seen ${findings.length} times`}: ${check.observes.names}`
  if (findings.length === 0) return `nothing to judge was seen: ${check.observes.names}`
  const undecided = findings.find((finding) => finding.finding === 'undecided')
  return undecided?.reason ?? `the control did not pass: ${check.control?.title}`
}

/** Enough to follow the verdict; the journal holds the rest. */
const most = 5

function evidenceOf(findings: readonly Finding[], verdict: VerdictWord, journal: Journal): Evidence[] {
  const telling = verdict === 'pass' ? findings : findings.filter(({ finding }) => finding !== 'satisfied')
  const at = new Set(telling.flatMap((finding) => finding.at))
  const byPosition = new Map(
    journal.observations.map((observation: Observation) => [positionOf(observation), observation]),
  )
  return [...at].slice(0, most).flatMap((position) => {
    const observation = byPosition.get(position)
    return observation === undefined ? [] : [{ at: position, excerpt: excerpt(observation) }]
  })
}
