import type { DriftRow, Report } from '../../harness/model/report.ts'
import { driftOf, knownText, placeOfFact, side } from '../live.ts'
import { labelled } from './check.ts'
import { hanging } from './layout.ts'
import type { Screen } from './screen.ts'

/** What is longer is read in a file. */
const mostBlocks = 30

function factBlock(screen: Screen, row: DriftRow): string[] {
  const mark = row.state === 'unknown' ? 'warn' : 'inapplicable'
  const known = knownText(row)
  return [
    ...hanging(`${screen.symbol(mark)} `, [screen.line(placeOfFact(row))], screen.columns).map((line) =>
      screen.paint(mark, line),
    ),
    ...labelled(screen, 'expected', [screen.line(side(row.expected))]),
    ...labelled(screen, 'saw', [screen.line(side(row.observed))]),
    ...(known === undefined ? [] : labelled(screen, '', [screen.line(known)])),
  ]
}

/** What is not as our fixtures say: what nobody knew of first, then what is known, and in one line what was not seen. */
export function driftBlocks(screen: Screen, report: Report): string[][] {
  const { unknown, known, unseen } = driftOf(report)
  const told = [...unknown, ...known]
  const more = told.length - mostBlocks
  return [
    ...told.slice(0, mostBlocks).map((row) => factBlock(screen, row)),
    ...(more > 0 ? [[screen.colours.dim(`and ${more} more in the full report`)]] : []),
    ...(unseen.length === 0
      ? []
      : [hanging('', [`Not looked at: ${screen.line(unseen.join(', '))}.`], screen.columns).map(screen.colours.dim)]),
  ]
}
