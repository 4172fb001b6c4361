import type { RegisteredAccount } from '../registration/accounts.ts'
import { canonical, isIdentityScope } from '../scopes.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

/** What the user is asked, as the request and earlier consents leave it. Scopes are spelled as they were requested. */
export interface ConsentOffer {
  /** New scopes that tell who the user is; they come with the sign-in and cannot be unticked. */
  readonly identity: readonly string[]
  /** New scopes that open data. */
  readonly data: readonly string[]
  /** Requested scopes that the project has. */
  readonly granted: readonly string[]
  /** Whether the user picks among the new ones. */
  readonly granular: boolean
}

/**
 * Splits a request into what is new and what is not. Ticks are offered for data beside identity and for data of several
 * kinds, never for one data scope alone (Google, How to handle granular permissions; github.com/MomenSherif/react-oauth
 * issue 166), nor where the administrator trusts the application: it gets all or nothing (Google, web-server guide).
 */
export function offerOf(
  account: RegisteredAccount,
  { scopes }: AuthorizationRequest,
  consented: ReadonlySet<string>,
): ConsentOffer {
  const isGranted = (scope: string): boolean => consented.has(canonical(scope))
  const fresh = scopes.filter((scope) => !isGranted(scope))
  const several = scopes.length > 1 && scopes.some((scope) => !isIdentityScope(scope))
  return {
    identity: fresh.filter(isIdentityScope),
    data: fresh.filter((scope) => !isIdentityScope(scope)),
    granted: scopes.filter(isGranted),
    granular: several && account.policy !== 'trusted',
  }
}

/** What an offer comes to: everything but the data scopes that the user left unticked. */
export function chosenOf(
  { scopes }: AuthorizationRequest,
  { data, granular }: ConsentOffer,
  ticked: ReadonlySet<string>,
): readonly string[] {
  return granular ? scopes.filter((scope) => !data.includes(scope) || ticked.has(scope)) : scopes
}
