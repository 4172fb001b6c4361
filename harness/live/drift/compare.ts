import type { ExpectedLook, KnownDifference, Look } from '../../model/drift.ts'
import type { ObservedLive } from '../../model/live.ts'

export interface Expectations {
  readonly looks: readonly ExpectedLook[]
  readonly known: readonly KnownDifference[]
}

/** Every fact of every look beside what is expected; pure. */
export function compare(_: readonly Look[], __: Expectations): readonly ObservedLive['drift.compared'][] {
  throw new Error('not written yet')
}
