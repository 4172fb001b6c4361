import type { CheckReport, GateFinding, Report, VariantReport } from '../harness/model/report.ts'
import { type VerdictWord, worst } from '../harness/model/verdict.ts'
import { isExplained } from './live.ts'

/** Files were read and nothing was played. */
export const isOfFiles = ({ selection }: Report): boolean => selection.scope === 'configuration'

export interface SortedFindings {
  /** What counts against the configuration, in the order in which it is told. */
  readonly counting: readonly GateFinding[]
  /** What is wrong and does not count for now. */
  readonly excused: readonly GateFinding[]
  /** What could not be read, each place once. */
  readonly unread: readonly GateFinding[]
  readonly information: readonly GateFinding[]
}

/** Findings by what they amount to; worst configuration first, in it worst file first, in a file by line. */
export function sorted({ findings }: Pick<Report, 'findings'>): SortedFindings {
  const told = findings.toSorted(inOrderOf(findings))
  return {
    counting: told.filter(({ verdict, excuse, level }) => isViolation(verdict) && !excuse && level !== 'MAY'),
    excused: told.filter(({ excuse }) => excuse !== undefined),
    unread: [...new Map(told.filter(({ verdict }) => verdict === 'error').map((one) => [placeOf(one), one])).values()],
    information: told.filter(({ verdict, level, excuse }) => verdict !== 'error' && level === 'MAY' && !excuse),
  }
}

const isViolation = (verdict: GateFinding['verdict']): boolean => verdict === 'fail' || verdict === 'warn'

/** In the form that editors and terminals turn into a link. */
export const placeOf = ({ path, line, column }: GateFinding): string => `${path}:${line}:${column}`

const rank = (finding: GateFinding): number =>
  finding.excuse ? 3 : { fail: 0, error: 1, warn: 2, pass: 4 }[finding.verdict]
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

function inOrderOf(findings: readonly GateFinding[]): (a: GateFinding, b: GateFinding) => number {
  const worstOf = (key: (finding: GateFinding) => string): ((finding: GateFinding) => number) => {
    const ranks = new Map<string, number>()
    for (const finding of findings)
      ranks.set(key(finding), Math.min(rank(finding), ranks.get(key(finding)) ?? Infinity))
    return (finding) => ranks.get(key(finding))!
  }
  const configuration = worstOf((finding) => finding.configuration)
  const file = worstOf((finding) => `${finding.configuration}\n${finding.path}`)
  return (a, b) =>
    configuration(a) - configuration(b) ||
    byCodeUnit(a.configuration, b.configuration) ||
    file(a) - file(b) ||
    byCodeUnit(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    byCodeUnit(a.rule, b.rule)
}

/** The scenarios of a check that say something bad which no finding, and no cause of an account, says already. */
export function untold(report: Report, check: CheckReport): readonly VariantReport[] {
  const inFiles = report.findings.filter(({ rule, verdict }) => rule === check.id && verdict !== 'pass')
  const explained = isExplained(report, check)
  return check.variants.filter(
    (variant) =>
      variant.verdict !== 'pass' &&
      variant.verdict !== 'inapplicable' &&
      !explained(variant) &&
      (variant.scenario !== 'configuration' ||
        variant.verdict === 'inconclusive' ||
        !inFiles.some((finding) => finding.configuration === (variant.configuration ?? ''))),
  )
}

export interface ConfigurationRow {
  readonly name: string
  readonly verdict: VerdictWord
  readonly findings: SortedFindings
}

/** What came of each of several configurations, the worst first; of a single one the whole report tells. */
export function configurations(report: Report): readonly ConfigurationRow[] {
  const variants = report.checks.flatMap((check) => check.variants)
  const byName = Map.groupBy(
    variants.filter(({ configuration }) => configuration !== undefined),
    ({ configuration }) => configuration!,
  )
  if (byName.size < 2) return []
  const found = Map.groupBy(report.findings, ({ configuration }) => configuration)
  const rows = [...byName].map(([name, own]) => ({
    name,
    verdict: overall(own.map(({ verdict }) => verdict)),
    findings: sorted({ findings: found.get(name) ?? [] }),
  }))
  return rows.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || byCodeUnit(a.name, b.name))
}

const order: readonly VerdictWord[] = ['fail', 'error', 'inconclusive', 'warn', 'pass', 'inapplicable']

/** As of a whole report: what was seen to be wrong stands before what could not be read. */
const overall = (words: readonly VerdictWord[]): VerdictWord => (words.includes('fail') ? 'fail' : worst(words))

const counted = (count: number, noun: string): string[] => (count === 0 ? [] : [`${count} ${noun}`])

/** `1 MUST`, `2 SHOULD`: how many findings of each level count. */
export const byLevel = (findings: readonly GateFinding[]): string[] =>
  (['MUST', 'SHOULD', 'MAY'] as const).flatMap((level) =>
    counted(findings.filter((finding) => finding.level === level).length, level),
  )

/** `1 waived`, `2 in the baseline`, `1 file could not be read`: what does not count and is not forgotten. */
export function besides({ excused, unread }: SortedFindings): string[] {
  const by = (kind: 'waiver' | 'baseline'): number => excused.filter(({ excuse }) => excuse?.by === kind).length
  const files = new Set(unread.map(({ path }) => path)).size
  return [
    ...counted(by('waiver'), 'waived'),
    ...counted(by('baseline'), 'in the baseline'),
    ...counted(files, files === 1 ? 'file could not be read' : 'files could not be read'),
  ]
}

/** Why a finding does not count, in words. */
export const excuseText = ({ excuse }: GateFinding): string => {
  if (excuse === undefined) return ''
  const how = excuse.by === 'waiver' ? 'waived' : 'in the baseline'
  return `${how}${excuse.expires === undefined ? '' : ` until ${excuse.expires}`}: ${excuse.reason}`
}
