import type { DrivenClock } from './clock.ts'
import { breathe, settlesWithin } from './runtime/breathe.ts'
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
  readonly journal: { readonly size: number }
  busy(): boolean
}

/** So many round trips through both event loops without a new observation are quiet. */
const quietRounds = 4
/** Real milliseconds: longer than any step of a living subject takes on a loaded machine. */
const stallAfter = 1500
/** Simulated milliseconds that an act may take: longer than a user may take to answer a consent screen. */
const actLimit = 15 * 60_000

export function stageTime({ clock, journal, busy }: TimedWorld, stage: Stage | undefined): StageTime {
  const moveTo = async (now: number): Promise<void> => {
    const from = clock.elapsed()
    clock.set(now)
    if (clock.elapsed() !== from) await stage?.tick(now)
  }

  const nextDue = async (): Promise<number | undefined> => {
    const times = [clock.nextDue, (await stage?.pulse()) ?? undefined].filter((time) => time !== undefined)
    return times.length === 0 ? undefined : Math.min(...times)
  }

  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < quietRounds;) {
      const size = journal.size
      await stage?.pulse()
      await breathe(2)
      quiet = journal.size === size && !busy() ? quiet + 1 : 0
    }
  }

  return {
    async advance(milliseconds) {
      const target = clock.now() + milliseconds
      await settle()
      for (let due = await nextDue(); due !== undefined && due < target; due = await nextDue()) {
        await moveTo(due)
        await settle()
      }
      await moveTo(target)
      await settle()
    },

    async patiently(answer) {
      const limit = clock.now() + actLimit
      for (let size = journal.size; !(await settlesWithin(answer, stallAfter)); size = journal.size) {
        if (journal.size !== size) continue
        const next = nextDue()
        if (!(await settlesWithin(next, stallAfter))) return 'timeout'
        const due = await next
        if (due === undefined || due > limit) return 'timeout'
        await moveTo(due)
      }
      return answer
    },
  }
}
