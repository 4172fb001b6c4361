import type { Report } from '../../harness/model/report.ts'
import { type ToldAccount, type ToldCause, accountWord, accountsOf, causesOf, isOfAccounts } from '../live.ts'
import { tally } from '../summary.ts'
import { labelled } from './check.ts'
import { cells, hanging, padded, wrap } from './layout.ts'
import type { Screen } from './screen.ts'

const mostRows = 20
const widestAddress = 24
const keyWidth = 16

/** A row for each of several accounts, the worst first; two with one mask are told apart by their keys. */
export function accountTable(screen: Screen, report: Report): string[] {
  if (!isOfAccounts(report)) return []
  const all = accountsOf(report)
  const rows = all.slice(0, mostRows).map((told) => ({
    told,
    address: screen.line(told.row.address),
    word: `${screen.symbol(told.row.verdict)} ${accountWord(told.row)}`,
  }))
  const address = Math.min(widestAddress, Math.max(...rows.map((row) => cells(row.address)), 7))
  const verdict = Math.max(...rows.map((row) => cells(row.word)), 7)
  const left = screen.columns - address - keyWidth - verdict - 6
  const more = all.slice(mostRows).map(({ row }) => row)
  const heading = [padded('Account', address), padded('Key', keyWidth), padded('Verdict', verdict), 'Why'].join('  ')
  return [
    screen.colours.dim(heading),
    ...rows.flatMap(({ told, address: shown, word }) => {
      const columns = [wrap(shown, address), wrap(screen.line(told.row.key), keyWidth), [word], why(screen, told, left)]
      const [names = [], keys = [], words = [], whys = []] = columns
      return Array.from({ length: Math.max(...columns.map((lines) => lines.length)) }, (_, at) =>
        [
          padded(names[at] ?? '', address),
          padded(keys[at] ?? '', keyWidth),
          at === 0 ? screen.paint(told.row.verdict, padded(words[0]!, verdict)) : ' '.repeat(verdict),
          whys[at] ?? '',
        ].join('  '),
      )
    }),
    ...(more.length === 0 ? [] : [screen.colours.dim(`and ${more.length} more: ${tally(more).join(', ')}`)]),
  ]
}

function why(screen: Screen, { why: [first, ...others] }: ToldAccount, width: number): string[] {
  if (first === undefined) return []
  return wrap(`${screen.line(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`, width)
}

/** Each cause once, with what to do next. */
export const causeBlocks = (screen: Screen, report: Report): string[][] =>
  causesOf(report).map((told) => causeBlock(screen, report, told))

function causeBlock(screen: Screen, report: Report, { verdict, cause, accounts }: ToldCause): string[] {
  const count = isOfAccounts(report) ? ` (${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'})` : ''
  const heading = hanging(`${screen.symbol(verdict)} `, [`${screen.line(cause.id)}${count}`], screen.columns)
  return [
    ...heading.map((line) => screen.paint(verdict, line)),
    ...hanging('  ', [screen.line(cause.title)], screen.columns).map(screen.colours.bold),
    ...(cause.said === '' ? [] : labelled(screen, 'was said', [screen.line(cause.said)])),
    ...labelled(screen, 'next', screen.lines(cause.next)),
  ]
}
