import type { GateFinding } from '../model/report.ts'
import { type Edit, applied, editOf } from './fix-value.ts'

/** One file that could be mended, and what would be left as it is. */
export interface FileFix {
  /** From the folder in which the command was given. */
  readonly path: string
  readonly before: string
  readonly after: string
  readonly edits: readonly Edit[]
  /** Four octal digits, where the mode is to change. */
  readonly mode?: string
  /** There is no such file yet. */
  readonly isNew?: true
  readonly mended: readonly GateFinding[]
}

export interface LeftAlone {
  /** Line and rule behind it, where it is about a single finding. */
  readonly path: string
  readonly why: string
}

const leftAlone = ({ path, line, rule }: GateFinding, why: string): LeftAlone => ({
  path: `${path}:${line} (${rule})`,
  why,
})

export interface Fixes {
  readonly files: readonly FileFix[]
  readonly left: readonly LeftAlone[]
}

/** The mode is what is wrong, not the text. */
const modeRules: ReadonlySet<string> = new Set(['cred/client-file-mode', 'store/file-mode'])

/** Nobody but the owner. */
const privateMode = '0600'

/** What counts against the configuration and is not put off. */
export const isCounting = ({ verdict, excuse }: GateFinding): boolean =>
  (verdict === 'fail' || verdict === 'warn') && excuse === undefined

const isMendable = (finding: GateFinding): boolean =>
  isCounting(finding) && (finding.replacement !== undefined || modeRules.has(finding.rule))

/**
 * What would mend the findings for which no person has to decide anything; pure but for reading.
 *
 * @param read the text of a file, or why it is to be left alone
 */
export async function planFixes(
  findings: readonly GateFinding[],
  read: (finding: GateFinding) => Promise<{ readonly text: string } | { readonly why: string }>,
): Promise<Fixes> {
  const files: FileFix[] = []
  const left: LeftAlone[] = []
  for (const [path, own] of Map.groupBy(findings.filter(isMendable), (finding) => finding.path)) {
    const file = await read(own[0]!)
    if ('why' in file) left.push(...own.map((finding) => leftAlone(finding, file.why)))
    else {
      const fix = fixOf(path, file.text, own, left)
      if (fix.mended.length > 0) files.push(fix)
    }
  }
  return { files, left }
}

/** Each finding is tried on its own; one that stands where another was mended already is told. */
function fixOf(path: string, before: string, findings: readonly GateFinding[], left: LeftAlone[]): FileFix {
  const edits: Edit[] = []
  const mended: GateFinding[] = []
  let mode: string | undefined
  for (const finding of findings) {
    if (modeRules.has(finding.rule)) mode = privateMode
    const edit = modeRules.has(finding.rule) ? undefined : editOf(path, before, finding, finding.replacement!)
    const rival = edit && edits.find((other) => other.from < edit.to && edit.from < other.to)
    const isSame = rival?.text === edit?.text
    if (edit === undefined && !modeRules.has(finding.rule))
      left.push(leftAlone(finding, 'no change of this value alone leaves everything else as it is'))
    else if (rival !== undefined && !isSame) left.push(leftAlone(finding, 'another finding wants another value there'))
    else {
      if (edit !== undefined && rival === undefined) edits.push(edit)
      mended.push(finding)
    }
  }
  return { path, before, after: applied(before, edits), edits, mended, ...(mode === undefined ? {} : { mode }) }
}
