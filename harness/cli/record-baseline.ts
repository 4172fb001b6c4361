import type { Checked } from '../check-projects.ts'
import { planBaseline, writeBaseline } from '../gate/baseline-write.ts'
import { Fault } from '../model/fault.ts'
import type { Terminal } from '../model/terminal.ts'

/**
 * Writes today’s violations down, so that only new ones fail from now on.
 *
 * @param named its file; undefined for the one that each project’s gate file names
 * @throws Fault `USAGE` where one file is to hold several projects; `SETTINGS_INVALID` where not everything could be read, so
 *   that entries would be lost. Nothing is written then.
 */
export async function recordBaseline(
  { projects, report }: Checked,
  { file: named }: { readonly file: string | undefined },
  terminal: Terminal,
): Promise<void> {
  if (named !== undefined && projects.length > 1)
    throw new Fault('USAGE', `${named} cannot be the baseline of ${projects.length} projects.`, 'Leave its name out.')
  const unread = report.findings.find(({ verdict }) => verdict === 'error')
  if (unread !== undefined) {
    const { path, line, column, message } = unread
    throw new Fault(
      'SETTINGS_INVALID',
      `${path}:${line}:${column}: ${message}`,
      'Mend it first: no baseline was written.',
    )
  }
  const today = report.startedAt.slice(0, 10)
  const plans = await Promise.all(projects.map((project) => planBaseline(project, named, today)))
  for (const plan of plans) await writeBaseline(plan)
  for (const { file, findings, pruned, isRead } of plans) {
    terminal.print(`Wrote ${counted(findings, 'finding')} to ${file}; ${counted(pruned, 'entry', 'entries')} went.`)
    if (!isRead) terminal.print(`Name it as "baseline" in the gate file: nothing reads it there yet.`)
  }
}

const counted = (count: number, one: string, several = `${one}s`): string => `${count} ${count === 1 ? one : several}`
