import { realTime } from './runtime/breathe.ts'

/** How long nothing has been observed, measured in real milliseconds. */
export interface SilenceMeter {
  /** Something was observed. */
  stir(): void
  /** An act begins: silences are now those of a subject that is known to be at work. */
  workBegins(): void
  workEnds(): void
  /** Real milliseconds since the last observation. */
  lasting(): number
  /** Silence that means rest: several times what this subject, on this machine, just needed between two steps. */
  rest(): number
}

/** How many acts back a subject’s pace is remembered; earlier ones warmed it up. */
const remembered = 3
const factor = 2
const shortest = 5
const longest = 1_000

export function silenceMeter(): SilenceMeter {
  const paces: number[] = []
  let last = realTime()
  let working = false
  let pace = 0

  const listen = (): void => {
    const now = realTime()
    if (working) pace = Math.max(pace, now - last)
    last = now
  }

  return {
    stir: listen,
    workBegins() {
      last = realTime()
      working = true
      pace = 0
    },
    workEnds() {
      listen()
      working = false
      paces.push(pace)
      if (paces.length > remembered) paces.shift()
    },
    lasting: () => realTime() - last,
    rest: () => Math.min(longest, Math.max(shortest, factor * Math.max(0, ...paces))),
  }
}
