import type { Level } from '../harness/model/check.ts'
import type { Report } from '../harness/model/report.ts'
import type { VerdictWord } from '../harness/model/verdict.ts'
import { countsOf, isPartial, notMeasured, tally } from './summary.ts'

/** `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

const namedAtMost = 4
const namedSome = (ids: readonly string[]): string =>
  ids.length <= namedAtMost
    ? listed(ids)
    : listed([...ids.slice(0, namedAtMost - 1), `${ids.length - namedAtMost + 1} more`])

const whole: Readonly<Record<VerdictWord, (name: string) => string>> = {
  pass: (name) => `${name} conforms`,
  warn: (name) => `${name} conforms, with warnings`,
  fail: (name) => `${name} does not conform`,
  inconclusive: (name) => `It could not be told whether ${name} conforms`,
  inapplicable: (name) => `Nothing that was asked applies to ${name}`,
  error: (name) => `We met a fault of our own, so nothing certain is said about ${name}`,
}

/** What limits the verdict, as clauses of a sentence; empty for a whole run. */
function limits(report: Report): string[] {
  const { selection, catalogue } = report
  return [
    ...(report.interrupted ? ['the run was interrupted'] : []),
    ...(selection.complete ? [] : [`only ${selection.checks} of ${catalogue.checks} checks were selected`]),
  ]
}

function opening(report: Report): string {
  const name = report.subject.name
  if (!isPartial(report)) return whole[report.verdict](name)
  const limit = limits(report).join(', and ')
  if (report.verdict === 'pass' || report.verdict === 'warn') return `No full pass of ${name}, because ${limit}`
  return `${whole[report.verdict](name)} (${limit})`
}

const levels: readonly Level[] = ['MUST', 'SHOULD', 'MAY']

function ofConfiguration({ findings }: Report): string[] {
  if (findings.length === 0) return []
  const byLevel = levels
    .map((level) => ({ level, count: findings.filter((finding) => finding.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${count} ${level}`)
  const noun = findings.length === 1 ? 'finding' : 'findings'
  return [`${findings.length} ${noun} in the configuration (${listed(byLevel)})`]
}

function ofChecks({ checks }: Report): string[] {
  if (checks.length === 0) return []
  const noun = checks.length === 1 ? 'check' : 'checks'
  if (checks.length > 1 && checks.every((check) => check.verdict === 'pass'))
    return [`all ${checks.length} checks passed`]
  return [`of ${checks.length} ${noun} ${listed(tally(countsOf(checks)))}`]
}

const ofMissing = (report: Report): string[] =>
  notMeasured(report).map(
    ({ instrument, ids }) => `not measured for want of ${instrument} on this machine: ${namedSome(ids)}`,
  )

/** The report in one sentence: the verdict, its limits, the counts, and what was not measured for want of what. */
export function verdictSentence(report: Report): string {
  const told = [...ofChecks(report), ...ofConfiguration(report)]
  const results = told.length === 0 ? ['nothing was checked'] : told
  return `${opening(report)}: ${[...results, ...ofMissing(report)].join('; ')}.`
}

/** The verdict in two or three words, for a badge: a partial run never wears the badge of a full one. */
export function badge(report: Report): string {
  const words: Readonly<Record<VerdictWord, string>> = {
    pass: 'conforms',
    warn: 'conforms, with warnings',
    fail: 'does not conform',
    inconclusive: 'could not tell',
    inapplicable: 'does not apply',
    error: 'our fault',
  }
  if (!isPartial(report) || (report.verdict !== 'pass' && report.verdict !== 'warn')) return words[report.verdict]
  return 'no full pass'
}

/** What was selected, in words. */
export function selectionText({ selection, catalogue }: Report): string {
  if (selection.complete) return `all ${catalogue.checks} checks of catalogue ${catalogue.version}`
  const how = [
    ...(selection.only.length > 0 ? [`only ${listed(selection.only)}`] : []),
    ...(selection.steps.length > 0
      ? [`${selection.steps.length === 1 ? 'step' : 'steps'} ${listed(selection.steps.map(String))}`]
      : []),
  ]
  const part = `${selection.checks} of ${catalogue.checks} checks of catalogue ${catalogue.version}`
  return how.length === 0 ? part : `${part}: ${how.join(', ')}`
}
