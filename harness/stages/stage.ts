import type { Act, ActOutcome } from '../model/act.ts'
import { Fault } from '../model/fault.ts'
import type { WorldAccess } from '../model/world.ts'
import {
  type FromStage,
  type Manifest,
  type RelayedRequest,
  type ToStage,
  relayResponse,
  requestOf,
} from './protocol.ts'

/** What a world does for the subject on a stage. */
export interface StageWorld {
  respond(request: Request): Promise<Response>
  browse(url: string): Promise<void>
}

/** A thread or a process, and what it printed so far. */
export interface Carrier {
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null; readonly error?: string }>
  post(message: ToStage): void
  stop(): Promise<void>
  output(): { readonly stdout: Uint8Array; readonly stderr: Uint8Array }
}

/** Starts one; `receive` gets every message, in order. */
export type CarrierFactory = (receive: (message: FromStage) => void) => Carrier

export interface Begin {
  readonly access: WorldAccess
  readonly home: string
  /** Printed and written by the stage itself, so that searches for leaks can prove that they find something. */
  readonly planted: string | null
  readonly world: StageWorld
}

/** How a stage ended by itself. */
export interface StageExit {
  readonly code: number | null
  readonly signal: string | null
}

/** Where a subject runs. One world at a time; a stage that crashed or hung is started anew for the next one. */
export interface Stage extends AsyncDisposable {
  begin(begin: Begin): Promise<Manifest>
  /** @throws Fault `STAGE_CRASHED` when the stage ends before the act does */
  perform(act: Act): Promise<ActOutcome>
  /** Moves the subject's time to `now`; resolves to the epoch milliseconds of its earliest timer. */
  tick(now: number): Promise<number | null>
  /** A round trip through the stage's event loop; resolves like `tick`. */
  pulse(): Promise<number | null>
  end(): Promise<void>
  /** Ends the thread or process at once; the next `begin` starts another. */
  kill(): Promise<void>
  output(): { readonly stdout: Uint8Array; readonly stderr: Uint8Array }
  /** Set when the stage ended although nobody ended it. */
  readonly crashed: StageExit | undefined
}

type Reply<M extends FromStage['message']> = Extract<FromStage, { message: M }>

interface Waiting {
  readonly key: string
  resolve(message: FromStage): void
  reject(reason: Fault): void
}

/** @param module URL of the module whose default export makes the subject */
export function openStage(start: CarrierFactory, module: string): Stage {
  let carrier: Carrier | undefined
  let world: StageWorld | undefined
  let crashed: StageExit | undefined
  let acts = 0
  const waiting = new Set<Waiting>()

  const send = (message: ToStage): void => carrier?.post(message)
  const wait = <M extends FromStage['message']>(key: string): Promise<Reply<M>> =>
    new Promise((resolve, reject) => {
      if (crashed !== undefined) reject(crashFault(crashed))
      else waiting.add({ key, resolve: resolve as Waiting['resolve'], reject })
    })
  const call = <M extends FromStage['message']>(message: ToStage, key: M | `${M}:${number}`): Promise<Reply<M>> => {
    const reply = wait<M>(key)
    send(message)
    return reply
  }

  const relay = async (id: number, request: RelayedRequest, to: StageWorld | undefined): Promise<void> => {
    try {
      if (to === undefined) throw new Error('no world')
      const answer = await to.respond(requestOf(request))
      if (answer.type === 'error') throw new Error('nothing is mocked there')
      send({ message: 'answered', id, response: await relayResponse(answer) })
    } catch (error) {
      send({ message: 'unanswered', id, reason: error instanceof Error ? error.message : String(error) })
    }
  }

  const receive = (message: FromStage): void => {
    if (message.message === 'request') return void relay(message.id, message.request, world)
    if (message.message === 'browse') {
      const { id } = message
      send({ message: 'browsed', id })
      return void world?.browse(message.url)
    }
    const key = message.message === 'outcome' ? `outcome:${message.id}` : message.message
    for (const waiter of waiting) {
      const failed = message.message === 'failed' && ['loaded', 'begun'].includes(waiter.key)
      if (!failed && waiter.key !== key) continue
      waiting.delete(waiter)
      if (message.message === 'failed') waiter.reject(failure(message.reason))
      else waiter.resolve(message)
      return
    }
  }

  const ensureStarted = async (): Promise<void> => {
    if (carrier !== undefined && crashed === undefined) return
    crashed = undefined
    const started = start((message) => started === carrier && receive(message))
    carrier = started
    void started.exited.then((exit) => {
      if (started !== carrier) return
      crashed = { code: exit.code, signal: exit.signal }
      for (const waiter of waiting) waiter.reject(crashFault(exit))
      waiting.clear()
    })
    await call({ message: 'load', module }, 'loaded')
  }

  const stop = async (): Promise<void> => {
    const stopping = carrier
    carrier = undefined
    world = undefined
    for (const waiter of waiting) waiter.reject(new Fault('STAGE_CRASHED', 'The stage was ended.', 'Run it again.'))
    waiting.clear()
    await stopping?.stop()
  }

  return {
    async begin({ access, home, planted, world: next }) {
      await ensureStarted()
      world = next
      return (await call({ message: 'begin', access, home, planted }, 'begun')).manifest
    },
    async perform(act) {
      acts += 1
      return (await call({ message: 'act', id: acts, act }, `outcome:${acts}`)).outcome
    },
    tick: async (now) => (await call({ message: 'clock', now }, 'ticked')).due,
    pulse: async () => (await call({ message: 'pulse' }, 'pulsed')).due,
    async end() {
      await call({ message: 'end' }, 'ended')
      world = undefined
    },
    kill: stop,
    output: () => carrier?.output() ?? { stdout: new Uint8Array(), stderr: new Uint8Array() },
    get crashed() {
      return crashed
    },
    [Symbol.asyncDispose]: stop,
  }
}

const failure = (reason: string): Fault =>
  new Fault(
    'STAGE_PROTOCOL',
    `The subject could not be started: ${reason}`,
    'Mend what the message names, then run again.',
  )

const crashFault = ({ code, signal }: StageExit): Fault =>
  new Fault(
    'STAGE_CRASHED',
    `The subject ended by itself (${signal === null ? `exit code ${code}` : signal}).`,
    'Look at what it printed; an unhandled error ends a process.',
  )
