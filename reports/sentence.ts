import type { Report } from '../harness/model/report.ts'
import type { VerdictWord } from '../harness/model/verdict.ts'
import { besides, byLevel, configurations, isOfFiles, sorted } from './findings.ts'
import { causesOf, driftOf, isOfAccounts, staleChecks } from './live.ts'
import { isPartial, isSelected, notMeasured, tally, wordOf } from './summary.ts'

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

const unread = (name: string): string => `Not everything of ${name} could be read, so nothing certain is said`

/** What limits the verdict, as clauses of a sentence; empty for a whole run. */
function limits(report: Report): string[] {
  const { selection, catalogue } = report
  const selected = isOfFiles(report)
    ? selection.only.length + selection.steps.length === 0
      ? []
      : [`only ${ofFiles(selection.checks)} were selected`]
    : selection.complete
      ? []
      : [`only ${selection.checks} of ${catalogue.checks} checks were selected`]
  return [
    ...(report.interrupted ? [interruption(report)] : []),
    ...selected,
    ...(selection.changedSince === undefined
      ? []
      : [`only what changed since ${selection.changedSince} was looked at`]),
  ]
}

/** Nobody pressed Ctrl-C where logs were merged: some of them are missing. */
const interruption = ({ live }: Report): string =>
  live?.missing === undefined ? 'the run was interrupted' : `of what was merged is missing: ${live.missing.join('; ')}`

const ofFiles = (count: number): string => `${count} ${count === 1 ? 'check' : 'checks'} of files`

/** The name as a heading; the folder in which the command was given has none. */
export const headingOf = ({ subject }: Report): string => (subject.name === '.' ? 'This folder' : subject.name)

const accountsIn = ({ live }: Report): string => `${live!.accounts.length} accounts`

/** Whom the verdict is about: an application, the configuration of one or of several, one account or several. */
function subjectOf(report: Report): string {
  if (isOfAccounts(report)) return accountsIn(report)
  if (!isOfFiles(report)) return report.subject.name
  const several = configurations(report).length
  if (several > 0) return `${several} configurations`
  return report.subject.name === '.' ? 'this folder’s configuration' : `${report.subject.name}’s configuration`
}

/** Of several accounts: how many are not in order, and else what they share. */
function ofAccounts(report: Report): string {
  const name = accountsIn(report)
  const having = (...words: readonly VerdictWord[]): number =>
    report.live!.accounts.filter(({ verdict }) => words.includes(verdict)).length
  const failed = having('fail')
  const open = having('inconclusive', 'error')
  if (failed > 0) {
    const rest = open === 0 ? '' : `, and of ${open} more it could not be told`
    return `${failed} of ${name} ${failed === 1 ? 'does' : 'do'} not conform${rest}`
  }
  if (report.verdict === 'inconclusive' && open > 0)
    return `Of ${open} of ${name} it could not be told whether ${open === 1 ? 'it conforms' : 'they conform'}`
  if (report.verdict === 'pass' || report.verdict === 'warn') return whole[report.verdict](`each of ${name}`)
  const isShared = report.verdict === 'fail' || report.verdict === 'inconclusive'
  return whole[report.verdict](isShared ? `what ${name} share` : name)
}

function verdictOf(report: Report): string {
  if (isOfAccounts(report)) return ofAccounts(report)
  const rows = configurations(report)
  const failed = rows.filter(({ verdict }) => verdict === 'fail').length
  if (isOfFiles(report) && failed > 0)
    return `${failed} of ${rows.length} configurations ${failed === 1 ? 'does' : 'do'} not conform`
  const name = subjectOf(report)
  if (wordOf(report.verdict, report.checks) === 'unreadable') return unread(name)
  return whole[report.verdict](rows.length > 0 && isOfFiles(report) ? `each of ${name}` : name)
}

const capital = (text: string): string =>
  text.replace(/^(?:this|each|what) /, (word) => word[0]!.toUpperCase() + word.slice(1))

