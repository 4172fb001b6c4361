import type { Capability, Instrument, Time } from './capability.ts'
import type { Finding } from './finding.ts'
import { type Journal, type Observation, type ObservationType, all, positionOf } from './observation.ts'
import type { Position } from './position.ts'
import type { StepNumber } from './step.ts'
import type { WorldFeature } from './world-feature.ts'

export type Level = 'MUST' | 'SHOULD' | 'MAY'
/** Who asks for it. `suite` is our own policy: waivable, never shown as a standard's rule. */
export type RequiredBy = 'RFC' | 'Google' | 'ASVS' | 'suite'

export interface Clause {
  /** As it is cited, such as `RFC 7636 §4.2`. */
  readonly text: string
  readonly url: string
}

/** What a check looks at: the observation types that must exist, and how they become evidence. */
export interface Lens<E> {
  readonly types: readonly ObservationType[]
  readonly names: string
  /** `each`: every piece is judged and the worst counts; `whole`: there is one piece. No piece: inconclusive. */
  select(journal: Journal): readonly { readonly evidence: E; readonly at: readonly Position[] }[]
}

/** Proof, in the same story without the fault, that a negative check could have noticed its positive. */
export interface Control {
  readonly title: string
  /** The same world (an earlier or later phase) or another scenario with the same seed. */
  readonly twin?: string
  passed(journal: Journal): boolean
}

export interface Check<E = unknown> {
  /** `area/statement`, permanent: no ordinal, no section number. */
  readonly id: string
  readonly title: string
  readonly step: StepNumber
  readonly level: Level
  readonly requiredBy: RequiredBy
  readonly clause: Clause
  /** The sentence of the clause. Required for `RFC`; for the others where the source states the rule in a sentence. */
  readonly quote?: string
  readonly needs: readonly Capability[]
  readonly instruments: readonly Instrument[]
  readonly time: Time
  /** The scenarios that provoke it; each is a variant and the worst one counts. */
  readonly scenarios: readonly string[]
  readonly control?: Control
  readonly observes: Lens<E>
  /** Why it does not apply to what this journal shows; undefined where it does. */
  inapplicable?(journal: Journal): string | undefined
  /** What Gmail's mailboxes must do for it to tell anything; on a mailbox server that cannot, it does not apply. */
  readonly features?: readonly WorldFeature[]
  /** Checks of the mocks themselves: while one of them fails, this one tells nothing. */
  readonly reliesOn?: readonly string[]
  /** Checks whose stories rest on what this one compares with the world: while it fails, they are stale. */
  readonly undermines?: readonly string[]
  /** What must fail it: names of counterexamples. */
  readonly counterexamples: readonly string[]
  /** What a user of the failing application will meet, in one sentence. */
  readonly consequence: string
  /** How to mend it, in two lines at the most. */
  readonly fix: string
  judge(evidence: E, journal: Journal): Finding
  /** What files tell of the same requirement before anything is played: the scenario `configuration` is judged by this. */
  readonly inFiles?: InFiles<unknown>
}

export interface InFiles<E> extends Pick<Check<E>, 'observes' | 'inapplicable' | 'judge'> {}

/** Types the evidence for `judge` and forgets it afterwards. */
export const inFiles = <E>(statement: InFiles<E>): InFiles<unknown> => statement as InFiles<unknown>

/** By what a check judges the journals of one scenario. */
export const aspectOf = (check: Check, { scenario }: Journal): InFiles<unknown> =>
  scenario === 'configuration' && check.inFiles !== undefined ? check.inFiles : check

/** Types the evidence for `judge` and forgets it afterwards, so that checks of all kinds stand in one array. */
export const check = <E>(statement: Check<E>): Check => statement as Check<unknown>

/** Every observation of one type that the filter keeps. */
export const each = <T extends ObservationType>(
  type: T,
  names: string,
  keep: (observation: Observation<T>, journal: Journal) => boolean = () => true,
): Lens<Observation<T>> => ({
  types: [type],
  names,
  select: (journal) =>
    all(journal, type)
      .filter((observation) => keep(observation, journal))
      .map((evidence) => ({ evidence, at: [positionOf(evidence)] })),
})

/** One value derived from the whole journal; undefined when the journal holds nothing to derive it from. */
export const whole = <F>(
  types: readonly ObservationType[],
  names: string,
  derive: (journal: Journal) => F | undefined,
): Lens<F> => ({
  types,
  names,
  select: (journal) => {
    const evidence = derive(journal)
    return evidence === undefined ? [] : [{ evidence, at: [] }]
  },
})
