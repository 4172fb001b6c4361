import type { TokenStatus } from '../mock-world.ts'
import type { GoogleWorld } from './google-world.ts'
import type { TokenDescription } from './grants/access-tokens.ts'

type Stores = Pick<GoogleWorld, 'grants' | 'serviceAccountTokens'>

/** What an access token is worth, whoever it was issued to. */
export function lookup({ grants, serviceAccountTokens }: Stores, accessToken: string): TokenStatus {
  const status = grants.lookup(accessToken)
  return status.status === 'unknown' ? serviceAccountTokens.lookup(accessToken) : status
}

/** A live access token; undefined for any other. */
export const describe = ({ grants, serviceAccountTokens }: Stores, accessToken: string): TokenDescription | undefined =>
  grants.describe(accessToken) ?? serviceAccountTokens.describe(accessToken)

/** Revokes an access or refresh token, and with a user's grant everything behind it. */
export const revoke = ({ grants, serviceAccountTokens }: Stores, token: string): 'revoked' | 'dead' =>
  grants.revoke(token) === 'revoked' ? 'revoked' : serviceAccountTokens.revoke(token)
