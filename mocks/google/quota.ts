import type { WorldClock } from '../../harness/clock.ts'

const day = 24 * 60 * 60 * 1000

/** How often each client may ask in one day of simulated time; no limit while it is null. */
export class Quota {
  readonly #clock: WorldClock
  readonly #limit: () => number | null
  readonly #asked = new Map<string, { day: number; times: number }>()

  constructor(clock: WorldClock, limit: () => number | null) {
    this.#clock = clock
    this.#limit = limit
  }

  /** Counts one request; false when it is one too many. */
  allows(clientId: string): boolean {
    const limit = this.#limit()
    if (limit === null) return true
    const today = Math.floor(this.#clock.now() / day)
    const before = this.#asked.get(clientId)
    const times = (before?.day === today ? before.times : 0) + 1
    this.#asked.set(clientId, { day: today, times })
    return times <= limit
  }
}
