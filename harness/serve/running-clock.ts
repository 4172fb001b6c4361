import { createClock } from '../clock.ts'
import { wallClock } from '../runtime/wall-clock.ts'
import type { RunningClock } from './served-world.ts'

/** Time as it passes outside of the world. */
export type RealTime = typeof wallClock

/** Real milliseconds between two looks at most: a machine that slept or whose clock was set is noticed then. */
const longestWait = 60_000

/** ECMA-262, "Time Values and Time Range". */
const lastDate = 8.64e15

/**
 * Opens a clock that shows the real time, plus what it was put forward: the application outside lives in real time too.
 * It never goes back. Disposing drops every timer; the clock then still tells the time, and calls nobody.
 */
export function createRunningClock(real: RealTime = wallClock): RunningClock & Disposable {
  const epoch = real.now()
  const inner = createClock(epoch)
  let ahead = 0
  let running = false
  let ended = false
  let cancel = (): void => {}

  /** While timers run, each lives at the time that it was set for. */
  const now = (): number => {
    if (!running) inner.arrive(Math.max(inner.now(), real.now() + ahead))
    return inner.now()
  }
  const runTo = (until: number): void => {
    running = true
    try {
      inner.set(until)
    } finally {
      running = false
      wait()
    }
  }
  const wait = (): void => {
    cancel()
    if (ended || inner.nextDue === undefined) return
    cancel = real.after(Math.min(Math.max(inner.nextDue - now(), 0), longestWait), () => runTo(now()))
  }

  const clock: RunningClock & Disposable = {
    now,
    elapsed: () => now() - epoch,
    schedule(at, callback) {
      if (ended) return () => {}
      // What is scheduled for the past belongs to the present.
      const withdraw = inner.schedule(Math.max(at, now()), () => ended || callback())
      if (!running) wait()
      return withdraw
    },
    sleep: (milliseconds) => new Promise((resolve) => clock.schedule(now() + milliseconds, resolve)),
    advance(milliseconds) {
      const until = now() + milliseconds
      if (!(milliseconds >= 0 && until <= lastDate))
        throw new RangeError(`this clock cannot be put forward by ${milliseconds} milliseconds`)
      ahead += milliseconds
      if (!running) runTo(until)
    },
    [Symbol.dispose]() {
      ended = true
      cancel()
    },
  }
  return clock
}
