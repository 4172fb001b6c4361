import type { Report } from '../../harness/model/report.ts'
import { onScreen } from '../../harness/model/verdict.ts'
import { type ConfigurationRow, besides, byLevel, configurations } from '../findings.ts'
import { tally } from '../summary.ts'
import { cells, padded, wrap } from './layout.ts'
import type { Screen } from './screen.ts'

const mostRows = 20
const widestName = 40

/** A row for each of several configurations, the worst first: name, verdict, what was found. */
export function configurationTable(screen: Screen, report: Report): string[] {
  const all = configurations(report)
  if (all.length === 0) return []
  const rows = all.slice(0, mostRows).map((row) => ({ row, name: screen.line(row.name), word: word(screen, row) }))
  const name = Math.min(widestName, Math.max(...rows.map((one) => cells(one.name)), 13))
  const verdict = Math.max(...rows.map((one) => cells(one.word)), 7)
  const more = all.slice(mostRows)
  return [
    screen.colours.dim(`${padded('Configuration', name)}  ${padded('Verdict', verdict)}  Found`),
    ...rows.flatMap(({ row, name: told, word: spoken }) => {
      const [first = '', ...others] = wrap(told, name)
      const found = wrap(foundIn(row), screen.columns - name - verdict - 4)
      const height = Math.max(others.length + 1, found.length)
      return Array.from({ length: height }, (_, at) =>
        [
          padded(at === 0 ? first : (others[at - 1] ?? ''), name),
          at === 0 ? screen.paint(row.verdict, padded(spoken, verdict)) : ' '.repeat(verdict),
          found[at] ?? '',
        ].join('  '),
      )
    }),
    ...(more.length === 0 ? [] : [screen.colours.dim(`and ${more.length} more: ${tally(more).join(', ')}`)]),
  ]
}

const word = (screen: Screen, { verdict, findings }: ConfigurationRow): string =>
  `${screen.symbol(verdict)} ${verdict === 'error' && findings.unread.length > 0 ? 'unreadable' : onScreen[verdict]}`

const foundIn = ({ findings }: ConfigurationRow): string =>
  [...byLevel(findings.counting), ...besides(findings)].join(', ')
