import type { LivePorts } from '../../verify-live.ts'
import { wallClock } from '../../runtime/wall-clock.ts'
import { stopwatch } from '../outcome.ts'

/** This machine’s clock and chance. */
export const livePorts = (signal: AbortSignal): LivePorts => ({
  ...{ signal, stopwatch },
  progress: () => {},
  now: wallClock.now,
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
})
