import type { Act, ActOutcome } from '../model/act.ts'
import { Fault } from '../model/fault.ts'
import type { WorldAccess } from '../model/world.ts'
import { settlesWithin } from '../runtime/breathe.ts'
import { dueFrom, manifestFrom, outcomeFrom, plainLine, startFailure } from './answers.ts'
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
  /** The stage ended although nobody ended it. */
  ended?(exit: StageExit): void
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

/** How a stage ended by itself, or why it had to be given up. */
export interface StageExit {
  readonly code: number | null
  readonly signal: string | null
  readonly error?: string
}

/** Where a subject runs. One world at a time; a stage that crashed or hung is started anew for the next one. */
export interface Stage extends AsyncDisposable {
  /** @throws Fault `SUBJECT_UNLOADABLE` for the module, `STAGE_PROTOCOL` for this start of it */
  begin(begin: Begin): Promise<Manifest>
  /** @throws Fault `STAGE_CRASHED` when the stage ends before the act does */
  perform(act: Act): Promise<ActOutcome>
  /** Moves the subject's time to `now`; resolves to the epoch milliseconds of its earliest timer. */
  tick(now: number): Promise<number | null>
  /** A round trip through the stage's event loop; resolves like `tick`. */
  pulse(): Promise<number | null>
  /** Ends the world; a subject that does not let go in time is ended with its stage. */
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

/** Real milliseconds: long for a slow machine, short for a person who waits for a subject that never answers. */
const limits = { load: 10_000, begin: 10_000, roundTrip: 5_000, end: 2_000, stop: 3_000 }

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
      else if (carrier === undefined) reject(endedFault())
      else waiting.add({ key, resolve: resolve as Waiting['resolve'], reject })
    })
  const call = <M extends FromStage['message']>(message: ToStage, key: M | `${M}:${number}`): Promise<Reply<M>> => {
    const reply = wait<M>(key)
    send(message)
    return reply
  }
  /** A call that every stage answers at once, unless its thread is caught in a loop: then the stage is ended. */
  const promptly = async <M extends FromStage['message']>(
    message: ToStage,
    key: M,
    limit: number,
  ): Promise<Reply<M>> => {
    const reply = call(message, key)
    // In halves, so that a time in which this thread itself stood still is not counted as the subject's.
    const prompt = (await settlesWithin(reply, limit / 2)) || (await settlesWithin(reply, limit / 2))
    if (!prompt) await giveUp(`it did not answer for ${limit / 1000} s`)
    return reply
  }
  const crash = (exit: StageExit): void => {
    crashed = exit
    world?.ended?.(exit)
    for (const waiter of waiting) waiter.reject(crashFault(exit))
    waiting.clear()
  }
  const giveUp = async (error: string): Promise<void> => {
    const hung = carrier
    carrier = undefined
    crash({ code: null, signal: null, error })
    if (hung !== undefined) await settlesWithin(hung.stop(), limits.stop)
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
      // What is no address opens no page; the browser has recorded the attempt.
      return void world?.browse(`${message.url}`).catch(() => {})
    }
    const key = message.message === 'outcome' ? `outcome:${message.id}` : message.message
    for (const waiter of waiting) {
      const failed = message.message === 'failed' && ['loaded', 'begun'].includes(waiter.key)
      if (!failed && waiter.key !== key) continue
      waiting.delete(waiter)
      if (message.message !== 'failed') waiter.resolve(message)
      else if (message.during === 'load') waiter.reject(unloadable(module, message.reason))
      else waiter.reject(startFailure(message.reason))
      return
    }
  }

  const ensureStarted = async (): Promise<void> => {
    if (carrier !== undefined && crashed === undefined) return
    crashed = undefined
    const started = start((message) => {
      if (started !== carrier) return
      try {
        receive(message)
      } catch {
        // A subject can reach its host's own channel and post anything at all; what is no message was never said.
      }
    })
    carrier = started
    void started.exited.then(({ code, signal, error }) => {
      if (started !== carrier) return
      crash({ code, signal, ...(error === undefined ? {} : { error: `it ended with “${plainLine(error)}”` }) })
    })
    try {
      await promptly({ message: 'load', module }, 'loaded', limits.load)
    } catch (error) {
      throw crashed === undefined ? error : unloadable(module, reasonOf(crashed))
    }
  }

  const stop = async (): Promise<void> => {
    const stopping = carrier
    carrier = undefined
    world = undefined
    for (const waiter of waiting) waiter.reject(endedFault())
    waiting.clear()
    if (stopping !== undefined) await settlesWithin(stopping.stop(), limits.stop)
  }

  return {
    async begin({ access, home, planted, world: next }) {
      await ensureStarted()
      world = next
      return manifestFrom((await promptly({ message: 'begin', access, home, planted }, 'begun', limits.begin)).manifest)
    },
    async perform(act) {
      acts += 1
      return outcomeFrom((await call({ message: 'act', id: acts, act }, `outcome:${acts}`)).outcome)
    },
    tick: async (now) => dueFrom((await promptly({ message: 'clock', now }, 'ticked', limits.roundTrip)).due),
    pulse: async () => dueFrom((await promptly({ message: 'pulse' }, 'pulsed', limits.roundTrip)).due),
    async end() {
      const ended = call({ message: 'end' }, 'ended')
      const inTime = await settlesWithin(ended, limits.end)
      if (inTime && crashed === undefined) world = undefined
      else await stop()
    },
    kill: stop,
    output: () => carrier?.output() ?? { stdout: new Uint8Array(), stderr: new Uint8Array() },
    get crashed() {
      return crashed
    },
    [Symbol.asyncDispose]: stop,
  }
}

const reasonOf = ({ code, signal, error }: StageExit): string =>
  error ?? `it ended by itself (${signal === null ? `exit code ${code}` : signal})`

const crashFault = (exit: StageExit): Fault =>
  new Fault(
    'STAGE_CRASHED',
    `The subject is gone: ${reasonOf(exit)}.`,
    'Look at what it printed; an unhandled error ends a process.',
  )

const endedFault = (): Fault => new Fault('STAGE_CRASHED', 'The stage was ended.', 'Run it again.')

const unloadable = (module: string, reason: string): Fault =>
  new Fault(
    'SUBJECT_UNLOADABLE',
    `The subject ${module} cannot be loaded: ${plainLine(reason)}.`,
    'Its module must load and export, as its default, a function that makes the subject.',
  )
