import type { Counts, Report } from '../../harness/model/report.ts'
import { stepWord, toldOrder, wordOf } from '../summary.ts'
import { cells, padded, wrap } from './layout.ts'
import type { Screen } from './screen.ts'

const gap = '  '

const symbolsOf = (screen: Screen, counts: Counts): string =>
  toldOrder
    .filter((word) => counts[word] > 0)
    .map((word) => `${counts[word]}${screen.symbol(word)}`)
    .join(' ')

const widest = (texts: readonly string[]): number => Math.max(...texts.map(cells))

/** The twelve steps, one row each: number, title, verdict, counts by symbol, whose evidence stands. */
export function stepTable(screen: Screen, report: Report): string[] {
  const head = { title: 'Step', verdict: 'Verdict', counts: 'Checks', evidence: 'Evidence' }
  const rows = report.steps.map((step) => ({
    step,
    title: screen.line(step.title),
    verdict: `${screen.symbol(step.verdict)} ${stepWord(report, step)}`,
    counts: symbolsOf(screen, step.counts),
    evidence: step.evidence,
  }))
  const width = (column: keyof typeof head) => widest([head[column], ...rows.map((row) => row[column])])
  const [verdict, counts, evidence] = [width('verdict'), width('counts'), width('evidence')]
  const left = screen.columns - 2 - verdict - counts - evidence - 4 * gap.length
  const title = Math.max(12, Math.min(left, width('title')))
  const heading =
    ['  ', padded(head.title, title), padded(head.verdict, verdict), padded(head.counts, counts)].join(gap) +
    gap +
    head.evidence

  return [
    screen.colours.dim(heading),
    ...rows.flatMap((row) => {
      const [first = '', ...rest] = wrap(row.title, title)
      const cell = screen.paint(row.step.verdict, padded(row.verdict, verdict))
      const number = String(row.step.number).padStart(2)
      return [
        [number, padded(first, title), cell, padded(row.counts, counts), row.evidence].join(gap),
        ...rest.map((line) => `  ${gap}${line}`),
      ]
    }),
  ]
}

/** What the symbols of the table mean; only those that occur. */
export function legend(screen: Screen, { steps, checks }: Report): string {
  const occurring = toldOrder.filter((word) => steps.some((step) => step.counts[word] > 0))
  return occurring.map((word) => `${screen.symbol(word)} ${wordOf(word, checks)}`).join(gap)
}
