import type { GrantState } from '../../../harness/model/observation.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import type { Project } from '../registration/projects.ts'
import { isGmailScope, isIdentityScope } from '../scopes.ts'
import { idleLimit, testingLifetime } from './lifetimes.ts'

/** What time brings about, so that nobody has to take anything away. */
const causesByTime = [
  // Ends the consent of an External project: the user is asked again, published or not.
  'seven days of Testing',
  // Ends the consent too (Google, web-server guide).
  'time-based access ended',
  // Ends one refresh token.
  'six months without use',
  // Ends one access token.
  'lifetime over',
] as const

/** What befalls an account, and which of its tokens end with it; the consent stays, so the user is not asked again. */
const causesByAccount = {
  'password changed': (scopes: readonly string[]) => scopes.some(isGmailScope),
  // Google, Control which apps access Google Workspace data: such applications "stop working and tokens are revoked".
  'restricted by the administrator': () => true,
  'account disabled': () => true,
  'account deleted': () => true,
}

export type AccountCause = keyof typeof causesByAccount

/**
 * Everything that ends a consent or a token: the list under "Refresh token expiration" in Google's OAuth 2.0 overview,
 * and what OAuth itself adds.
 */
export type Cause =
  | (typeof causesByTime)[number]
  | AccountCause
  // These three end the consent, with every token of every client of the project.
  | 'removed by the user'
  | 'revocation endpoint'
  | 'code used twice'
  // These end one refresh token.
  | 'pushed out by newer tokens'
  | 'replaced by rotation'

export interface Ending {
  /** Epoch milliseconds. */
  readonly at: number
  readonly cause: Cause
}

export const stateAfter = ({ cause }: Ending): Exclude<GrantState, 'live'> =>
  causesByTime.some((byTime) => byTime === cause) ? 'expired' : 'revoked'

/** The first of several endings that is due. */
export const earliest = (endings: readonly (Ending | undefined)[], now: number): Ending | undefined =>
  endings.reduce(
    (first, ending) =>
      ending !== undefined && ending.at <= now && (first === undefined || ending.at < first.at) ? ending : first,
    undefined,
  )

/**
 * When a consent given now runs out by itself: after the time that the user chose, and in status Testing after seven
 * days even if that is longer (Google, Configure OAuth for the Data Portability API), unless it reaches no further than
 * name, e-mail and profile. Internal projects have no such limit.
 */
export function limitOfConsent(
  { userType, publishingStatus }: Project,
  scopes: readonly string[],
  accessFor: number | null,
  now: number,
): Ending | undefined {
  const testing = userType === 'external' && publishingStatus === 'testing' && !scopes.every(isIdentityScope)
  const limits: readonly Ending[] = [
    ...(testing ? [{ at: now + testingLifetime, cause: 'seven days of Testing' } as const] : []),
    ...(accessFor === null ? [] : [{ at: now + accessFor * 1000, cause: 'time-based access ended' } as const]),
  ]
  return earliest(limits, Infinity)
}

export const endOfIdleness = (lastUsed: number): Ending => ({
  at: lastUsed + idleLimit,
  cause: 'six months without use',
})

/**
 * What befell the account of a token since it was minted and ended it.
 *
 * @param born how much had befallen the account by then
 */
export const endedWithAccount = (
  { history }: RegisteredAccount,
  { scopes, born }: { readonly scopes: readonly string[]; readonly born: number },
  kind: 'refresh-token' | 'access-token',
): Ending | undefined =>
  history
    .slice(born)
    .find(
      ({ cause, lifted, accessTokensToo }) =>
        !lifted && causesByAccount[cause](scopes) && (accessTokensToo || kind === 'refresh-token'),
    )
