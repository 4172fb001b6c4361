import type { Capability, Instrument } from './model/capability.ts'
import { type Check, aspectOf } from './model/check.ts'
import type { Finding } from './model/finding.ts'
import { type Journal, type Observation, all, positionOf } from './model/observation.ts'
import type { Position } from './model/position.ts'
import type { CheckReport, Evidence, Excuse, VariantReport } from './model/report.ts'
import { type VerdictWord, worst } from './model/verdict.ts'
import type { WorldFeature } from './model/world-feature.ts'
import { excerpt } from './excerpt.ts'

export type Violation = Extract<Finding, { finding: 'violated' }>

export interface JudgeOptions {
  /** What the subject declared; undefined when none was played. */
  readonly capabilities: ReadonlySet<Capability>
  readonly instruments: ReadonlySet<Instrument>
  /** What the worlds' mailboxes cannot do that Gmail's can, and why. */
  readonly lacks: ReadonlyMap<WorldFeature, string>
  /** A violated SHOULD fails too. */
  readonly strict: boolean
  /** A configuration whose own policy is strict, where the command is not. */
  isStrict?(journal: Journal): boolean
  /** Where only a part is looked at. */
  readonly scope?: Scope
  /** Why a violation does not count for now; undefined where it does. */
  excuse?(check: Check, violation: Violation, journal: Journal): Excuse | undefined
  /** The command that plays one check again. */
  replay(check: Check): string
}

/** A part of what there is to judge, such as files that changed. */
export interface Scope {
  /** Why a check that found nothing in it does not apply. */
  readonly reason: string
  holds(
    judged: { readonly check: Check; readonly finding: Finding; readonly evidence: unknown },
    journal: Journal,
  ): boolean
}

/** Judges one check on every journal of its scenarios; pure. */
export function judge(check: Check, journals: readonly Journal[], options: JudgeOptions): CheckReport {
  const { id, title, step, level, requiredBy, clause, consequence, fix } = check
  const statement = { id, title, step, level, requiredBy, clause, consequence, fix, replay: options.replay(check) }
  const obstacle = obstacleTo(check, options)
  if (obstacle !== undefined) return { ...statement, verdict: 'inapplicable', ...obstacle, variants: [] }

  const played = journals.filter(({ scenario }) => check.scenarios.includes(scenario)).toSorted(inOrderOf(check))
  const variants = played.map((journal) => judgeVariant(check, journal, journals, options))
  if (variants.length === 0)
    return {
      ...statement,
      verdict: 'inconclusive',
      reason: `no scenario was played: ${check.scenarios.join(', ')}`,
      variants,
    }
  const verdict = worst(variants.map((variant) => variant.verdict))
  const telling = variants.filter((variant) => variant.verdict === verdict)
  const unread = telling.length > 0 && telling.every(({ unreadable }) => unreadable)
  return {
    ...statement,
    verdict,
    reason: telling[0]?.reason ?? '',
    ...(unread ? { unreadable: true } : {}),
    variants: variants.map(({ unreadable: _, ...variant }) => variant),
  }
}

type JudgedVariant = VariantReport & { readonly unreadable?: boolean }

/** A variant without what tells it from others. */
type Told = Omit<JudgedVariant, 'scenario' | 'configuration' | 'account' | 'door'>

/** Scenarios end in any order; what is told first must not depend on it. */
const inOrderOf =
  ({ scenarios }: Check) =>
  (a: Journal, b: Journal): number =>
    scenarios.indexOf(a.scenario) - scenarios.indexOf(b.scenario) ||
    byCodeUnit(a.configuration ?? '', b.configuration ?? '') ||
    byCodeUnit(a.door, b.door) ||
    a.seed - b.seed

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

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

function judgeVariant(
  check: Check,
  journal: Journal,
  journals: readonly Journal[],
  options: JudgeOptions,
): JudgedVariant {
  const { scenario, door, configuration, account } = journal
  const variant = {
    scenario,
    ...(configuration === undefined ? {} : { configuration }),
    ...(account === undefined ? {} : { account }),
    door,
  }
  const end = all(journal, 'scenario.end')[0]?.fields
  const reason = reasonToStop(journal)
  if (end?.cause === 'interruption') return { ...variant, verdict: 'inconclusive', reason, evidence: [] }
  if (end?.completed !== true && end?.cause === undefined) return { ...variant, verdict: 'error', reason, evidence: [] }

  try {
    const obstacle = aspectOf(check, journal).inapplicable?.(journal) ?? outside(check, journal, options)
    if (obstacle !== undefined) return { ...variant, verdict: 'inapplicable', reason: obstacle, evidence: [] }
    const failed = all(journal, 'imap.server.failed')[0]
    if (failed !== undefined) return { ...variant, ...serverFailed(failed) }
    return { ...variant, ...judgeStory(check, journal, journals, options) }
  } catch (error) {
    // One check that cannot read a journal must not take the others’ verdicts with it.
    const failure = `the check itself failed: ${error instanceof Error ? error.message : String(error)}`
    return { ...variant, verdict: 'error', reason: failure, evidence: [] }
  }
}

