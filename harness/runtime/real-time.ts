// Taken when this module is loaded, which `parent.ts` sees to before any stage replaces the clock of its thread:
// waiting for another process is a matter of real time, whatever time a scenario plays.
const { setTimeout, performance } = globalThis
const now = performance.now.bind(performance)

/** Milliseconds of a clock that never jumps; its zero means nothing. */
export const monotonicNow = (): number => now()

/** Resolves after real milliseconds. */
export const realWait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