function opening(report: Report): string {
  if (!isPartial(report)) return capital(verdictOf(report))
  const limit = limits(report).join(', and ')
  if (report.verdict === 'pass' || report.verdict === 'warn')
    return `No full pass of ${subjectOf(report)}, because ${limit}`
  return `${capital(verdictOf(report))} (${limit})`
}

function ofConfiguration(report: Report): string[] {
  const findings = sorted(report)
  const { counting } = findings
  const where = isOfFiles(report) ? '' : ' in the configuration'
  const noun = counting.length === 1 ? 'finding' : 'findings'
  const told = counting.length === 0 ? [] : [`${counting.length} ${noun}${where} (${listed(byLevel(counting))})`]
  return [...told, ...besides(findings)]
}

function ofChecks(report: Report): string[] {
  const { checks } = report
  if (checks.length === 0) return []
  const noun = isOfFiles(report)
    ? ofFiles(checks.length)
    : `${checks.length} ${checks.length === 1 ? 'check' : 'checks'}`
  if (checks.length > 1 && checks.every((check) => check.verdict === 'pass')) return [`all ${noun} passed`]
  return [`of ${noun} ${listed(tally(checks))}`]
}

/** What kept accounts from their end, and what is no longer as our fixtures say. */
function ofLive(report: Report): string[] {
  const told = causesOf(report).map(({ cause, accounts }) =>
    isOfAccounts(report)
      ? `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}: ${cause.title}`
      : cause.title,
  )
  const shown = told.length <= namedAtMost ? told : [...told.slice(0, namedAtMost - 1), 'and more causes']
  const { unknown } = driftOf(report)
  const stale = staleChecks(report).length
  const staleText = stale === 0 ? '' : `, so that ${stale === 1 ? '1 check is' : `${stale} checks are`} stale`
  const facts = unknown.length === 1 ? '1 fact is' : `${unknown.length} facts are`
  return [...shown, ...(unknown.length === 0 ? [] : [`${facts} not as our fixtures say${staleText}`])]
}

const ofMissing = (report: Report): string[] =>
  notMeasured(report).map(
    ({ instrument, ids }) => `not measured for want of ${instrument} on this machine: ${namedSome(ids)}`,
  )

const ofPlay = (report: Report): string[] => {
  if (!isOfFiles(report)) return []
  return [report.environment['played'] === true ? 'the life of a token was played at mocks' : 'nothing was played']
}

/** The report in one sentence: the verdict, its limits, the counts, and what was not measured for want of what. */
export function verdictSentence(report: Report): string {
  const told = [...ofChecks(report), ...ofConfiguration(report)]
  const results = told.length === 0 ? ['nothing was checked'] : told
  return `${opening(report)}: ${[...results, ...ofLive(report), ...ofMissing(report), ...ofPlay(report)].join('; ')}.`
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
  if (isPartial(report) && (report.verdict === 'pass' || report.verdict === 'warn')) return 'no full pass'
  if (wordOf(report.verdict, report.checks) === 'unreadable') return 'could not be read'
  const scoped = isOfFiles(report) && ['pass', 'warn', 'fail'].includes(report.verdict)
  return `${scoped ? 'configuration ' : ''}${words[report.verdict]}`
}

/** What was selected, in words. */
export function selectionText(report: Report): string {
  const { selection, catalogue } = report
  const inScope = isOfFiles(report)
  if (!isSelected(report))
    return `all ${inScope ? ofFiles(selection.checks) : `${catalogue.checks} checks`} of catalogue ${catalogue.version}`
  const how = [
    ...(selection.only.length > 0 ? [`only ${listed(selection.only)}`] : []),
    ...(selection.steps.length > 0
      ? [`${selection.steps.length === 1 ? 'step' : 'steps'} ${listed(selection.steps.map(String))}`]
      : []),
    ...(selection.changedSince === undefined ? [] : [`what changed since ${selection.changedSince}`]),
  ]
  const count = inScope ? ofFiles(selection.checks) : `${selection.checks} of ${catalogue.checks} checks`
  const part = `${count} of catalogue ${catalogue.version}`
  return how.length === 0 ? part : `${part}: ${how.join(', ')}`
}
