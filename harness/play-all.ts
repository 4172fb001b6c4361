import { clientOf } from './gate/client-of.ts'
import { type ProjectPolicy, policyOf } from './gate/excused-project.ts'
import { makeProject } from './gate/make-project.ts'
import { folderProject } from './gate/project.ts'
import { readProject } from './gate/read-project.ts'
import { createInspector } from './inspect.ts'
import { openJournal } from './journal.ts'
import { loadMailbox } from './mailbox-files.ts'
import { openMailboxServer } from './mailbox-server.ts'
import type { Alteration, Alterations, ImapAlteration } from './model/alteration.ts'
import type { Journal } from './model/observation.ts'
import type { WorldFeature } from './model/world-feature.ts'
import type { Play } from './plan.ts'
import { type Played, play } from './play.ts'
import type { RunPorts, RunSettings } from './run-settings.ts'
import { cores } from './runtime/cores.ts'
import { makeTemporaryDirectory, removeTree } from './runtime/files.ts'
import { endAbandoned } from './runtime/process-tree.ts'
import { wallClock } from './runtime/wall-clock.ts'
import { envOf, isOurs, observes, stageFor } from './staging.ts'
import { type Stage, openStage } from './stages/stage.ts'
import { workerCarrier } from './stages/worker.ts'
import type { Scanner } from './secret-scanner.ts'
import type { Secrets } from './secrets.ts'
import { interrupted } from './watch.ts'
import { openWorld } from './world.ts'
import { createPki } from '../mocks/doors/pki.ts'
import type { MailboxServer, MailboxServerDescription } from '../mocks/mailbox-servers/mailbox-server.ts'

export interface PlayedAll {
  /** In the order of the plan, whatever order they ended in. */
  readonly plays: readonly {
    readonly journal: Journal
    /** What the project that was read says about its own findings. */
    readonly policy?: WorldPolicy
  }[]
  readonly subject: Played['subject']
  /** One for each world that was opened: together they know every secret of the run. */
  readonly scanners: readonly Scanner[]
  readonly interrupted: boolean
  /** What the worlds' mailboxes cannot do that Gmail's can, and why. */
  readonly lacks: ReadonlyMap<WorldFeature, string>
  /** What held the mail behind Gmail's front; undefined for a store of our own. */
  readonly server: MailboxServerDescription | undefined
}

interface WorldPolicy {
  readonly project: ProjectPolicy
  readonly secrets: Pick<Secrets, 'mask'>
}

type PlayedItem = Played & { readonly policy?: WorldPolicy }
type Playing = (item: Play, thread: Stage, signal: AbortSignal) => Promise<PlayedItem>

/**
 * Plays every scenario of a plan, as many at a time as there are cores, each in a world of its own.
 *
 * @throws Fault `SETTINGS_INVALID`, `CLIENT_FILE_INVALID` or `MAILBOX_SERVER_UNAVAILABLE` before anything is played,
 * `MAILBOX_SERVER_UNAVAILABLE` when the server leaves, `SUBJECT_UNLOADABLE`
 */
export async function playAll(plays: readonly Play[], settings: RunSettings, ports: RunPorts): Promise<PlayedAll> {
  const home = await makeTemporaryDirectory('oauth-imap')
  endAbandoned()
  try {
    await using server = await serverFor(plays, settings, ports)
    const departure = departureOf(server)
    const playing = await playingIn(home, settings, { ...ports, server })
    const results = await inParallel(plays, settings, playing, AbortSignal.any([ports.signal, departure.signal]))
    if (departure.signal.aborted) throw departure.signal.reason
    return {
      plays: results.map((played, index) => played ?? notPlayed(plays[index]!, settings.seed)),
      subject: results.find((played) => played?.subject !== undefined)?.subject,
      scanners: results.flatMap((played) => (played === undefined ? [] : [played.scanner])),
      interrupted: ports.signal.aborted,
      server: server?.description,
      lacks: new Map(results.flatMap((played) => [...(played?.lacks ?? [])])),
    }
  } finally {
    await removeTree(home)
  }
}

