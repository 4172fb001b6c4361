import type { Checked } from '../check-projects.ts'
import { diffOf } from '../gate/diff.ts'
import { mendFile, mendable, mendableOrNew } from '../gate/fix-files.ts'
import { planIgnored } from '../gate/fix-ignored.ts'
import { type Fixes, planFixes } from '../gate/fixes.ts'
import type { Terminal } from '../model/terminal.ts'
import { isInteractive, openConversation } from '../runtime/standard-input.ts'

/**
 * Shows what could be mended without a person deciding anything, and does it once a person agrees.
 *
 * @param agree whether what was shown is to be written
 * @returns whether anything was written
 */
export async function mend(
  checked: Checked,
  agree: () => Promise<boolean>,
  terminal: Pick<Terminal, 'print'>,
): Promise<boolean> {
  const folders = new Map(checked.projects.map(({ policy: { project } }) => [project.name, project.directory]))
  const fixes = await planAll(checked, folders)
  terminal.print(checked.secrets.mask(proposal(fixes)))
  if (fixes.files.length === 0) return false
  if (!(await agree())) {
    terminal.print('Nothing was written. Run it with --fix --yes to apply this.')
    return false
  }
  const results = await Promise.all(
    fixes.files.map(async (fix) => ({
      path: fix.path,
      why: await mendFile(fix, folders.get(fix.mended[0]!.configuration)!),
    })),
  )
  terminal.print(results.map(({ path, why }) => (why === undefined ? `Mended ${path}.` : alone(path, why))).join('\n'))
  return results.some(({ why }) => why === undefined)
}

async function planAll(
  { report: { findings }, projects }: Checked,
  folders: ReadonlyMap<string, string | undefined>,
): Promise<Fixes> {
  const { files, left } = await planFixes(findings, ({ path, configuration }) =>
    mendable(path, folders.get(configuration)),
  )
  const ignored = await Promise.all(
    projects.map(({ policy, journal }) => {
      const { directory } = policy.project
      if (directory === undefined) return undefined
      return planIgnored({ directory, journal }, findings, (path) => mendableOrNew(path, directory))
    }),
  )
  const told = ignored.filter((plan) => plan !== undefined)
  return {
    files: [...files, ...told.filter((plan) => 'edits' in plan)],
    left: [...left, ...told.filter((plan) => 'why' in plan)],
  }
}

const alone = (path: string, why: string): string => `Left ${path} alone: ${why.replace(/\.$/, '')}.`

function proposal({ files, left }: Fixes): string {
  const diffs = files.map(diffOf)
  const rest = left.map(({ path, why }) => alone(path, why))
  return [...(files.length === 0 ? ['There is nothing to mend without a person.'] : diffs), ...rest].join('\n')
}

/** Asks the person at the terminal; nobody there, nobody agrees. */
export async function askPerson(): Promise<boolean> {
  if (!isInteractive()) return false
  const conversation = openConversation()
  const answer = await conversation.ask('Write these changes? [y/N] ')
  conversation.close()
  return /^y(?:es)?$/i.test(answer?.trim() ?? '')
}
