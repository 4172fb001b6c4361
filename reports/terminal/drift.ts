import type { DriftRow, Report } from '../../harness/model/report.ts'
import { driftOf, driftTitle, knownByDay, placeOfFact, side } from '../live.ts'
import { labelled } from './check.ts'
import { hanging } from './layout.ts'
import type { Screen } from './screen.ts'

/** What is longer is read in a file. */
const mostBlocks = 30

function factBlock(screen: Screen, row: DriftRow): string[] {
  const heading = hanging(`${screen.symbol('warn')} `, [screen.line(placeOfFact(row))], screen.columns)
  return [
    ...heading.map((line) => screen.paint('warn', line)),
    ...labelled(screen, 'expected', [screen.line(side(row.expected))]),
    ...labelled(screen, 'saw', [screen.line(side(row.observed))]),
  ]
}

/** What needs nobody’s look: what is known, a line for each day, and what was not looked at. */
function asides(screen: Screen, report: Report): string[] {
  const { unseen } = driftOf(report)
  const known = knownByDay(report).map(({ since, facts }) => `known since ${since}: ${facts.join(', ')}`)
  const lines = [...known, ...(unseen.length === 0 ? [] : [`not looked at: ${unseen.join(', ')}`])]
  return lines
    .flatMap((line) => hanging(`${screen.symbol('inapplicable')} `, [screen.line(line)], screen.columns))
    .map(screen.colours.dim)
}

/** What is not as our fixtures say: both sides of what nobody knew of, then in a few lines the rest. */
export function driftSections(screen: Screen, report: Report): string[][] {
  const { unknown } = driftOf(report)
  const more = unknown.length - mostBlocks
  const rest = asides(screen, report)
  if (unknown.length + rest.length === 0) return []
  const title = screen.colours.bold(driftTitle(report))
  if (unknown.length === 0) return [[title, ...rest]]
  return [
    [title],
    ...unknown.slice(0, mostBlocks).map((row) => factBlock(screen, row)),
    ...(more > 0 ? [[screen.colours.dim(`and ${more} more in the full report`)]] : []),
    rest,
  ]
}