/** Only subjects read mail. */
const readsMail = ({ scenario }: Play): boolean => scenario.stage !== 'none'

const serverFor = async (
  plays: readonly Play[],
  { mailbox }: RunSettings,
  ports: RunPorts,
): Promise<MailboxServer | undefined> =>
  mailbox === undefined || !plays.some(readsMail) ? undefined : openMailboxServer(mailbox, ports)

/** Aborted, with the reason, when the server ends by itself: without it nobody can be judged. */
function departureOf(server: MailboxServer | undefined): AbortController {
  const departure = new AbortController()
  void server?.gone.then((fault) => departure.abort(fault))
  return departure
}

/** What a run that was interrupted owes: no check may look as if its scenario had been seen. */
function notPlayed({ scenario, door }: Play, seed: number): { readonly journal: Journal } {
  const journal = openJournal({ scenario: scenario.id, door, seed }, () => 0)
  journal.record('scenario', 'scenario.end', { completed: false, reason: interrupted, cause: 'interruption' })
  return { journal: journal.seal() }
}

/** Prepares what all worlds share: the authority, the messages and the client file are read once. */
async function playingIn(
  home: string,
  settings: RunSettings,
  ports: RunPorts & { readonly server: MailboxServer | undefined },
): Promise<Playing> {
  const directory = await projectIn(home, settings.configuration)
  const [pki, mailbox, client, alterations] = await Promise.all([
    createPki(),
    loadMailbox(),
    clientOf(directory),
    alterationsAt(settings.alteration),
  ])
  const strange = !isOurs(settings.subject)
  // Loaded where it is asked for: our own clients need no trust store.
  const surroundings = strange ? await (await import('./surroundings.ts')).surroundingsIn(home, pki) : undefined
  return async ({ scenario, door }, thread, signal) => {
    const own = `${home}/${scenario.id.replaceAll('/', '-')}-${door}`
    const server = scenario.stage === 'none' ? undefined : ports.server
    const options = { scenario, door, seed: settings.seed, client, mailbox, pki, server, proxied: strange, alterations }
    await using world = await openWorld(options)
    const plants = { files: scenario.stage === 'child', processes: observes(settings) }
    const inspector = createInspector(world.secrets, plants)
    await using staged = await stageFor(scenario.stage, own, settings, thread, {
      inspector,
      env: envOf(world, surroundings),
    })
    let policy: WorldPolicy | undefined
    const played = await play(scenario, door, {
      world,
      home: own,
      inspector,
      progress: ports.progress,
      readConfiguration: async () => {
        const project = folderProject(settings.configuration.directory, directory)
        const { journal, secrets, clock } = world
        // The example is as old as the world; what real people state or put off is judged on the day on which it is read.
        const now = settings.configuration.evidence === 'example' ? clock.now() : wallClock.now()
        const reading = { journal, secrets, now, played: settings.configuration.made?.played === true }
        policy = { project: await policyOf(project, await readProject(project, reading)), secrets }
        if (reading.played) await (await import('./rehearsal/rehearse.ts')).rehearse(reading)
      },
      signal,
      timeout: settings.timeout ?? 60,
      ...(staged.stage === undefined ? {} : { stage: staged.stage }),
    })
    return { ...played, ...(policy === undefined ? {} : { policy }) }
  }
}

async function projectIn(home: string, { directory, made }: RunSettings['configuration']): Promise<string> {
  if (made === undefined) return directory
  const place = `${home}/project`
  await makeProject(made, place, directory)
  return place
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

/** What was not played, since the run was interrupted, is undefined. The first failure ends every lane. */
async function inParallel(
  plays: readonly Play[],
  { subject, lanes = cores() }: RunSettings,
  playing: Playing,
  interruption: AbortSignal,
): Promise<readonly (PlayedItem | undefined)[]> {
  const results: (PlayedItem | undefined)[] = plays.map(() => undefined)
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
