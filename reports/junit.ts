import type { CheckReport, Report, ReportWriter, StepReport, VariantReport } from '../harness/model/report.ts'
import { type VerdictWord, worst } from '../harness/model/verdict.ts'
import { excuseText, placeOf } from './findings.ts'
import { isOfAccounts, whoIn } from './live.ts'
import { requirementOf } from './requirement.ts'
import { verdictSentence } from './sentence.ts'
import { checksOf } from './summary.ts'
import { type Xml, element, xmlDocument } from './xml.ts'

/** A check, or what came of it for one of several configurations or accounts. */
interface Case {
  readonly check: CheckReport
  readonly configuration?: string
  readonly account?: string
  readonly verdict: VerdictWord
  readonly reason: string
  readonly variants: readonly VariantReport[]
}

/** Of very many accounts those that fared alike stand in one. */
const accountIn = (variant: VariantReport): string =>
  variant.account ?? (whoIn(variant) === 'further accounts' ? 'further accounts' : '')

function casesOf(report: Report, check: CheckReport): readonly Case[] {
  const isAccounts = isOfAccounts(report)
  const byName = Map.groupBy(check.variants, (variant) =>
    isAccounts ? accountIn(variant) : (variant.configuration ?? ''),
  )
  if (byName.size < 2) return [{ check, verdict: check.verdict, reason: check.reason, variants: check.variants }]
  return [...byName].map(([name, variants]) => {
    const verdict = worst(variants.map((variant) => variant.verdict))
    const reason = variants.find((variant) => variant.verdict === verdict)?.reason ?? ''
    return {
      check,
      verdict,
      reason,
      variants,
      ...(name === '' ? {} : isAccounts ? { account: name } : { configuration: name }),
    }
  })
}

/** Everything that a person needs, since most viewers show nothing of a case but this. */
/** What kept an account from its end; of a single account it is told with every check that it left open. */
const causeOf = ({ live }: Report, { account, variants }: Case): string[] =>
  (live?.accounts ?? [])
    .filter(({ key }) => (account === undefined ? variants.some((one) => one.account === key) : key === account))
    .flatMap(({ cause }) => (cause === undefined ? [] : [`${cause.title}: ${cause.said}`, `Next: ${cause.next}`]))

function told(report: Report, one: Case): string {
  const { findings } = report
  const { check, configuration, verdict, reason, variants } = one
  const own = findings.filter(
    (finding) => finding.rule === check.id && (configuration === undefined || finding.configuration === configuration),
  )
  return [
    reason,
    ...causeOf(report, one),
    ...(check.stale === undefined ? [] : [`Rests on what changed: ${check.stale.join(', ')}`]),
    ...own.map((finding) =>
      [
        `${placeOf(finding)} ${finding.message}`,
        ...(finding.answer === undefined ? [] : [`  Google answers: ${finding.answer}`]),
        ...(finding.excuse === undefined ? [] : [`  ${excuseText(finding)}`]),
      ].join('\n'),
    ),
    ...variants
      .filter((variant) => variant.verdict === verdict)
      .flatMap(({ scenario, evidence }) => evidence.map(({ at, excerpt }) => `${scenario}: ${at} ${excerpt}`)),
    check.consequence,
    `Fix: ${check.fix}`,
    `${requirementOf(check).text}, ${check.clause.url}`,
    `Again: ${check.replay}`,
  ].join('\n')
}

/** Sources: catalogue, rollup rule “exit code”: what warns is no failure, what could not be decided is an error. */
const outcome: Readonly<Record<VerdictWord, (report: Report, one: Case) => readonly Xml[]>> = {
  pass: () => [],
  warn: (report, one) => [element('system-out', {}, [told(report, one)])],
  fail: (report, one) => [element('failure', { type: one.check.level, message: one.reason }, [told(report, one)])],
  inapplicable: (_, { reason }) => [element('skipped', { message: reason })],
  inconclusive: (report, one) => [element('error', { type: 'inconclusive', message: one.reason }, [told(report, one)])],
  error: (report, one) => [
    element('error', { type: one.check.unreadable ? 'unreadable' : 'fault', message: one.reason }, [told(report, one)]),
  ],
}

function nameOf({ live }: Report, { check, configuration, account }: Case): string {
  const address = live?.accounts.find(({ key }) => key === account)?.address
  const of = account === undefined ? configuration : [address, account].filter((part) => part !== undefined).join(' ')
  return of === undefined ? check.title : `${check.title} [${of}]`
}

const testcase = (report: Report, one: Case): Xml =>
  element(
    'testcase',
    {
      classname: one.check.id,
      name: nameOf(report, one),
    },
    outcome[one.verdict](report, one),
  )

const counts = (cases: readonly Case[]) => {
  const of = (...words: readonly VerdictWord[]): number => cases.filter(({ verdict }) => words.includes(verdict)).length
  return {
    tests: cases.length,
    failures: of('fail'),
    errors: of('error', 'inconclusive'),
    skipped: of('inapplicable'),
  }
}

const testsuite = (report: Report, step: StepReport, cases: readonly Case[]): Xml =>
  element(
    'testsuite',
    { name: `${step.number}. ${step.title}`, ...counts(cases), timestamp: report.startedAt.replace(/(\.\d+)?Z$/, '') },
    cases.map((one) => testcase(report, one)),
  )

/** A suite for each step that was looked at, a case for each check, and for each configuration or account where there are several. */
function write(report: Report): string {
  const suites = report.steps
    .map((step) => ({ step, cases: checksOf(report, step).flatMap((check) => casesOf(report, check)) }))
    .filter(({ cases }) => cases.length > 0)
  return xmlDocument(
    element(
      'testsuites',
      {
        name: `${report.tool.name}: ${verdictSentence(report)}`,
        ...counts(suites.flatMap(({ cases }) => cases)),
        time: (report.durationMs / 1000).toFixed(3),
      },
      suites.map(({ step, cases }) => testsuite(report, step, cases)),
    ),
  )
}

/** For every CI system that shows test results. */
export const junit: ReportWriter = { format: 'junit', mediaType: 'application/xml', fileName: 'junit.xml', write }
