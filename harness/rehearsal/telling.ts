import type { ObservedConfiguration } from '../model/configuration.ts'
import { type Decider, decided } from './decider.ts'
import type { Profile } from './profile.ts'
import type { Stand } from './stand.ts'

export type PlayedStep = ObservedConfiguration['config.played']

/** A step after another; what it returns is what the next one needs, undefined where there is none. */
export type Steps<T = undefined> = AsyncGenerator<PlayedStep, T | undefined>

/** Tells the steps of one profile. */
export interface Telling {
  done(step: string, names: readonly string[]): PlayedStep
  /** @param answer Google’s words */
  refused(step: string, by: Decider, answer: string): PlayedStep
  /** Google was not even asked, or has no words for it. */
  failed(step: string, by: Decider, reason: string): PlayedStep
  undecided(step: string, names: readonly string[], reason: string): PlayedStep
}

/** @param assumed what nobody attested: no refusal that hangs on it is certain */
export function tellingOf(
  profile: Profile,
  elapsed: Stand['elapsed'],
  assumed: ReadonlyMap<string, string> = new Map(),
): Telling {
  const tell = (step: string, { setting, value, place }: Decider): Omit<PlayedStep, 'outcome'> => ({
    ...place,
    ...{ profile: profile.name, step, setting, value, answer: '', reason: '', after: elapsed() },
  })
  return {
    done: (step, names) => ({ ...tell(step, decided(profile, names)), outcome: 'done' }),
    refused(step, by, answer) {
      const supposed = assumed.get(by.setting)
      if (supposed === undefined || by.value !== null) return { ...tell(step, by), outcome: 'refused', answer }
      const reason = `nobody attested ${by.setting}; were it ${supposed}, Google would answer: ${answer}`
      return { ...tell(step, by), outcome: 'undecided', reason }
    },
    failed: (step, by, reason) => ({ ...tell(step, by), outcome: 'refused', reason }),
    undecided: (step, names, reason) => ({ ...tell(step, decided(profile, names)), outcome: 'undecided', reason }),
  }
}
