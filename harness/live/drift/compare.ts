import {
  type DriftArea,
  type DriftState,
  type ExpectedLook,
  type KnownDifference,
  type Look,
} from '../../model/drift.ts'
import type { ObservedLive } from '../../model/live.ts'

export interface Expectations {
  readonly looks: readonly ExpectedLook[]
  readonly known: readonly KnownDifference[]
}

type Compared = ObservedLive['drift.compared']

/**
 * Every fact of every look beside what is expected, looks and facts that nobody expected too; pure. A look that was not
 * made is one row without a fact. Nothing is compared where nothing is expected: that is another service than Gmail.
 */
export function compare(looks: readonly Look[], { looks: expected, known }: Expectations): readonly Compared[] {
  if (expected.length === 0) return []
  const places = new Map([...expected, ...looks].map(({ area, look }) => [placeOf({ area, look }), { area, look }]))
  return [...places].flatMap(([place, { area, look }]) => {
    const expectations = expected.find((one) => placeOf(one) === place)
    const seen = looks.filter((one) => placeOf(one) === place)
    return seen.length === 0
      ? [{ area, look, fact: '', state: 'not-observed' as const, ...nothing }]
      : withoutRepeats(seen.flatMap((one) => factsOf(one, expectations, known)))
  })
}

const placeOf = ({ area, look }: { readonly area: DriftArea; readonly look: string }): string => `${area}/${look}`

const nothing = { expected: null, observed: null, since: null, note: null }

/** An account logs in more than once, and what was seen twice is told once. */
const withoutRepeats = (rows: readonly Compared[]): readonly Compared[] => [
  ...new Map(rows.map((row) => [JSON.stringify(row), row])).values(),
]

function factsOf(seen: Look, expected: ExpectedLook | undefined, known: readonly KnownDifference[]): Compared[] {
  const names = new Set([...Object.keys(expected?.facts ?? {}), ...Object.keys(seen.facts)])
  return [...names].map((fact) => {
    const pair = { expected: valueOf(expected, fact), observed: valueOf(seen, fact) }
    return { area: seen.area, look: seen.look, fact, ...pair, ...stateOf(seen, fact, pair, expected, known) }
  })
}

const valueOf = (look: Look | undefined, fact: string): string | null =>
  look !== undefined && Object.hasOwn(look.facts, fact) ? look.facts[fact]! : null

interface Judged extends Pick<Compared, 'since' | 'note'> {
  readonly state: DriftState
}

function stateOf(
  { area, look }: Look,
  fact: string,
  { expected, observed }: Pick<Compared, 'expected' | 'observed'>,
  expectations: ExpectedLook | undefined,
  known: readonly KnownDifference[],
): Judged {
  const told = { since: null, note: null }
  if (expected === observed || expectations?.anyValue?.includes(fact) === true) return { state: 'same', ...told }
  const difference = known.find(
    (one) => one.area === area && one.look === look && one.fact === fact && one.observed === observed,
  )
  if (difference === undefined) return { state: 'unknown', ...told }
  return { state: 'known', since: difference.since, note: difference.note }
}
