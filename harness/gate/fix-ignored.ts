import { type Journal, all } from '../model/observation.ts'
import type { GateFinding } from '../model/report.ts'
import { join, resolve } from '../runtime/path.ts'
import type { Mendable } from './fix-files.ts'
import { type FileFix, isCounting } from './fixes.ts'

const ignoredRule = 'cred/files-ignored'

interface Looked {
  readonly directory: string
  readonly journal: Journal
}

/** The lines of a project’s `.gitignore` that keep its files with secrets out of commits; undefined where none is missing. */
export async function planIgnored(
  { directory, journal }: Looked,
  findings: readonly GateFinding[],
  read: (path: string) => Promise<Mendable | undefined>,
): Promise<FileFix | { readonly path: string; readonly why: string } | undefined> {
  const counting = findings.filter((finding) => finding.rule === ignoredRule && isCounting(finding))
  const open = all(journal, 'repository.exposure')
    .filter(({ fields: { way, excludedBy } }) => way === 'commit' && excludedBy === null)
    .map(({ fields }) => fields.file)
  const of = (file: string) => counting.filter(({ path }) => resolve(path) === resolve(directory, file))
  const missing = [...new Set(open)].filter((file) => of(file).length > 0 && isPlain(file)).toSorted()
  if (missing.length === 0) return undefined
  const path = join(directory, '.gitignore')
  const there = await read(path)
  if (there !== undefined && 'why' in there) return { path, why: there.why }
  const before = there?.text ?? ''
  const end = before.includes('\r\n') ? '\r\n' : '\n'
  const begun = before === '' || before.endsWith('\n') ? '' : end
  const text = begun + missing.map((file) => patternOf(file) + end).join('')
  const edits = [{ from: before.length, to: before.length, text }]
  const mended = missing.flatMap(of)
  return { path, before, after: before + text, edits, mended, ...(there === undefined ? { isNew: true } : {}) }
}

const isPlain = (file: string): boolean => !/\p{C}/u.test(file) && !file.startsWith('..')

/** Just this file: from the folder of the `.gitignore`, with what git would take for a pattern taken literally. */
const patternOf = (file: string): string =>
  `/${file.replaceAll(/[\\*?[]/g, String.raw`\$&`).replace(/ +$/, (blanks) => String.raw`\ `.repeat(blanks.length))}`
