import { type Journal, all } from '../../harness/model/observation.ts'

/** Whether Gmail accepted a login anywhere in the story: the control of most checks about refusals and expiry. */
export const loggedIn = (journal: Journal): boolean =>
  all(journal, 'imap.auth').some(({ fields }) => fields.result === 'accepted')
