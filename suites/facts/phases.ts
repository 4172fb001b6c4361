import { type Journal, type ObservationType, type Observation, all } from '../../harness/model/observation.ts'

/** The observations of one type in a named part of the story. */
export const inPhase = <T extends ObservationType>(
  journal: Journal,
  type: T,
  phase: string,
): readonly Observation<T>[] => all(journal, type).filter((observation) => observation.phase === phase)

/** Whether Gmail accepted a login in a named part of the story: the control of checks about refusals and expiry. */
export const loggedInDuring = (journal: Journal, phase: string): boolean =>
  inPhase(journal, 'imap.auth', phase).some(({ fields }) => fields.result === 'accepted')
