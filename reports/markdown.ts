import type { CheckReport, GateFinding, Report, ReportWriter } from '../harness/model/report.ts'
import { onScreen } from '../harness/model/verdict.ts'
import { besides, byLevel, configurations, excuseText, isOfFiles, placeOf, sorted, untold } from './findings.ts'
import { accountWord, accountsOf, causesOf, driftOf, isOfAccounts } from './live.ts'
import { costText, driftTitle, knownText, placeOfFact, side, staleChecks } from './live.ts'
import { code, cut, link, plain } from './markdown/text.ts'
import { requirementOf } from './requirement.ts'
import { verdictSentence } from './sentence.ts'
import { attention, checksOf, inapplicable, stepWord, tally, wordOf } from './summary.ts'

/** GitHub refuses a step summary of more than 1 MiB; other steps of the job write theirs. */
const mostBytes = 600 * 1024
const bytes = (text: string): number => new TextEncoder().encode(text).length

interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`

/** A table within what is left of the budget; what does not fit is counted. */
function table({ title, head, rows }: Table, budget: number): string {
  if (rows.length === 0) return ''
  let text = `\n### ${title}\n\n${row(head)}${row(head.map(() => '---'))}`
  let size = bytes(text)
  for (const [at, cells] of rows.entries()) {
    const next = row(cells)
    size += bytes(next)
    if (size > budget) return `${text}\nAnd ${rows.length - at} more in the full report.\n`
    text += next
  }
  return text
}

const level = (rule: Pick<GateFinding, 'level' | 'requiredBy' | 'clause'>): string => {
  const { own } = requirementOf(rule)
  const source = link(rule.clause.url, cut(rule.clause.text))
  return own ? `${rule.level} (our own policy; ${source})` : `${rule.level} (${source})`
}

const steps = (report: Report): Table => ({
  title: 'The twelve steps',
  head: ['Step', 'Verdict', 'Checks', 'Evidence'],
  rows: report.steps.map((step) => [
    `${step.number}. ${plain(cut(step.title))}`,
    stepWord(report, step),
    tally(checksOf(report, step)).join(', '),
    step.evidence === 'none' ? '' : step.evidence,
  ]),
})

const several = (report: Report): Table => ({
  title: 'The configurations',
  head: ['Configuration', 'Verdict', 'Found'],
  rows: configurations(report).map(({ name, verdict, findings }) => [
    code(cut(name)),
    verdict === 'error' && findings.unread.length > 0 ? 'unreadable' : onScreen[verdict],
    [...byLevel(findings.counting), ...besides(findings)].join(', '),
  ]),
})

const messageOf = (finding: GateFinding): string =>
  [
    plain(cut(finding.message)),
    ...(finding.answer === undefined ? [] : [`Google answers: ${code(cut(finding.answer))}`]),
    ...(finding.excuse === undefined ? [] : [plain(cut(excuseText(finding)))]),
  ].join('<br>')

const found = (report: Report): Table => {
  const { counting, unread, excused } = sorted(report)
  return {
    title: isOfFiles(report) ? 'Findings' : 'In the configuration',
    head: ['', 'Where', 'What', 'Required', 'What to do'],
    rows: [...counting, ...unread, ...excused].map((finding) => [
      finding.excuse ? 'excused' : finding.verdict === 'error' ? 'unreadable' : onScreen[finding.verdict],
      `${code(cut(placeOf(finding)))}<br>${plain(cut(finding.rule))}`,
      messageOf(finding),
      level(finding),
      plain(cut(finding.fix ?? '')),
    ]),
  }
}

const mostReasons = 5

function reasonsOf(report: Report, check: CheckReport): string {
  const all = [...new Set(untold(report, check).map(({ reason }) => reason))]
  const more = all.length - mostReasons
  const told = all.slice(0, mostReasons).map((reason) => plain(cut(reason)))
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('<br>')
}

const failed = (report: Report): Table => ({
  title: 'What to look at',
  head: ['', 'Check', 'Because', 'Required', 'What to do'],
  rows: attention(report).map((check) => [
    wordOf(check.verdict, [check]),
    `${plain(cut(check.title))}<br>${code(cut(check.id))}`,
    reasonsOf(report, check) || plain(cut(check.reason)),
    level(check),
    `${plain(cut(check.fix))}<br>${code(cut(check.replay))}`,
  ]),
})

const apart = (report: Report): Table => ({
  title: 'What does not apply',
  head: ['Why', 'Checks'],
  rows: inapplicable(report).map(({ reason, ids }) => [plain(cut(reason)), ids.map((id) => code(cut(id))).join(', ')]),
})

const accounts = (report: Report): Table => ({
  title: 'The accounts',
  head: ['Account', 'Verdict', 'Why', 'What to do'],
  rows: (isOfAccounts(report) || causesOf(report).length > 0 ? accountsOf(report) : []).map(({ row: account, why }) => [
    `${plain(cut(account.address))}<br>${code(cut(account.key))}`,
    accountWord(account),
    account.cause === undefined
      ? why
          .slice(0, mostReasons)
          .map((id) => code(cut(id)))
          .join(', ')
      : [plain(cut(account.cause.title)), ...(account.cause.said === '' ? [] : [code(cut(account.cause.said))])].join(
          '<br>',
        ),
    plain(cut(account.cause?.next ?? '')),
  ]),
})

const drift = (report: Report): Table => {
  const { unknown, known } = driftOf(report)
  return {
    title: driftTitle(report),
    head: ['Fact', 'Expected', 'Saw', 'State'],
    rows: [...unknown, ...known].map((fact) => [
      plain(cut(placeOfFact(fact))),
      code(cut(side(fact.expected))),
      code(cut(side(fact.observed))),
      plain(cut(knownText(fact) ?? 'new')),
    ]),
  }
}

/** What a table would not carry: looks that were not made, checks that are stale. */
function asides(report: Report): string {
  const { unseen } = driftOf(report)
  const stale = staleChecks(report)
  const ids = (all: readonly string[]): string => all.map((id) => code(cut(id))).join(', ')
  return [
    ...(stale.length === 0 ? [] : [`\nStale, because it rests on what changed: ${ids(stale)}.\n`]),
    ...(unseen.length === 0 ? [] : [`\nNot looked at: ${ids(unseen)}.\n`]),
    ...(report.live === undefined ? [] : [`\nCost: ${costText(report.live)}.\n`]),
  ].join('')
}

function write(report: Report): string {
  let text = `## ${plain(cut(verdictSentence(report), 2000))}\n${asides(report)}`
  const first = [accounts(report), found(report), failed(report), drift(report)]
  for (const one of [...first, several(report), steps(report), apart(report)])
    text += table(one, mostBytes - bytes(text))
  return text
}

/** For the summary of a step: GitHub’s Markdown, in which no text of a foreign hand does anything but show. */
export const markdown: ReportWriter = {
  format: 'markdown',
  mediaType: 'text/markdown; charset=utf-8',
  fileName: 'report.md',
  write,
}
