import { openJournal } from './journal.ts'
import { type Check, check, each } from './model/check.ts'
import { ownRule } from './model/clause.ts'
import { satisfied } from './model/finding.ts'
import type { Door, Journal, ObservationType, Observed } from './model/observation.ts'
import type { Stream } from './model/position.ts'
import type { SecretKind, SecretRef } from './model/secret.ts'

/** Journals and checks for tests, made by hand instead of by a world. */

export type Told = readonly [
  at: number,
  stream: Stream,
  observed: { [T in ObservationType]: readonly [T, Observed[T]] }[ObservationType],
]

export const said = <T extends ObservationType>(at: number, stream: Stream, type: T, fields: Observed[T]): Told =>
  [at, stream, [type, fields]] as unknown as Told
/** From here on, observations carry the name. */
export const phase = (name: string): Told => said(0, 'scenario', 'scenario.phase', { phase: name })

export interface Header {
  readonly scenario: string
  readonly door?: Door
  readonly seed?: number
  /** How it ended; completed unless told. */
  readonly end?: Observed['scenario.end'] | null
}

export function journalOf(
  { scenario, door = 'tls', seed = 1, end = { completed: true } }: Header,
  ...told: Told[]
): Journal {
  let now = 0
  const journal = openJournal({ scenario, door, seed }, () => now)
  for (const [at, stream, [type, fields]] of told) {
    if (type === 'scenario.phase') journal.phase((fields as Observed['scenario.phase']).phase)
    else {
      now = at
      journal.record(stream, type, fields)
    }
  }
  if (end !== null) journal.record('scenario', 'scenario.end', end)
  return journal.seal()
}

export const secretRef = (ref: string): SecretRef => ({
  ref,
  kind: ref.replace(/-\d+$/, '') as SecretKind,
  length: 43,
  alphabet: 'base64url',
  entropy: 200,
})

/** A check of nothing in particular: it looks at phases and is satisfied. */
export const checkOf = (change: Partial<Check> = {}): Check => ({
  ...check({
    id: 'area/statement',
    title: 'A statement',
    step: 6,
    level: 'MUST',
    requiredBy: 'suite',
    clause: ownRule('for tests'),
    needs: [],
    instruments: [],
    time: 'none',
    scenarios: ['story'],
    observes: each('scenario.phase', 'phase'),
    counterexamples: ['is-wrong'],
    consequence: 'Nothing.',
    fix: 'Nothing.',
    judge: () => satisfied(),
  }),
  ...change,
})
