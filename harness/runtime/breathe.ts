import { stat } from 'node:fs/promises'

/** Lets real milliseconds pass: for sockets and other threads, never for simulated time. */
export const breathe = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Calls back every so many real milliseconds until it is stopped; returns the stop. */
export function every(milliseconds: number, work: () => void): () => void {
  const timer = setInterval(work, milliseconds)
  return () => clearInterval(timer)
}

/** Whether a promise settles within real milliseconds; leaves no timer behind. */
export async function settlesWithin(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)))
  const settled = promise.then(
    () => true,
    () => true,
  )
  const result = await Promise.race([settled, late])
  clearTimeout(timer)
  return result
}

/** Turns of the event loop that a chain of awaits through sockets and files easily takes between two visible steps. */
const turns = 6

/**
 * Resolves when work that was under way in this thread has very likely moved on: each turn waits for sockets, for the
 * file system and for WebCrypto once, so it slows down with the machine as the work itself does.
 */
export async function turnOver(): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    await Promise.all([stat('.'), crypto.subtle.digest('SHA-256', new Uint8Array(1))])
  }
}

/** Real milliseconds from an arbitrary beginning, never set back. */
export const realTime = (): number => performance.now()
