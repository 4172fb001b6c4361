import type { Report, ReportWriter } from '../harness/model/report.ts'
import { selectionText, verdictSentence } from './sentence.ts'
import { isOfFiles, sorted, untold } from './findings.ts'
import { attention, inapplicable, isPartial, nextCommands } from './summary.ts'
import { costText } from './live.ts'
import { accountTable, causeBlocks } from './terminal/account-table.ts'
import { checkBlock } from './terminal/check.ts'
import { configurationTable } from './terminal/configuration-table.ts'
import { driftSections } from './terminal/drift.ts'
import { asides, findingBlocks } from './terminal/finding.ts'
import { hanging } from './terminal/layout.ts'
import { createScreen, type Screen, type TerminalOptions } from './terminal/screen.ts'
import { legend, stepTable } from './terminal/step-table.ts'

function sentence(screen: Screen, report: Report): string[] {
  const good = report.verdict === 'pass' || report.verdict === 'warn'
  const mark = isPartial(report) && good ? 'partial' : report.verdict
  const [first = '', ...rest] = hanging(
    `${screen.symbol(mark)} `,
    [screen.line(verdictSentence(report))],
    screen.columns,
  )
  return [screen.paint(mark, first), ...rest.map((line) => screen.paint(mark, line))]
}

/** So few are told with their reasons; of more a screen would show nothing else. */
const mostReasons = 3

function left(screen: Screen, report: Report): string[] {
  const mark = `${screen.symbol('inapplicable')} `
  const groups = inapplicable(report)
  if (groups.length > mostReasons) {
    const ids = groups.flatMap((group) => group.ids).join(', ')
    const whole = isOfFiles(report) ? 'of all with --report html' : 'of all in index.html'
    const reasons = `Why: of one with --only ID, ${whole}.`
    return [
      ...hanging(mark, [screen.line(ids)], screen.columns).map(screen.colours.dim),
      ...hanging('  ', [reasons], screen.columns),
    ]
  }
  return groups.flatMap(({ reason, ids }) => {
    const names = screen.line(ids.join(', '))
    // Files lack something each for a reason of its own; a run lacks several for the same.
    if (isOfFiles(report)) return hanging(mark, [`${names}: ${screen.lines(reason).join(' ')}`], screen.columns)
    return [
      ...hanging(mark, screen.lines(reason), screen.columns),
      ...hanging('  ', [names], screen.columns).map(screen.colours.dim),
    ]
  })
}

const headed = (screen: Screen, title: string, blocks: readonly string[][]): string[][] =>
  blocks.length === 0 ? [] : [[screen.colours.bold(title)], ...blocks]

const listed = (screen: Screen, title: string, lines: readonly string[]): string[][] =>
  lines.length === 0 ? [] : [[screen.colours.bold(title), ...lines]]

function about(screen: Screen, report: Report): string[] {
  const { tool, environment } = report
  const seconds = `${(report.durationMs / 1000).toFixed(1)} s`
  const seed = environment['seed'] === undefined ? [] : [`seed ${String(environment['seed'])}`]
  const facts = [`${tool.name} ${tool.version}`, selectionText(report), ...seed, seconds].map(screen.line)
  const cost = report.live === undefined ? [] : [`Cost: ${costText(report.live)}`]
  return hanging('', [facts.join(', '), ...cost], screen.columns).map(screen.colours.dim)
}

/**
 * What a person sees after a run: plain lines of 80 columns; only commands that must be copied whole are longer.
 * Without `colour` no escape sequence occurs, without `unicode` nothing but ASCII.
 */
export function terminal(report: Report, options: TerminalOptions): string {
  const screen = createScreen(options)
  const commands = nextCommands(report).map((command) => `  ${screen.line(command)}`)
  const findings = sorted(report)
  const { unread, excused, information } = asides(screen, findings)
  const open = headed(
    screen,
    'What to look at',
    attention(report).map((check) => checkBlock(screen, check, untold(report, check))),
  )
  const inFiles = [
    ...headed(screen, isOfFiles(report) ? 'Findings' : 'In the configuration', findingBlocks(screen, findings)),
    ...listed(screen, 'What could not be read', unread),
  ]
  const sections: string[][] = [
    sentence(screen, report),
    configurationTable(screen, report),
    accountTable(screen, report),
    ...headed(screen, 'Causes', causeBlocks(screen, report)),
    [...stepTable(screen, report), ...hanging('    ', [legend(screen, report)], screen.columns)],
    ...(isOfFiles(report) ? [...inFiles, ...open] : [...open, ...inFiles]),
    ...driftSections(screen, report),
    ...listed(screen, 'Excused for now', excused),
    ...listed(screen, 'What does not apply', left(screen, report)),
    ...listed(screen, 'Worth knowing', information),
    ...listed(screen, 'Next', commands),
    about(screen, report),
  ].filter((section) => section.length > 0)
  return `${sections.map((section) => section.map(disarmed).join('\n')).join('\n\n')}\n`
}

/**
 * A line as it is printed. In the log of a step GitHub’s runner takes a line that begins with two colons, blanks aside, for
 * a command, and so `##[` wherever it stands; words of a foreign hand may come to stand there when lines are broken.
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs, TryParseV2 and TryParse.
 */
const disarmed = (line: string): string =>
  line
    .trimEnd()
    .replace(/^((?:\s|\u001B\[[\d;]*m)*):(?=:)/, '$1\\x3a')
    .replaceAll('##[', '\\x23#[')

/** The plain form, for a file or a pipe. */
export const terminalWriter: ReportWriter = {
  format: 'terminal',
  mediaType: 'text/plain; charset=utf-8',
  fileName: 'report.txt',
  write: (report) => terminal(report, { colour: false, unicode: true }),
}
