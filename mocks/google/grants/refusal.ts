/** Why a code or a refresh token brought nothing, in the grants' own words. */
export type Refusal =
  | 'code-malformed'
  | 'code-unknown'
  | 'code-used'
  | 'code-expired'
  | 'grant-ended'
  | 'client-differs'
  | 'redirect-uri-differs'
  | 'verifier-missing'
  | 'verifier-wrong'
  | 'verifier-not-needed'
  | 'refresh-token-unknown'
  | 'refresh-token-dead'
  | 'refresh-token-forgotten'
  | 'account-deleted'
  | 'admin-policy-enforced'
  | 'session-over'
  | 'scope-not-granted'

export interface Refused {
  readonly outcome: 'refused'
  readonly refusal: Refusal
}

export const refused = (refusal: Refusal): Refused => ({ outcome: 'refused', refusal })
