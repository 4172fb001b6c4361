import type { DrivenClock } from './clock.ts'
import { breathe, realTime, settlesWithin } from './runtime/breathe.ts'
import { silenceMeter } from './silence.ts'
import type { Stage } from './stages/stage.ts'

/** The world's and the subject's time, moved together. */
export interface StageTime {
  /** Advances simulated time, stopping at every timer that falls due on the way. */
  advance(milliseconds: number): Promise<void>
  /** Waits for a subject's answer; while nothing stirs, time moves on to the next timer, as it would in the world. */
  patiently<T>(answer: Promise<T>): Promise<T | 'timeout'>
}

export interface TimedWorld {
  readonly clock: DrivenClock
  readonly journal: { onRecord(listener: () => void): void }
  /** Work of the mocks has begun and not ended. */
  busy(): boolean
  /** A server that lives in real time has yet to answer: that is waited for, however long a busy machine makes it. */
  owes?(): boolean
}

/**
 * Unfinished work of the mocks delays rest only so long, in real milliseconds and in looks: it may wait for the very time
 * that is to be advanced.
 */
const busyAtMost = 100
const busyLooks = 60
/**
 * Looks without a stir, at the least, that are rest. Each is a round trip through the subject’s thread: load that comes all
 * at once makes a silence long before any pace could tell of it, but not the count.
 */
const restfulLooks = 6
/** Real milliseconds after which time goes on although the subject never rests. */
const restlessAtMost = 10_000
/** Real milliseconds between two looks at a subject that owes an answer. */
const pause = 25
/**
 * So many looks in a row without a stir are a standstill. Each has a round trip through the subject’s thread, so that a busy
 * machine slows down the count as it slows down the subject.
 */
const standstill = 24
/** Real milliseconds without a round trip: the subject’s thread is caught in a loop. */
const hungAfter = 5_000
/** Simulated milliseconds that an act may take: longer than a user may take to answer a consent screen. */
const actLimit = 15 * 60_000

export function stageTime(
  { clock, journal, busy, owes = () => false }: TimedWorld,
  stage: Stage | undefined,
): StageTime {
  const silence = silenceMeter()
  journal.onRecord(silence.stir)

  let owedSince: number | undefined
  /** As long as nobody could say that the server has died. */
  const isOwed = (): boolean => {
    owedSince = owes() ? (owedSince ?? realTime()) : undefined
    return owedSince !== undefined && realTime() - owedSince < restlessAtMost
  }

  /** The subject’s clock comes first: what the world does at a time must not reach a subject that still lives before it. */
  const moveTo = async (now: number): Promise<void> => {
    silence.forget()
    const moves = now !== clock.now()
    clock.arrive(now)
    if (moves) await stage?.tick(now)
    clock.set(now)
    // Silence from before counts for nothing: the subject has not had its turn yet.
    silence.forget()
  }

  const nextDue = async (): Promise<number | undefined> => {
    const times = [clock.nextDue, (await stage?.pulse()) ?? undefined].filter((time) => time !== undefined)
    return times.length === 0 ? undefined : Math.min(...times)
  }

  /** Waits until nothing stirs any more; a round trip through the stage comes first, so that it had its turn. */
  const settle = async (): Promise<void> => {
    const began = realTime()
    for (let looks = 0, still = 0; realTime() - began < restlessAtMost; looks++) {
      const looked = realTime()
      await stage?.pulse()
      await breathe(1)
      still = silence.lasting() < realTime() - looked ? 0 : still + 1
      const isBusy = isOwed() || (busy() && (looks < busyLooks || realTime() - began < busyAtMost))
      if (still >= restfulLooks && silence.lasting() >= silence.rest() && !isBusy) return
    }
  }

  return {
    async advance(milliseconds) {
      const target = clock.now() + milliseconds
      await settle()
      for (let due = await nextDue(); due !== undefined && due <= target; due = await nextDue()) {
        await moveTo(due)
        await settle()
      }
      // Nothing falls due on the rest of the way, so nothing can stir there.
      await moveTo(target)
    },

    async patiently(answer) {
      const limit = clock.now() + actLimit
      silence.workBegins()
      for (let looks = 0, began = realTime(); !(await settlesWithin(answer, pause)); began = realTime()) {
        const next = nextDue()
        if (!(await settlesWithin(next, hungAfter))) return 'timeout'
        looks = isOwed() || silence.lasting() < realTime() - began ? 0 : looks + 1
        if (looks < standstill) continue
        const due = await next
        if (due === undefined || due > limit) return 'timeout'
        await moveTo(due)
        const moved = realTime()
        await settle()
        // A time at which nothing happened is followed by the next one at once.
        looks = silence.lasting() < realTime() - moved ? 0 : standstill
      }
      silence.workEnds()
      return answer
    },
  }
}
