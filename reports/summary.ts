import type { CheckReport, Counts, EvidenceSource, Report, StepReport } from '../harness/model/report.ts'
import { onScreen, type VerdictWord, verdictWords } from '../harness/model/verdict.ts'
import { isOfFiles, untold } from './findings.ts'

/** How a number of checks with one verdict is told: `2 failed`. */
const told: Readonly<Record<VerdictWord, (count: number) => string>> = {
  pass: (count) => `${count} passed`,
  warn: (count) => `${count} warned`,
  fail: (count) => `${count} failed`,
  inconclusive: (count) => `${count} could not be told`,
  inapplicable: (count) => (count === 1 ? '1 does not apply' : `${count} do not apply`),
  error: (count) => `${count} met a fault of ours`,
}

/** The order in which counts are told: what worked, what did not, what is unknown, what was left out. */
export const toldOrder: readonly VerdictWord[] = ['pass', 'warn', 'fail', 'inconclusive', 'error', 'inapplicable']

export const phrase = (word: VerdictWord, count: number): string => told[word](count)

type Judged = Pick<CheckReport, 'verdict' | 'unreadable'>

/** One phrase for every verdict that occurred; a file that cannot be read is no fault of ours. */
export function tally(checks: readonly Judged[]): string[] {
  const unread = checks.filter(({ unreadable }) => unreadable).length
  const counts = countsOf(checks.filter(({ unreadable }) => !unreadable))
  return [
    ...toldOrder.filter((word) => counts[word] > 0).map((word) => phrase(word, counts[word])),
    ...(unread === 0 ? [] : [`${unread} met a file that could not be read`]),
  ]
}

export const countsOf = (checks: readonly { readonly verdict: VerdictWord }[]): Counts => {
  const counts: Record<VerdictWord, number> = { pass: 0, warn: 0, fail: 0, inconclusive: 0, inapplicable: 0, error: 0 }
  for (const { verdict } of checks) counts[verdict]++
  return counts
}

/** How the verdict of a check, or of several together, is told. */
export const wordOf = (verdict: VerdictWord, checks: readonly Judged[]): string =>
  verdict === 'error' && checks.every((check) => check.verdict !== 'error' || check.unreadable)
    ? 'unreadable'
    : onScreen[verdict]

/** A step that no check looked at has no verdict worth the name. */
export const stepWord = (report: Report, step: StepReport): string =>
  isUnchecked(step) ? 'not checked' : wordOf(step.verdict, checksOf(report, step))

export const isUnchecked = (step: StepReport): boolean => step.verdict === 'inapplicable' && total(step.counts) === 0

export const checksOf = ({ checks }: Report, { number }: StepReport): readonly CheckReport[] =>
  checks.filter(({ step }) => step === number)

export const total = (counts: Counts): number => verdictWords.reduce((sum, word) => sum + counts[word], 0)

/** Somebody chose a part of what could have been asked. */
export function isSelected(report: Report): boolean {
  const { only, steps, complete, changedSince } = report.selection
  return isOfFiles(report) ? only.length > 0 || steps.length > 0 || changedSince !== undefined : !complete
}

/** Something that could have been asked was left out, so it is no full pass whatever its verdict. */
export const isPartial = (report: Report): boolean => report.interrupted || isSelected(report)

/** What a person has to look at, the worst first, otherwise in the catalogue's order; what findings tell is left out. */
export const attention = (report: Report): CheckReport[] =>
  verdictWords
    .filter((word) => word !== 'pass' && word !== 'inapplicable')
    .flatMap((word) => report.checks.filter((check) => check.verdict === word))
    .filter((check) => (check.variants.length === 0 ? !isUnplayed(report) : untold(report, check).length > 0))

/** Of a live run that was cut short the first sentence says so; a block for each check would say it again. */
const isUnplayed = ({ live, interrupted }: Report): boolean => live !== undefined && interrupted

export interface Inapplicable {
  readonly reason: string
  readonly ids: readonly string[]
}

/** What does not apply, named, by reason in order of first appearance. */
export function inapplicable(report: Report): Inapplicable[] {
  const groups = Map.groupBy(
    report.checks.filter((check) => check.verdict === 'inapplicable'),
    (check) => check.reason,
  )
  return [...groups].map(([reason, checks]) => ({ reason, ids: checks.map((check) => check.id) }))
}

export interface NotMeasured {
  readonly instrument: string
  readonly ids: readonly string[]
}

/** What would have been measured if the machine had the instrument. */
export function notMeasured(report: Report): NotMeasured[] {
  const pairs = report.checks
    .filter((check) => check.verdict === 'inapplicable')
    .flatMap((check) => (check.missing ?? []).map((instrument) => ({ instrument, id: check.id })))
  const groups = Map.groupBy(pairs, (pair) => pair.instrument)
  return [...groups].map(([instrument, missed]) => ({ instrument, ids: missed.map((pair) => pair.id) }))
}

const unproven: readonly EvidenceSource[] = ['none', 'example']

/** At most three commands: first for the steps with trouble, else for those that nothing of the user's own proves. */
export function nextCommands(report: Report): string[] {
  const troubled = report.steps.filter((step) => step.verdict !== 'pass' && step.verdict !== 'inapplicable')
  // First what can be played with these very files, then the run that shows every step that files cannot.
  if (troubled.length === 0 && isOfFiles(report))
    return [report.environment['played'] === true ? 'npx oauth-imap run' : 'npx oauth-imap check --play']
  // A cause has its own next step, and whoever interrupted a run knows why.
  if (report.live !== undefined && troubled.length > 0)
    return attention(report)
      .slice(0, 3)
      .map(({ id }) => `npx oauth-imap explain ${id}`)
  const open = troubled.length > 0 ? troubled : report.steps.filter((step) => unproven.includes(step.evidence))
  return [...new Set(open.map((step) => step.next))].filter((command) => command !== '').slice(0, 3)
}
