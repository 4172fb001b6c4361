import type { CheckReport, GateFinding, Report, ReportWriter } from '../harness/model/report.ts'
import { placeOf, sorted, untold } from './findings.ts'
import { causesOf, driftOf, isOfAccounts, placeOfFact, side, type ToldCause } from './live.ts'
import { headingOf, verdictSentence } from './sentence.ts'
import { attention } from './summary.ts'
import { visible, visibleLines } from './visible.ts'

/** The commands by which a step speaks to GitHub’s runner, the worst first. */
const kinds = ['error', 'warning', 'notice'] as const
type Kind = (typeof kinds)[number]

interface Annotation {
  readonly kind: Kind
  readonly title: string
  readonly message: readonly string[]
  readonly place?: Pick<GateFinding, 'path' | 'line' | 'column'>
}

/**
 * What GitHub shows of one step, of each kind; the rest it drops in silence. One notice is kept for the sum.
 * Source: actions/toolkit, docs/problem-matchers.md, “Limitations”.
 */
const most: Readonly<Record<Kind, number>> = { error: 10, warning: 10, notice: 9 }

// Source: actions/toolkit, packages/core/src/command.ts, escapeData and escapeProperty.
const escapedText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapedProperty = (text: string): string =>
  escapedText(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')

const command = ({ kind, title, message, place }: Annotation): string => {
  const where = place === undefined ? {} : { file: place.path, line: String(place.line), col: String(place.column) }
  const properties = Object.entries({ ...where, title }).map(([name, value]) => `${name}=${escapedProperty(value)}`)
  return `::${kind} ${properties.join(',')}::${escapedText(message.flatMap(visibleLines).join('\n'))}`
}

const kindOf: Readonly<Record<GateFinding['verdict'], Kind>> = {
  error: 'error',
  fail: 'error',
  warn: 'warning',
  pass: 'notice',
}

const ofFinding = (finding: GateFinding): Annotation => ({
  kind: kindOf[finding.verdict],
  title: finding.verdict === 'error' ? `${placeOf(finding)} could not be read` : finding.rule,
  message: [
    finding.message,
    ...(finding.answer === undefined ? [] : [`Google answers: ${finding.answer}`]),
    ...(finding.verdict === 'pass' ? [] : [finding.consequence, ...(finding.fix === undefined ? [] : [finding.fix])]),
  ],
  place: finding,
})

/** GitHub cuts a long annotation by itself; so many facts are told, and the others are counted. */
const mostFacts = 5

/** What a check for drift saw, and what is stale for it. */
function bothSides(report: Report, { id, stale }: CheckReport): string[] {
  const rows = driftOf(report).unknown.filter(({ area }) => id === `drift/${area}`)
  return [
    ...rows
      .slice(0, mostFacts)
      .map((row) => `${placeOfFact(row)}: expected ${side(row.expected)}, saw ${side(row.observed)}`),
    ...(rows.length > mostFacts ? [`and ${rows.length - mostFacts} more`] : []),
    ...(stale === undefined ? [] : [`Rests on what changed: ${stale.join(', ')}`]),
  ]
}

/** One annotation for a cause, however many accounts have it. */
const ofCause = (report: Report, { verdict, cause, accounts }: ToldCause): Annotation => ({
  kind: verdict === 'fail' || verdict === 'error' ? 'error' : 'warning',
  title: isOfAccounts(report)
    ? `${cause.id} (${accounts.length} of ${report.live!.accounts.length} accounts)`
    : cause.id,
  message: [cause.title, ...(cause.said === '' ? [] : [cause.said]), cause.next],
})

const ofCheck = (report: Report, check: CheckReport): Annotation => {
  const [variant] = untold(report, check)
  return {
    kind: check.verdict === 'fail' || check.verdict === 'error' ? 'error' : 'warning',
    title: check.id,
    message: [
      check.title,
      variant?.reason ?? check.reason,
      ...bothSides(report, check),
      check.consequence,
      `Again: ${check.replay}`,
    ],
  }
}

function annotations(report: Report): readonly Annotation[] {
  const { counting, unread, information } = sorted(report)
  const all = [
    ...counting.map(ofFinding),
    ...unread.map(ofFinding),
    ...causesOf(report).map((cause) => ofCause(report, cause)),
    ...attention(report).map((check) => ofCheck(report, check)),
    ...information.map(ofFinding),
  ]
  return kinds.flatMap((kind) => all.filter((annotation) => annotation.kind === kind))
}

/** What did not fit, in words; nothing where everything did. */
function dropped(all: readonly Annotation[]): string[] {
  const counts = kinds.map((kind) => ({ kind, over: all.filter((one) => one.kind === kind).length - most[kind] }))
  const told = counts.filter(({ over }) => over > 0).map(({ kind, over }) => `${over} ${kind}${over === 1 ? '' : 's'}`)
  return told.length === 0 ? [] : [`Not shown here, for GitHub shows ten of a kind: ${told.join(', ')}.`]
}

/** Workflow commands: a line for each annotation, the worst first, and one that sums up. Nothing to say: no line. */
function write(report: Report): string {
  const all = annotations(report)
  if (all.length === 0) return ''
  const shown = kinds.flatMap((kind) => all.filter((annotation) => annotation.kind === kind).slice(0, most[kind]))
  const sum: Annotation = {
    kind: 'notice',
    title: `oauth-imap: ${headingOf(report)}`,
    message: [verdictSentence(report), ...dropped(all)],
  }
  return [...shown, sum].map((annotation) => `${command(annotation)}\n`).join('')
}

/** Annotations on the lines of a pull request, as GitHub’s runner reads them from the output of a step. */
export const github: ReportWriter = { format: 'github', mediaType: 'text/plain; charset=utf-8', fileName: '-', write }
