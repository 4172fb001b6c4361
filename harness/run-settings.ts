import { capabilities } from './model/capability.ts'
import type { Check } from './model/check.ts'
import type { MadeProject } from './model/made-project.ts'
import type { EvidenceSource } from './model/report.ts'
import type { JudgeOptions } from './judge.ts'
import type { Circumstances } from './make-report.ts'
import { type MailboxChoice, nameOf } from './mailbox-server.ts'
import type { Catalogue, Selection } from './plan.ts'
import type { PlayedAll } from './play-all.ts'
import type { ProgressEvent } from './play.ts'
import { availableInstruments } from './runtime/instruments.ts'
import { join, relative } from './runtime/path.ts'
import { runtime } from './runtime/runtime.ts'
import { version } from './version.ts'

/** What is to be run, after settings and options have been read. */
export interface RunSettings {
  readonly subject: {
    readonly name: string
    readonly kind: string
    /** URL of the module whose default export makes the subject. */
    readonly module: string
    /** Whose behaviour is judged, as the report names it. */
    readonly evidence: EvidenceSource
  }
  readonly configuration: {
    /** The project folder whose client files and settings are judged; of a made project, the example’s. */
    readonly directory: string
    /** Made anew for the run from the example, instead of being judged where it lies. */
    readonly made?: MadeProject
    readonly evidence: EvidenceSource
  }
  /** The settings file as it was named; undefined where there is none. */
  readonly settingsFile?: string
  /** URL of a module whose export, an `Alteration` or an `ImapAlteration`, breaks the mocks on purpose. */
  readonly alteration?: string
  /** What holds the mail behind Gmail's front; a store of our own unless told. */
  readonly mailbox?: MailboxChoice | undefined
  readonly selection: Selection
  readonly seed: number
  readonly strict: boolean
  /** Scenarios played at a time; as many as there are processors unless told. Changes no verdict. */
  readonly lanes?: number
  /** Real seconds that one scenario may take; 60 unless told. */
  readonly timeout?: number
}

export interface RunPorts {
  progress(event: ProgressEvent): void
  /** Aborted when a person interrupts: what was judged by then is reported. */
  readonly signal: AbortSignal
  /** Starts measuring real time; the result tells when and how long. */
  stopwatch(): () => { readonly startedAt: string; readonly durationMs: number }
}

const capabilitiesOf = ({ subject }: PlayedAll): JudgeOptions['capabilities'] =>
  // Client files and settings are read by the harness itself, so every subject has them.
  // One that never came to declare anything is not known to lack anything.
  new Set([...(subject?.capabilities ?? capabilities), 'configuration-files'])

export const judgeOptions = ({ seed, strict, subject, mailbox }: RunSettings, played: PlayedAll): JudgeOptions => ({
  capabilities: capabilitiesOf(played),
  instruments: new Set(availableInstruments()),
  lacks: played.lacks,
  strict,
  replay: ({ id }: Check) =>
    subject.kind === 'counterexample'
      ? `npx oauth-imap demo --break ${subject.name} --only ${id} --seed ${seed}`
      : `npx oauth-imap run --only ${id} --seed ${seed}${mailbox === undefined ? '' : ` --mailbox ${nameOf(mailbox)}`}`,
})

export function circumstances(
  { subject, configuration, selection, seed, strict, mailbox, settingsFile }: RunSettings,
  catalogue: Catalogue,
  played: PlayedAll,
  time: { readonly startedAt: string; readonly durationMs: number },
): Omit<Circumstances, 'findings'> {
  const { name, version: runtimeVersion } = runtime()
  return {
    tool: { name: 'oauth-imap-conformance', version },
    catalogue: { version: catalogue.version, checks: catalogue.checks.length },
    subject: { name: subject.name, kind: subject.kind, version: played.subject?.version ?? '' },
    environment: {
      runtime: `${name} ${runtimeVersion}`,
      mailbox: nameOf(mailbox),
      ...serverEnvironment(played.server),
      seed,
      strict,
      ...(settingsFile === undefined ? {} : { settings: settingsFile }),
      instruments: availableInstruments(),
    },
    ...time,
    selection,
    interrupted: played.interrupted,
    evidence: { configuration: configuration.evidence, behaviour: subject.evidence },
  }
}

/** A path from where the command was given; the example’s files lie elsewhere on every machine, so they keep their names. */
export const pathFromHere = ({ configuration }: RunSettings, file: string): string =>
  configuration.evidence === 'your configuration' ? relative('.', join(configuration.directory, file)) : file

/** Each beginning with `mailbox`, so that they stand together. */
const serverEnvironment = (server: PlayedAll['server']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(server ?? {})
      .filter(([name]) => name !== 'name')
      .map(([name, value]) => [`mailbox${name[0]!.toUpperCase()}${name.slice(1)}`, value]),
  )
