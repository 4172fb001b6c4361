import { readConfiguration } from './gate/read-configuration.ts'
import { clientOf } from './gate/project.ts'
import { createInspector } from './inspect.ts'
import { loadMailbox } from './mailbox-files.ts'
import { Fault } from './model/fault.ts'
import type { Journal } from './model/observation.ts'
import type { Play } from './plan.ts'
import { type PlayPorts, type Played, play } from './play.ts'
import type { RunPorts, RunSettings } from './run-settings.ts'
import { cores } from './runtime/cores.ts'
import { makeDirectory, makeTemporaryDirectory, removeTree } from './runtime/files.ts'
import { childCarrier } from './stages/child.ts'
import { type Stage, openStage } from './stages/stage.ts'
import { workerCarrier } from './stages/worker.ts'
import { openWorld } from './world.ts'
import { type Pki, createPki } from '../mocks/doors/pki.ts'

export interface PlayedAll {
  /** In the order of the plan, whatever order they ended in. */
  readonly plays: readonly { readonly journal: Journal }[]
  readonly subject: Played['subject']
  readonly interrupted: boolean
}

type Playing = (item: Play, worker: Stage) => Promise<Played>

/** Plays every scenario of a plan, as many at a time as there are cores, each in a world of its own. */
export async function playAll(plays: readonly Play[], settings: RunSettings, ports: RunPorts): Promise<PlayedAll> {
  const home = await makeTemporaryDirectory('oauth-imap')
  try {
    const playing = await playingIn(home, settings, ports)
    const results = await inParallel(plays, settings, playing, ports.signal)
    return {
      plays: results.filter((played) => played !== undefined),
      subject: results.find((played) => played?.subject !== undefined)?.subject,
      interrupted: ports.signal.aborted,
    }
  } finally {
    await removeTree(home)
  }
}

/** Prepares what all worlds share: the authority, the messages and the client file are read once. */
async function playingIn(home: string, settings: RunSettings, ports: RunPorts): Promise<Playing> {
  const directory = settings.configuration.directory
  const [pki, mailbox, client] = await Promise.all([createPki(), loadMailbox(), clientOf(directory)])
  return async ({ scenario, door }, worker) => {
    const own = `${home}/${scenario.id.replaceAll('/', '-')}-${door}`
    await using world = await openWorld({
      scenario,
      door,
      seed: settings.seed,
      client,
      mailbox,
      pki: pki satisfies Pki,
    })
    await using subject = await stageFor(scenario.stage, own, settings, worker)
    const inspector = createInspector(world.secrets, scenario.stage === 'child')
    const playPorts: PlayPorts = {
      world,
      home: own,
      inspector,
      progress: ports.progress,
      readConfiguration: () => readConfiguration(directory, world),
      ...(subject.stage === undefined ? {} : { stage: subject.stage }),
    }
    return await play(scenario, door, playPorts)
  }
}

interface Staged extends AsyncDisposable {
  readonly stage: Stage | undefined
}

/** The run's own worker where that will do, otherwise a process that ends with its world. */
async function stageFor(
  kind: 'worker' | 'child' | 'none',
  home: string,
  settings: RunSettings,
  worker: Stage,
): Promise<Staged> {
  if (kind === 'none') return { stage: undefined, [Symbol.asyncDispose]: async () => {} }
  await makeDirectory(home)
  if (kind === 'worker') return { stage: worker, [Symbol.asyncDispose]: async () => {} }
  // The most permissive mask: what a subject leaves readable for others then really is.
  const stage = openStage(childCarrier({ home, umask: 0 }), settings.subject.module)
  return { stage, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() }
}

async function inParallel(
  plays: readonly Play[],
  { subject }: RunSettings,
  playing: Playing,
  signal: AbortSignal,
): Promise<readonly (Played | undefined)[]> {
  const results: (Played | undefined)[] = plays.map(() => undefined)
  const stages: Stage[] = []
  const queue = [...plays.entries()]
  const stopAll = (): void => stages.forEach((stage) => void stage.kill())
  signal.addEventListener('abort', stopAll, { once: true })

  const lane = async (): Promise<void> => {
    await using stage = openStage(workerCarrier, subject.module)
    stages.push(stage)
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) {
      const [index, item] = next
      const played = await playing(item, stage)
      if (!signal.aborted) results[index] = played
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(cores(), plays.length) }, lane))
  } catch (error) {
    if (!(signal.aborted && error instanceof Fault)) throw error
  } finally {
    signal.removeEventListener('abort', stopAll)
  }
  return results
}
