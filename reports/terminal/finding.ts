import type { GateFinding } from '../../harness/model/report.ts'
import { type SortedFindings, excuseText, placeOf } from '../findings.ts'
import { fix, labelled, level } from './check.ts'
import { hanging } from './layout.ts'
import type { Screen } from './screen.ts'

/** What is longer than a screen or two is read in a file. */
const mostBlocks = 30
const mostLines = 10

const rest = (screen: Screen, all: readonly unknown[], most: number): string[] =>
  all.length <= most ? [] : [screen.colours.dim(`and ${all.length - most} more in the full report`)]

const heading = (screen: Screen, verdict: GateFinding['verdict'], text: string): string[] =>
  hanging(`${screen.symbol(verdict)} `, [text], screen.columns).map((line) => screen.paint(verdict, line))

/** One finding with its place first, in the form that terminals turn into a link. */
function findingBlock(screen: Screen, finding: GateFinding): string[] {
  const { message, answer, consequence, replacement } = finding
  return [
    ...heading(screen, finding.verdict, `${screen.line(placeOf(finding))}  ${screen.line(finding.rule)}`),
    ...hanging('  ', screen.lines(message), screen.columns).map(screen.colours.bold),
    ...(answer === undefined ? [] : labelled(screen, 'Google', screen.lines(answer))),
    ...level(screen, finding),
    ...labelled(screen, 'users meet', screen.lines(consequence)),
    ...(finding.fix === undefined ? [] : fix(screen, finding.fix)),
    ...(replacement === undefined ? [] : labelled(screen, '--fix puts', [screen.line(replacement)])),
  ]
}

/** One finding that nobody has to act on now. */
const briefly = (screen: Screen, finding: GateFinding, text: string): string[] => [
  ...heading(screen, finding.verdict, `${screen.line(placeOf(finding))}  ${screen.line(finding.rule)}`),
  ...hanging('  ', screen.lines(text), screen.columns),
]

/** Everything that counts, the worst first: sections of blocks, each with its title. */
export const findingBlocks = (screen: Screen, { counting }: SortedFindings): string[][] => [
  ...counting.slice(0, mostBlocks).map((finding) => findingBlock(screen, finding)),
  ...[rest(screen, counting, mostBlocks)].filter((lines) => lines.length > 0),
]

/** What could not be read, what is excused for now, and what is only worth knowing: a few lines each. */
export const asides = (screen: Screen, { unread, excused, information }: SortedFindings) => ({
  unread: [
    ...unread.slice(0, mostLines).flatMap((finding) => briefly(screen, finding, finding.message)),
    ...rest(screen, unread, mostLines),
  ],
  excused: [
    ...excused.slice(0, mostLines).flatMap((finding) => briefly(screen, finding, excuseText(finding))),
    ...rest(screen, excused, mostLines),
  ],
  information: [
    ...information
      .slice(0, mostLines)
      .flatMap((finding) =>
        hanging('  ', [`${screen.line(placeOf(finding))}  ${screen.line(finding.message)}`], screen.columns),
      ),
    ...rest(screen, information, mostLines),
  ],
})
