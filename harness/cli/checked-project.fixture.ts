import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { GateFinding, Report } from '../model/report.ts'
import { type Ended, runToEnd } from './program.fixture.ts'
import { exampleConfiguration } from './subjects.ts'

export type Change = string | null | ((before: string) => string)
export type Changes = Readonly<Record<string, Change>>

export async function write(folder: string, changes: Changes): Promise<void> {
  for (const [path, change] of Object.entries(changes)) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    if (change === null) await rm(file)
    else
      await writeFile(file, typeof change === 'string' ? change : change(await readFile(file, 'utf8').catch(() => '')))
  }
}

/** The example project, changed, in a folder of its own below the one that is given. */
export async function exampleProject(root: string, changes: Changes = {}): Promise<string> {
  const home = await mkdtemp(join(root, 'case-'))
  const folder = join(home, 'app')
  await cp(exampleConfiguration.directory, folder, { recursive: true })
  for (const path of ['client_secret.development.json', 'client_secret.production.json'])
    await chmod(join(folder, path), 0o600)
  await write(folder, changes)
  return folder
}

export interface Checked extends Ended {
  readonly report: Report
  readonly findings: readonly GateFinding[]
  readonly lines: readonly string[]
}

export async function check(folder: string, ...args: readonly string[]): Promise<Checked> {
  const file = join(dirname(folder), 'report.json')
  await rm(file, { force: true })
  const ended = await runToEnd(['check', ...args, '--report', `json=${file}`], folder)
  const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{"findings":[]}')) as Report
  const findings = report.findings.filter(({ level }) => level !== 'MAY')
  const lines = findings.map(
    ({ rule, path, line, verdict, excuse }) => `${verdict} ${rule} ${path}:${line}${excuse ? ` (${excuse.by})` : ''}`,
  )
  return { ...ended, report, findings, lines }
}

export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const attested: Change = (text) =>
  text.replace(/checkedOn: .*/, `checkedOn: ${inDays(-1)}`).replaceAll(/lastUsed: .*/g, `lastUsed: ${inDays(-1)}`)
export const readOnly: Change = (text) =>
  text.replace('https://mail.google.com/', 'https://www.googleapis.com/auth/gmail.readonly')
/** The example is of a day; what is looked at here must not depend on when. */
export const today = { 'oauth-imap.attestation.yaml': attested }
export const flawed = { ...today, 'settings.production.yaml': readOnly }
export const filesIn = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const read = names.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    return [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const
  })
  return Object.fromEntries((await Promise.all(read)).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
