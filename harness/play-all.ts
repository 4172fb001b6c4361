import { checkClientFiles, clientOf } from './gate/project.ts'
import { readConfiguration } from './gate/read-configuration.ts'
import { type Inspector, createInspector } from './inspect.ts'
import { openJournal } from './journal.ts'
import { loadMailbox } from './mailbox-files.ts'
import type { Alteration, Alterations, ImapAlteration } from './model/alteration.ts'
import type { Journal } from './model/observation.ts'
import type { WorldFeature } from './model/world-feature.ts'
import type { Play } from './plan.ts'
import { type Played, play } from './play.ts'
import type { RunPorts, RunSettings } from './run-settings.ts'
import { cores } from './runtime/cores.ts'
import { makeDirectory, makeTemporaryDirectory, removeTree } from './runtime/files.ts'
import { availableInstruments } from './runtime/instruments.ts'
import { endAbandoned } from './runtime/process-tree.ts'
import { childCarrier } from './stages/child.ts'
import { type Stage, openStage } from './stages/stage.ts'
import { workerCarrier } from './stages/worker.ts'
import type { Scanner } from './secret-scanner.ts'
import { interrupted } from './watch.ts'
import { type Surroundings, surroundingsIn } from './surroundings.ts'
import { type World, openWorld } from './world.ts'
import { createPki } from '../mocks/doors/pki.ts'

export interface PlayedAll {
  /** In the order of the plan, whatever order they ended in. */
  readonly plays: readonly { readonly journal: Journal }[]
  readonly subject: Played['subject']
  /** One for each world that was opened: together they know every secret of the run. */
  readonly scanners: readonly Scanner[]
  readonly interrupted: boolean
  /** What the worlds' mailboxes cannot do that Gmail's can, and why. */
  readonly lacks: ReadonlyMap<WorldFeature, string>
}

type Playing = (item: Play, thread: Stage, signal: AbortSignal) => Promise<Played>

/**
 * Plays every scenario of a plan, as many at a time as there are cores, each in a world of its own.
 *
 * @throws Fault `SETTINGS_INVALID` or `CLIENT_FILE_INVALID` before anything is played, `SUBJECT_UNLOADABLE`
 */
export async function playAll(plays: readonly Play[], settings: RunSettings, ports: RunPorts): Promise<PlayedAll> {
  const home = await makeTemporaryDirectory('oauth-imap')
  endAbandoned()
  try {
    const playing = await playingIn(home, settings, ports)
    const results = await inParallel(plays, settings, playing, ports.signal)
    return {
      plays: results.map((played, index) => played ?? notPlayed(plays[index]!, settings.seed)),
      subject: results.find((played) => played?.subject !== undefined)?.subject,
      scanners: results.flatMap((played) => (played === undefined ? [] : [played.scanner])),
      interrupted: ports.signal.aborted,
      lacks: new Map(results.flatMap((played) => [...(played?.lacks ?? [])])),
    }
  } finally {
    await removeTree(home)
  }
}

/** What a run that was interrupted owes: no check may look as if its scenario had been seen. */
function notPlayed({ scenario, door }: Play, seed: number): { readonly journal: Journal } {
  const journal = openJournal({ scenario: scenario.id, door, seed }, () => 0)
  journal.record('scenario', 'scenario.end', { completed: false, reason: interrupted, cause: 'interruption' })
  return { journal: journal.seal() }
}

/** Prepares what all worlds share: the authority, the messages and the client file are read once. */
async function playingIn(home: string, settings: RunSettings, ports: RunPorts): Promise<Playing> {
  const directory = settings.configuration.directory
  const [pki, mailbox, client, alterations] = await Promise.all([
    createPki(),
    loadMailbox(),
    clientOf(directory),
    alterationsAt(settings.alteration),
    checkClientFiles(directory),
  ])
  const strange = !isOurs(settings.subject)
  const surroundings = strange ? await surroundingsIn(home, pki) : undefined
  return async ({ scenario, door }, thread, signal) => {
    const own = `${home}/${scenario.id.replaceAll('/', '-')}-${door}`
    const options = { scenario, door, seed: settings.seed, client, mailbox, pki, proxied: strange, alterations }
    await using world = await openWorld(options)
    const plants = { files: scenario.stage === 'child', processes: observes(settings) }
    const inspector = createInspector(world.secrets, plants)
    await using staged = await stageFor(scenario.stage, own, settings, thread, {
      inspector,
      env: envOf(world, surroundings),
    })
    return await play(scenario, door, {
      world,
      home: own,
      inspector,
      progress: ports.progress,
      readConfiguration: () => readConfiguration(directory, world),
      signal,
      timeout: settings.timeout ?? 60,
      ...(staged.stage === undefined ? {} : { stage: staged.stage }),
    })
  }
}

interface AlterationModule {
  readonly default?: Alteration
  readonly imap?: ImapAlteration
}

async function alterationsAt(url: string | undefined): Promise<Alterations> {
  if (url === undefined) return {}
  const { default: google, imap } = (await import(url)) as AlterationModule
  return { google, imap }
}

interface Staged extends AsyncDisposable {
  readonly stage: Stage | undefined
}

/** Our own clients share a thread, one world after the other; a stranger could harm it, or live on into the next world. */
const isOurs = ({ kind }: RunSettings['subject']): boolean => kind === 'reference' || kind === 'counterexample'

/** Looks at what a process does differ from run to run; what our own clients tell of themselves must not. */
const observes = ({ subject }: RunSettings): boolean =>
  !isOurs(subject) && availableInstruments().includes('process-observation')

const envOf = ({ proxy }: World, surroundings: Surroundings | undefined): Readonly<Record<string, string>> =>
  proxy === undefined ? {} : (surroundings?.(proxy) ?? {})

/** The lane's own thread where that will do, otherwise a process that ends with its world. */
async function stageFor(
  kind: 'worker' | 'child' | 'none',
  home: string,
  { subject }: RunSettings,
  thread: Stage,
  { inspector, env }: { readonly inspector: Inspector; readonly env: Readonly<Record<string, string>> },
): Promise<Staged> {
  if (kind === 'none') return { stage: undefined, [Symbol.asyncDispose]: async () => {} }
  await makeDirectory(home)
  if (kind === 'worker' && isOurs(subject)) return { stage: thread, [Symbol.asyncDispose]: async () => {} }
  // The most permissive mask: what a subject leaves readable for others then really is.
  const stage = openStage(childCarrier({ home, umask: 0, env, record: inspector.processes }), subject.module)
  return { stage, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() }
}

/** What was not played, since the run was interrupted, is undefined. The first failure ends every lane. */
async function inParallel(
  plays: readonly Play[],
  { subject, lanes = cores() }: RunSettings,
  playing: Playing,
  interruption: AbortSignal,
): Promise<readonly (Played | undefined)[]> {
  const results: (Played | undefined)[] = plays.map(() => undefined)
  const queue = [...plays.entries()]
  const failure = new AbortController()
  const signal = AbortSignal.any([interruption, failure.signal])

  const lane = async (): Promise<void> => {
    await using thread = openStage(workerCarrier, subject.module)
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) {
      const [index, item] = next
      results[index] = await playing(item, thread, signal)
    }
  }
  const failing = (error: unknown): never => {
    failure.abort()
    throw error
  }
  const playingNow = Array.from({ length: Math.min(lanes, plays.length) }, () => lane().catch(failing))
  const [failed] = (await Promise.allSettled(playingNow)).filter(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return results
}
