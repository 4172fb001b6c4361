import type { CheckReport, Evidence, VariantReport } from '../../harness/model/report.ts'
import { whoIn } from '../live.ts'
import { requirementOf } from '../requirement.ts'
import { wordOf } from '../summary.ts'
import { hanging, padded } from './layout.ts'
import type { Screen } from './screen.ts'

const labelWidth = 12
/** What is longer stands in `report.json` and in the page; a screen is for the first look. */
const longestExcerpt = 300
const evidenceLines = 6
const mostVariants = 6

export const labelled = (screen: Screen, label: string, text: readonly string[]): string[] => {
  const head = `  ${padded(label, labelWidth)}`
  return hanging(head, text, screen.columns).map((line, at) =>
    at === 0 ? screen.colours.dim(head) + line.slice(head.length) : line,
  )
}

/** Commands are never wrapped: who copies one must get the whole of it. */
const command = (screen: Screen, label: string, text: string): string =>
  screen.colours.dim(`  ${padded(label, labelWidth)}`) + screen.line(text)

function cut(text: string): string {
  const characters = [...text]
  const rest = characters.length - longestExcerpt
  return rest <= 0 ? text : `${characters.slice(0, longestExcerpt).join('')}… (${rest} characters more)`
}

function evidence(screen: Screen, pieces: readonly Evidence[]): string[] {
  const lines = pieces
    .slice(0, evidenceLines)
    .map(({ at, excerpt }) => `${screen.line(cut(at))}  ${screen.line(cut(excerpt))}`)
  const more = pieces.length - lines.length
  return lines
    .flatMap((line, at) => labelled(screen, at === 0 ? 'evidence' : '', [line]))
    .concat(more > 0 ? labelled(screen, '', [`and ${more} more in the full report`]) : [])
}

function told(screen: Screen, played: VariantReport, check: CheckReport): string[] {
  const { scenario, configuration, door, verdict } = played
  const word = wordOf(verdict, [check])
  const who = whoIn(played)
  if (who !== undefined) return labelled(screen, 'seen at', [`${screen.line(who)}: ${word}`])
  if (scenario !== 'configuration') return labelled(screen, 'played', [`${screen.line(scenario)} (${door}): ${word}`])
  // The folder in which the command was given needs no name.
  if (configuration === '.') return []
  const name = configuration === undefined ? 'configuration' : screen.line(configuration)
  return labelled(screen, 'in files', [`${name}: ${word}`])
}

function variant(screen: Screen, played: VariantReport, check: CheckReport): string[] {
  const { control } = played
  const reason = played.reason === check.reason ? [] : screen.lines(played.reason)
  return [
    ...told(screen, played, check),
    ...(reason.length === 0 ? [] : labelled(screen, '', reason)),
    ...evidence(screen, played.evidence),
    ...(control === undefined
      ? []
      : labelled(screen, 'control', [`${control.passed ? 'passed' : 'did not pass'}: ${screen.line(control.title)}`])),
  ]
}

export function level(screen: Screen, rule: Parameters<typeof requirementOf>[0]): string[] {
  const { text, remark, own } = requirementOf(rule)
  const background = own && rule.clause !== undefined ? `, see ${rule.clause.text}` : ''
  return labelled(screen, 'level', [screen.line(remark === '' ? text : `${text} (${remark}${background})`)])
}

export const fix = (screen: Screen, text: string, label = 'fix'): string[] =>
  labelled(screen, label, screen.lines(text).slice(0, 2))

/** One check with everything a person needs to act on it: what came of these scenarios. */
export function checkBlock(screen: Screen, check: CheckReport, variants: readonly VariantReport[]): string[] {
  const more = variants.length - mostVariants
  const proven = check.verdict === 'fail' || check.verdict === 'warn'
  const heading = hanging(`${screen.symbol(check.verdict)} `, [screen.line(check.id)], screen.columns)
  return [
    ...heading.map((line) => screen.paint(check.verdict, line)),
    ...hanging('  ', [screen.line(check.title)], screen.columns).map(screen.colours.bold),
    ...labelled(screen, 'verdict', [`${wordOf(check.verdict, [check])}, step ${check.step}`]),
    ...level(screen, check),
    ...labelled(screen, 'because', screen.lines(check.reason)),
    ...(check.stale === undefined
      ? []
      : labelled(screen, 'stale', [`rests on what changed: ${screen.line(check.stale.join(', '))}`])),
    ...variants.slice(0, mostVariants).flatMap((played) => variant(screen, played, check)),
    ...(more > 0 ? labelled(screen, '', [`and ${more} more in the full report`]) : []),
    ...labelled(screen, proven ? 'users meet' : 'at stake', screen.lines(check.consequence)),
    // What could not be told may be right: first it is to be told, then perhaps mended.
    ...(check.verdict === 'error' ? [] : fix(screen, check.fix, proven ? 'fix' : 'if wrong')),
    command(screen, / check( |$)/.test(check.replay) ? 'check again' : 'play again', check.replay),
  ]
}
