import { pauseUnless } from '../../runtime/pause.ts'
import { monotonicNow } from '../../runtime/real-time.ts'
import type { Budget } from './lines.ts'

/** Who may begin a connection, and when. */
export interface Places {
  /** Waits in order for a place, and resolves without one when the run has ended. Returns how to give it back. */
  take(): Promise<() => void>
  /** Connections that were begun, and how many stood at most at one time. */
  begun(): { readonly connections: number; readonly mostAtOnce: number }
}

/**
 * So many connections at one time; and so many in a row, after which they are paced, as by a bucket of tokens.
 *
 * @param ended aborted: nobody waits any longer
 */
export function openPlaces(
  { mostConnections, burst, pause }: Pick<Budget, 'mostConnections' | 'burst' | 'pause'>,
  ended: AbortSignal,
): Places {
  const waiting: (() => void)[] = []
  let [standing, connections, mostAtOnce] = [0, 0, 0]
  let due = -Infinity

  const place = async (): Promise<void> => {
    if (standing >= mostConnections) await new Promise<void>((resolve) => waiting.push(resolve))
    else standing += 1
  }
  const turn = async (): Promise<void> => {
    const now = monotonicNow()
    const mine = Math.max(due, now - (burst - 1) * pause)
    due = mine + pause
    if (mine > now) await pauseUnless(ended, mine - now)
  }
  ended.addEventListener('abort', () => {
    for (const wake of waiting.splice(0)) wake()
  })

  return {
    begun: () => ({ connections, mostAtOnce }),
    async take() {
      if (ended.aborted) return () => {}
      await place()
      await turn()
      if (!ended.aborted) {
        connections += 1
        mostAtOnce = Math.max(mostAtOnce, standing)
      }
      let given = false
      return () => {
        if (given) return
        given = true
        const next = waiting.shift()
        // The place goes from hand to hand: whoever comes now must not take it from who has waited.
        if (next === undefined) standing -= 1
        else next()
      }
    },
  }
}
