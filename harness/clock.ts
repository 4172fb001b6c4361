/** Simulated time of one world. Mocks read and wait on it; only the play advances it. */
export interface WorldClock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Milliseconds since the world began. */
  elapsed(): number
  /** Calls back when simulated time reaches `at` (epoch milliseconds); returns the cancellation. */
  schedule(at: number, callback: () => void): () => void
  /** Resolves after simulated milliseconds. */
  sleep(milliseconds: number): Promise<void>
}

export interface DrivenClock extends WorldClock {
  /** Epoch milliseconds of the earliest timer, or undefined. */
  readonly nextDue: number | undefined
  /** Sets the time; its timers wait for `set`, so that others can be told of the time before anything happens in it. */
  arrive(now: number): void
  /** Sets the time and runs every timer that is due, in order of time, then of scheduling. */
  set(now: number): void
}

interface Timer {
  readonly at: number
  readonly callback: () => void
}

export function createClock(epoch: number): DrivenClock {
  let time = epoch
  const timers = new Set<Timer>()

  const earliest = (): Timer | undefined => {
    let first: Timer | undefined
    for (const timer of timers) if (first === undefined || timer.at < first.at) first = timer
    return first
  }

  const clock: DrivenClock = {
    now: () => time,
    elapsed: () => time - epoch,
    schedule(at, callback) {
      const timer = { at: Math.max(at, time), callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    sleep: (milliseconds) => new Promise((resolve) => clock.schedule(time + milliseconds, resolve)),
    get nextDue() {
      return earliest()?.at
    },
    arrive(now) {
      time = now
    },
    set(now) {
      for (let due = earliest(); due !== undefined && due.at <= now; due = earliest()) {
        time = Math.max(time, due.at)
        timers.delete(due)
        due.callback()
      }
      time = now
    },
  }
  return clock
}
