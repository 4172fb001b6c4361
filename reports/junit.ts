import type { CheckReport, Report, ReportWriter, StepReport, VariantReport } from '../harness/model/report.ts'
import { type VerdictWord, worst } from '../harness/model/verdict.ts'
import { excuseText, placeOf } from './findings.ts'
import { requirementOf } from './requirement.ts'
import { verdictSentence } from './sentence.ts'
import { checksOf } from './summary.ts'
import { type Xml, element, xmlDocument } from './xml.ts'

/** A check, or what came of it for one of several configurations. */
interface Case {
  readonly check: CheckReport
  readonly configuration?: string
  readonly verdict: VerdictWord
  readonly reason: string
  readonly variants: readonly VariantReport[]
}

function casesOf(check: CheckReport): readonly Case[] {
  const byName = Map.groupBy(check.variants, ({ configuration = '' }) => configuration)
  if (byName.size < 2) return [{ check, verdict: check.verdict, reason: check.reason, variants: check.variants }]
  return [...byName].map(([configuration, variants]) => {
    const verdict = worst(variants.map((variant) => variant.verdict))
    const reason = variants.find((variant) => variant.verdict === verdict)?.reason ?? ''
    return { check, verdict, reason, variants, ...(configuration === '' ? {} : { configuration }) }
  })
}

/** Everything that a person needs, since most viewers show nothing of a case but this. */
function told({ findings }: Report, { check, configuration, verdict, reason, variants }: Case): string {
  const own = findings.filter(
    (finding) => finding.rule === check.id && (configuration === undefined || finding.configuration === configuration),
  )
  return [
    reason,
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

const testcase = (report: Report, one: Case): Xml =>
  element(
    'testcase',
    {
      classname: one.check.id,
      name: one.configuration === undefined ? one.check.title : `${one.check.title} [${one.configuration}]`,
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

/** A suite for each step that was looked at, a case for each check, and for each configuration where there are several. */
function write(report: Report): string {
  const suites = report.steps
    .map((step) => ({ step, cases: checksOf(report, step).flatMap(casesOf) }))
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
