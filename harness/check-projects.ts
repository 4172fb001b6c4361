import { gateFindings } from './gate-findings.ts'
import { type OpenJournal, openJournal } from './journal.ts'
import { type JudgeOptions, judge } from './judge.ts'
import { type Circumstances, makeReport } from './make-report.ts'
import { capabilities } from './model/capability.ts'
import type { Check } from './model/check.ts'
import type { ObservedConfiguration } from './model/configuration.ts'
import type { Journal } from './model/observation.ts'
import type { Report } from './model/report.ts'
import { type Catalogue, type Selection, makePlan } from './plan.ts'
import { createRandom } from './random.ts'
import { availableInstruments } from './runtime/instruments.ts'
import { runtime } from './runtime/runtime.ts'
import { sealedWithoutSecrets, withoutSecrets } from './secret-gate.ts'
import { type SecretRegistry, openSecrets } from './secrets.ts'
import { version } from './version.ts'
import { type Changes, changesSince } from './gate/changed-files.ts'
import { changedScope } from './gate/changed-scope.ts'
import { type ExcusedProject, type ProjectPolicy, excusing, policyOf, withExcuses } from './gate/excused-project.ts'
import { sharedClients } from './gate/fleet/shared-clients.ts'
import type { Project } from './gate/project.ts'
import { readProject } from './gate/read-project.ts'

/** The scenario in which nothing is played and files are read. */
export const configurationScenario = 'configuration'

export interface CheckSettings {
  /** What is to be checked, each a row of the report. */
  readonly projects: readonly Project[]
  readonly selection: Omit<Selection, 'scenario'>
  readonly strict: boolean
  /** The life of a token is played with each profile. */
  readonly played?: boolean
  /** Earlier commits are searched for secrets; they are unless told. */
  readonly history?: boolean
  /** Only findings that rest on what changed since the branch left this commit count. */
  readonly changedSince?: string
  /** Milliseconds since the Unix epoch. */
  readonly now: number
  /** Turns a path in a project into one from where the command was given. */
  path(configuration: string, file: string): string
}

export interface CheckPorts {
  stopwatch(): () => { readonly startedAt: string; readonly durationMs: number }
  /** Told of each step that is played. */
  played?(configuration: string, step: ObservedConfiguration['config.played']): void
}

/** What was looked at, for whoever writes something because of it. */
export interface Checked {
  readonly report: Report
  readonly projects: readonly ExcusedProject[]
  /** Hides every secret that was read. */
  readonly secrets: Pick<SecretRegistry, 'mask'>
}

/** The gate’s route without what comes of it; see `examineProjects`. */
export const checkProjects = async (
  settings: CheckSettings,
  catalogue: Catalogue,
  ports: CheckPorts,
): Promise<Report> => (await examineProjects(settings, catalogue, ports)).report

/**
 * The gate’s route: files → journals → what is excused → verdicts → report. Nothing is sent anywhere.
 *
 * @throws Fault `UNKNOWN_NAME` for a selection of nothing, `SECRET_IN_OUTPUT` instead of a report that would show a secret,
 *   `SETTINGS_INVALID` for a policy or baseline that cannot be read, `USAGE` where it cannot be told what changed
 */
export async function examineProjects(
  settings: CheckSettings,
  catalogue: Catalogue,
  ports: CheckPorts,
): Promise<Checked> {
  const started = ports.stopwatch()
  const plan = makePlan({ ...settings.selection, scenario: configurationScenario }, catalogue)
  const secrets = openSecrets(createRandom(0))
  const read = await readAll(settings, secrets, ports)
  const asked = { checks: plan.checks, catalogue }
  const projects = read.map(({ journal, policy }) => withExcuses(journal, policy, asked, secrets))
  const journals = projects.map(({ journal }) => journal)
  const changes = new Map(journals.map((journal, index) => [journal, read[index]!.changes]))
  const options = { ...judgeOptions(settings, changes), ...excusing(projects) }
  const verdicts = plan.checks.map((check) => judge(check, journals, options))
  const findings = gateFindings(plan.checks, journals, {
    ...options,
    path: (journal, file) => settings.path(journal.configuration ?? '', file),
  })
  const report = makeReport(plan, verdicts, { ...circumstances(settings, catalogue, started()), findings })
  return { report: withoutSecrets(report, [secrets.scanner]), projects, secrets }
}

