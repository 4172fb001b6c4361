import type { Act, ActOutcome } from './model/act.ts'
import type { Journal } from './model/observation.ts'
import type { Scenario, Script } from './model/scenario.ts'
import type { Capability } from './model/capability.ts'
import { Fault } from './model/fault.ts'
import { type Inspector, inspectHome } from './inspect.ts'
import { type ProcessSurroundings, inspectProcesses } from './inspect-processes.ts'
import { CutShort, type Watch, openWatch } from './watch.ts'
import { type StageTime, stageTime } from './stage-time.ts'
import type { Stage } from './stages/stage.ts'
import { sealedWithoutSecrets } from './secret-gate.ts'
import type { Scanner } from './secret-scanner.ts'
import { masked } from './secrets.ts'
import { type World, account } from './world.ts'

export interface PlayPorts {
  readonly world: World
  /** Absent for scenarios that need no subject. */
  readonly stage?: Stage
  /** The subject's home directory. */
  readonly home: string
  readonly inspector: Inspector
  /** Reads the project's configuration into the journal. */
  readConfiguration(): Promise<void>
  progress(event: ProgressEvent): void
  /** Aborted when the run ends before its time. */
  readonly signal: AbortSignal
  /** Real seconds that the scenario may take. */
  readonly timeout: number
}

export type ProgressEvent =
  | { readonly event: 'scenario'; readonly scenario: Scenario; readonly door: string }
  | {
      readonly event: 'act'
      readonly scenario: Scenario
      readonly door: string
      readonly act: Act
      readonly outcome: string
      readonly elapsed: number
    }
  /** Something is waited for before anything is played, such as the pull of an image. */
  | { readonly event: 'preparing'; readonly told: string }
  | { readonly event: 'clock'; readonly scenario: Scenario; readonly door: string; readonly elapsed: number }

export interface Played {
  readonly journal: Journal
  /** What the subject declared; undefined when there was none. */
  readonly subject:
    | { readonly name: string; readonly version: string; readonly capabilities: readonly Capability[] }
    | undefined
  /** Knows the world's secrets. */
  readonly scanner: Scanner
  readonly lacks: World['lacks']
}

/**
 * Plays one scenario in its world and seals the journal. A subject's misbehaviour is recorded, and so is what cut the
 * scenario short.
 *
 * @throws Fault `SUBJECT_UNLOADABLE`, which no other scenario would mend
 */
