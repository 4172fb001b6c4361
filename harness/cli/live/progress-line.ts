import { colours } from '../../../reports/colours.ts'
import { causeText } from '../../live/causes-elsewhere.ts'
import type { LiveCause, LivePart } from '../../model/live.ts'
import type { Terminal } from '../../model/terminal.ts'

/** The longest name of a part, and a blank. */
const width = 13

/** What one part came to, in one line; what kept it from its end is named in words, and stands out. */
export function progressLine(
  { part, told, cause }: { readonly part: LivePart; readonly told: string; readonly cause?: LiveCause | undefined },
  issuer: string,
  { colour }: Pick<Terminal, 'colour'>,
): string {
  const name = `  ${part.padEnd(width)}`
  if (cause === undefined) return `${name}${told}`
  const { title } = causeText(cause, issuer)
  return `${name}${colours(colour).yellow(`! ${title}`)}${told === '' ? '' : `: ${told}`}`
}