interface ReadProject {
  readonly journal: Journal
  readonly policy: ProjectPolicy
  /** Undefined where everything is looked at. */
  readonly changes: Changes | undefined
}

async function readAll(
  settings: CheckSettings,
  secrets: SecretRegistry,
  ports: CheckPorts,
): Promise<readonly ReadProject[]> {
  const { projects, now, changedSince, played = false, history = true } = settings
  // Loaded where it is asked for: reading files needs no mocks.
  const rehearsal = played ? await import('./rehearsal/rehearse.ts') : undefined
  const changesIn = changedSince === undefined ? undefined : changesSince(changedSince)
  const opened: (Omit<ReadProject, 'journal'> & { readonly journal: OpenJournal })[] = []
  for (const project of projects) {
    const changes = await changesIn?.(project)
    const journal = openJournal({ ...everyJournal, configuration: project.name }, () => 0)
    const found = await readProject(project, { journal, secrets, now, played, history })
    const progress = (step: ObservedConfiguration['config.played']): void => ports.played?.(project.name, step)
    await rehearsal?.rehearse({ journal, secrets, now, progress })
    opened.push({ journal, policy: await policyOf(project, found), changes })
  }
  recordShared(
    opened.map(({ journal }) => journal),
    projects,
  )
  // What one project holds may stand in another: only now all secrets are known.
  return opened.map(({ journal, ...rest }) => {
    journal.record('scenario', 'scenario.end', { completed: true })
    return { ...rest, journal: sealedWithoutSecrets(journal.seal(), secrets.scanner) }
  })
}

const everyJournal = { scenario: configurationScenario, door: 'interception', seed: 0 } as const

/** Which applications have one client between them can be seen only when all are read. */
function recordShared(journals: readonly OpenJournal[], projects: readonly Project[]): void {
  const read = journals.map((journal, index) => ({ name: projects[index]!.name, observations: journal.soFar() }))
  for (const [index, shared] of sharedClients(read).entries())
    for (const { value, member, others } of shared) {
      const { file, line, column, profile } = value.fields
      journals[index]!.record('configuration', 'config.shared', { file, line, column, profile, member, others })
    }
}

const judgeOptions = (
  { strict, changedSince, played = false }: CheckSettings,
  changes: ReadonlyMap<Journal, Changes | undefined>,
): JudgeOptions => ({
  // Nobody declares anything before a run, so nothing is known to be lacking.
  capabilities: new Set(capabilities),
  instruments: new Set(availableInstruments()),
  lacks: new Map(),
  strict,
  ...(changedSince === undefined ? {} : { scope: changedScope(changedSince, changes) }),
  replay: ({ id }: Check) => `npx oauth-imap check ${played ? '--play ' : ''}--only ${id}`,
})

function circumstances(
  { projects, selection, strict, changedSince, played = false }: CheckSettings,
  catalogue: Catalogue,
  time: { readonly startedAt: string; readonly durationMs: number },
): Omit<Circumstances, 'findings'> {
  const { name, version: runtimeVersion } = runtime()
  return {
    tool: { name: 'oauth-imap-conformance', version },
    catalogue: { version: catalogue.version, checks: catalogue.checks.length },
    subject: {
      name: projects.length === 1 ? projects[0]!.name : `${projects.length} configurations`,
      kind: 'configuration',
      version: '',
    },
    environment: {
      runtime: `${name} ${runtimeVersion}`,
      strict,
      instruments: availableInstruments(),
      ...(played ? { played } : {}),
    },
    ...time,
    selection: {
      ...selection,
      scenario: configurationScenario,
      ...(changedSince === undefined ? {} : { changedSince }),
    },
    interrupted: false,
    evidence: { configuration: 'your configuration', behaviour: 'none' },
  }
}