export async function play(scenario: Scenario, door: string, ports: PlayPorts): Promise<Played> {
  const { world, stage, inspector } = ports
  const { journal } = world
  ports.progress({ event: 'scenario', scenario, door })
  let subject: Played['subject']
  using watch = openWatch({ journal, signal: ports.signal, timeout: ports.timeout })
  try {
    subject = stage && (await watch.over(begin(ports, stage)))
    await watch.over(scenario.play(scriptOf(scenario, door, ports, watch)))
    if (stage !== undefined && stage.crashed === undefined) await watch.over(stage.end())
    journal.record('scenario', 'scenario.end', { completed: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const cause = causeOf(error)
    journal.record('scenario', 'scenario.end', {
      completed: false,
      reason: world.secrets.mask(reason),
      ...(cause === undefined ? {} : { cause }),
    })
    await stage?.kill()
    if (error instanceof Fault && error.code === 'SUBJECT_UNLOADABLE') throw error
  }
  if (inspector.processes !== undefined) {
    await stage?.kill()
    await inspectProcesses(inspector.processes, surroundingsOf(ports))
  }
  const { scanner } = world.secrets
  return { journal: sealedWithoutSecrets(journal.seal(), scanner), subject, scanner, lacks: world.lacks }
}

const surroundingsOf = ({ world, home }: PlayPorts): ProcessSurroundings => {
  const { hosts, imap } = world.access()
  const { journal, secrets } = world
  return { journal, secrets, home, doors: { google: Object.values(hosts), gmail: [imap.port] } }
}

/** Undefined for a fault of ours. */
function causeOf(error: unknown): 'subject' | 'interruption' | undefined {
  if (error instanceof CutShort) return error.by
  const bySubject = error instanceof Fault && (error.code === 'STAGE_CRASHED' || error.code === 'STAGE_PROTOCOL')
  return bySubject ? 'subject' : undefined
}

async function begin({ world, home, inspector }: PlayPorts, stage: Stage): Promise<NonNullable<Played['subject']>> {
  const manifest = await stage.begin({
    access: world.access(),
    home,
    planted: inspector.planted,
    world: {
      ...world.stage,
      ended: ({ code, signal }) => void world.journal.record('process', 'proc.exit', { code, signal }),
    },
  })
  // The report names it.
  return masked(manifest, world.secrets)
}

function scriptOf(scenario: Scenario, door: string, ports: PlayPorts, watch: Watch): Script {
  const { world, stage, inspector, progress } = ports
  const { journal, clock } = world
  const time = stageTime(world, stage)

  const perform = async (act: Act): Promise<ActOutcome> => {
    if (stage === undefined) throw new Error(`${scenario.id} asks a subject, yet names no stage`)
    watch.check()
    journal.record('subject', 'subject.op.start', { act })
    const { outcome, reason, told, gone } = await answerOf(stage, time, act)
    const masked = reason === undefined ? {} : { reason: world.secrets.mask(reason) }
    await recordDelivered(world, act, told)
    journal.record('subject', 'subject.op.end', { act, outcome, ...masked })
    progress({ event: 'act', scenario, door, act, outcome, elapsed: clock.elapsed() })
    // Whatever the scenario would still do meets nobody: what it did not see must not look as if it had not happened.
    if (gone !== undefined) throw gone
    return told
  }

  return {
    account: account.address,
    google: world.google,
    gmail: world.gmail,
    user: world.user,
    perform,
    phase: (name) => journal.phase(name),
    readConfiguration: ports.readConfiguration,
    probeGoogle: () => world.probeGoogle(),
    probeGmail: () => world.probeGmail(),
    async together(acts, meanwhile) {
      const outcomes = Promise.all(acts.map(perform))
      // It may fail while `meanwhile` is under way; who waits for it then is told soon enough.
      outcomes.catch(() => {})
      await meanwhile?.()
      return outcomes
    },
    clock: {
      async advance(milliseconds) {
        watch.check()
        const from = clock.elapsed()
        await time.advance(milliseconds)
        journal.record('scenario', 'clock.set', { from, to: clock.elapsed() })
        progress({ event: 'clock', scenario, door, elapsed: clock.elapsed() })
      },
    },
    stage: {
      async restart() {
        watch.check()
        if (stage === undefined) return
        inspector.keep(stage.output())
        await stage.kill()
        await begin(ports, stage)
      },
      async inspect() {
        if (stage !== undefined) inspector.keep(stage.output())
        await inspectHome(inspector, ports.home, world)
      },
    },
  }
}

interface Answer {
  readonly outcome: ActOutcome['outcome'] | 'timeout' | 'crashed'
  readonly reason?: string
  /** What the scenario is told; a subject that hung or crashed has failed. */
  readonly told: ActOutcome
  /** Set when there is no subject any more. */
  readonly gone?: Fault
}

async function answerOf(stage: Stage, time: StageTime, act: Act): Promise<Answer> {
  try {
    const told = await time.patiently(stage.perform(act))
    if (told !== 'timeout') return { outcome: told.outcome, ...('reason' in told ? { reason: told.reason } : {}), told }
    const reason = 'no answer, and nothing stirred any more'
    return { outcome: 'timeout', reason, told: { outcome: 'failed', reason } }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const reason = error.message
    return { outcome: 'crashed', reason, told: { outcome: 'failed', reason }, gone: error }
  }
}

async function recordDelivered(world: World, act: Act, outcome: ActOutcome): Promise<void> {
  if (outcome.outcome !== 'done') return
  for (const delivered of outcome.delivered ?? []) {
    const sha256 = await world.messageSha256(act.account, delivered.folder, delivered.uid)
    const expected =
      delivered.sha256 === undefined ? 'not-read' : delivered.sha256 === sha256 ? 'same-bytes' : 'different-bytes'
    const told = masked(delivered, world.secrets)
    world.journal.record('subject', 'subject.delivered', { ...told, account: act.account, expected })
  }
}
