import { gateFindings } from './gate-findings.ts'
import { type OpenJournal, openJournal } from './journal.ts'
import { type JudgeOptions, judge } from './judge.ts'
import { type Circumstances, makeReport } from './make-report.ts'
import { capabilities } from './model/capability.ts'
import type { Check } from './model/check.ts'
import type { Journal } from './model/observation.ts'
import type { Report } from './model/report.ts'
import { type Catalogue, type Selection, makePlan } from './plan.ts'
import { createRandom } from './random.ts'
import { availableInstruments } from './runtime/instruments.ts'
import { runtime } from './runtime/runtime.ts'
import { sealedWithoutSecrets, withoutSecrets } from './secret-gate.ts'
import { type SecretRegistry, openSecrets } from './secrets.ts'
import { version } from './version.ts'
import type { Project } from './gate/project.ts'
import { sharedClients } from './gate/fleet/shared-clients.ts'
import { readProject } from './gate/read-project.ts'

/** The scenario in which nothing is played and files are read. */
export const configurationScenario = 'configuration'

export interface CheckSettings {
  /** What is to be checked, each a row of the report. */
  readonly projects: readonly Project[]
  readonly selection: Omit<Selection, 'scenario'>
  readonly strict: boolean
  /** Milliseconds since the Unix epoch. */
  readonly now: number
  /** Turns a path in a project into one from where the command was given. */
  path(configuration: string, file: string): string
}

export interface CheckPorts {
  stopwatch(): () => { readonly startedAt: string; readonly durationMs: number }
}

/**
 * The gate’s route: files → journals → verdicts → report. Nothing is sent anywhere.
 *
 * @throws Fault `UNKNOWN_NAME` for a selection of nothing, `SECRET_IN_OUTPUT` instead of a report that would show a secret
 */
export async function checkProjects(settings: CheckSettings, catalogue: Catalogue, ports: CheckPorts): Promise<Report> {
  const started = ports.stopwatch()
  const plan = makePlan({ ...settings.selection, scenario: configurationScenario }, catalogue)
  const secrets = openSecrets(createRandom(0))
  const journals = await readAll(settings, secrets)
  const options = judgeOptions(settings)
  const verdicts = plan.checks.map((check) => judge(check, journals, options))
  const findings = gateFindings(plan.checks, journals, {
    ...options,
    path: (journal, file) => settings.path(journal.configuration ?? '', file),
  })
  const report = makeReport(plan, verdicts, { ...circumstances(settings, catalogue, started()), findings })
  return withoutSecrets(report, [secrets.scanner])
}

async function readAll(settings: CheckSettings, secrets: SecretRegistry): Promise<readonly Journal[]> {
  const opened: OpenJournal[] = []
  for (const project of settings.projects) {
    const journal = openJournal({ ...everyJournal, configuration: project.name }, () => 0)
    await readProject(project, { journal, secrets, now: settings.now })
    opened.push(journal)
  }
  recordShared(opened, settings.projects)
  // What one project holds may stand in another: only now all secrets are known.
  return opened.map((journal) => {
    journal.record('scenario', 'scenario.end', { completed: true })
    return sealedWithoutSecrets(journal.seal(), secrets.scanner)
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

const judgeOptions = ({ strict }: CheckSettings): JudgeOptions => ({
  // Nobody declares anything before a run, so nothing is known to be lacking.
  capabilities: new Set(capabilities),
  instruments: new Set(availableInstruments()),
  lacks: new Map(),
  strict,
  replay: ({ id }: Check) => `npx oauth-imap check --only ${id}`,
})

function circumstances(
  { projects, selection, strict }: CheckSettings,
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
    environment: { runtime: `${name} ${runtimeVersion}`, strict, instruments: availableInstruments() },
    ...time,
    selection: { ...selection, scenario: configurationScenario },
    interrupted: false,
    evidence: { configuration: 'your configuration', behaviour: 'none' },
  }
}
