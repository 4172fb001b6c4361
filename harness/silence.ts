import { realTime } from './runtime/breathe.ts'

/** How long nothing has been observed, measured in real milliseconds. */
export interface SilenceMeter {
  /** Something was observed. */
  stir(): void
  /** The silence so far was not the subject’s: it waited for a time that had not come. */
  forget(): void
  /** An act begins: silences are now those of a subject that is known to be at work. */
  workBegins(): void
  workEnds(): void
  /** Real milliseconds since the last observation. */
  lasting(): number
  /** Silence that means rest: several times what this subject, on this machine, needed between two steps. */
  rest(): number
}

/** Acts whose pace counts in full; the machine was then as busy as it is now. */
const recently = 3
const recentFactor = 3
/** The longest silence of all: a first act is slow for reasons of its own, and yet shows what a subject may do unseen. */
const everFactor = 1
const shortest = 8
const longest = 2_000

export function silenceMeter(): SilenceMeter {
  const paces: number[] = []
  let last = realTime()
  let working = false
  let pace = 0
  let slowest = 0

  const stir = (): void => {
    const now = realTime()
    if (working) pace = Math.max(pace, now - last)
    last = now
  }

  return {
    stir,
    forget() {
      last = realTime()
    },
    workBegins() {
      last = realTime()
      working = true
      pace = 0
    },
    workEnds() {
      stir()
      working = false
      slowest = Math.max(slowest, pace)
      paces.push(pace)
      if (paces.length > recently) paces.shift()
    },
    lasting: () => realTime() - last,
    rest: () => Math.min(longest, Math.max(shortest, recentFactor * Math.max(0, ...paces), everFactor * slowest)),
  }
}