/**
 * What a subject would have done with a server that stays is not known, and a finding may be of something that did not come:
 * whoever is cut off by the mailbox server behind the front is judged on nothing.
 */
const serverFailed = (failed: Observation<'imap.server.failed'>): Told => ({
  verdict: 'inconclusive',
  reason: `the mailbox server failed, not the subject: ${failed.fields.problem}`,
  evidence: [{ at: positionOf(failed), excerpt: excerpt(failed) }],
})

const outside = (check: Check, journal: Journal, { scope }: JudgeOptions): string | undefined =>
  scope !== undefined && findingsIn(check, journal, scope).length === 0 ? scope.reason : undefined

const reasonToStop = (journal: Journal): string =>
  all(journal, 'scenario.end')[0]?.fields.reason ?? 'the scenario did not end'

/** What a check finds in one journal, each finding with the place that it is about; pure. */
export const findingsIn = (check: Check, journal: Journal, scope?: Scope): readonly Finding[] => {
  const aspect = aspectOf(check, journal)
  return aspect.observes
    .select(journal)
    .map(({ evidence, at }) => ({ check, evidence, finding: located(aspect.judge(evidence, journal), at) }))
    .filter((judged) => scope?.holds(judged, journal) ?? true)
    .map(({ finding }) => finding)
}

function judgeStory(check: Check, journal: Journal, journals: readonly Journal[], options: JudgeOptions): Told {
  const end = all(journal, 'scenario.end')[0]!.fields
  const { excuse, scope } = options
  const strict = options.strict || options.isStrict?.(journal) === true
  const found = findingsIn(check, journal, scope)
  const excuses = new Map(
    found
      .filter((finding) => finding.finding === 'violated')
      .map((violation) => [violation as Finding, excuse?.(check, violation, journal)] as const)
      .filter((entry): entry is [Finding, Excuse] => entry[1] !== undefined),
  )
  const findings = found.filter((finding) => !excuses.has(finding))
  const aspect = aspectOf(check, journal)
  const control = aspect === check &&
    check.control && { title: check.control.title, passed: controlPassed(check, journal, journals) }
  const sober = verdictOf(check, findings, !control || control.passed, strict)
  // What is excused stays in sight: it is never told as if it were in order.
  const seen = excuses.size > 0 && (findings.length === 0 || sober === 'pass') ? 'warn' : sober
  // Of a story that a subject cut short, only what was seen to be wrong is certain.
  const verdict = end.completed || seen === 'fail' || seen === 'warn' ? seen : 'inconclusive'
  const [excused] = excuses.values()
  const reason =
    verdict === 'inconclusive' && !end.completed
      ? reasonToStop(journal)
      : verdict === 'warn' && excused !== undefined && !findings.some(({ finding }) => finding === 'violated')
        ? excuseText(excused)
        : reasonOf({ names: aspect.observes.names, control: check.control?.title }, findings, verdict)
  return {
    verdict,
    reason,
    evidence: evidenceOf(verdict === 'warn' && findings.length === 0 ? found : findings, verdict, journal),
    ...(control ? { control } : {}),
    ...(verdict === 'error' ? { unreadable: true } : {}),
  }
}

const excuseText = ({ by, reason, expires }: Excuse): string =>
  by === 'waiver' ? `waived until ${expires}: ${reason}` : `known from the baseline: ${reason}`

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
  if (findings.some(({ finding }) => finding === 'unreadable')) return 'error'
  if (findings.length === 0 || !controlled) return 'inconclusive'
  return findings.some(({ finding }) => finding === 'undecided') ? 'inconclusive' : 'pass'
}

interface Looked {
  readonly names: string
  readonly control: string | undefined
}

function reasonOf({ names, control }: Looked, findings: readonly Finding[], verdict: VerdictWord): string {
  const violation = findings.find((finding) => finding.finding === 'violated')
  if (violation !== undefined) return `expected ${violation.expected}; saw ${violation.actual}`
  if (verdict === 'pass') {
    const note = findings.find((finding) => finding.finding === 'noted')?.note
    return `${findings.length === 1 ? 'seen' : `seen ${findings.length} times`}: ${names}${note === undefined ? '' : `. ${note}`}`
  }
  if (findings.length === 0) return `nothing to judge was seen: ${names}`
  const unread = findings.find((finding) => finding.finding === 'unreadable')
  if (unread !== undefined) return unread.reason
  const undecided = findings.find((finding) => finding.finding === 'undecided')
  return undecided?.reason ?? `the control did not pass: ${control}`
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
