/**
 * What the sources do not establish about Google: each is a named choice with a default, never an invention that hides
 * in the code. `defaults` says why each default stands.
 */
export interface Switches {
  /** `response_modes_supported` and the like: further members of the discovery document. */
  readonly discoveryExtras: Readonly<Record<string, unknown>>
  /** `Cache-Control` of the discovery document; null sends none. */
  readonly discoveryCacheControl: string | null
  /** HTTP status of the authorization endpoint's error page. */
  readonly errorPageStatus: 200 | 400
  /** Which error an unknown `response_type` is. */
  readonly unknownResponseType: 'response-type-unknown' | 'response-type-unsupported'
  /** Errors of `prompt=none`: nobody signed in, and no consent yet. */
  readonly promptNoneErrors: { readonly noSession: string; readonly noConsent: string }
  /** Whether an error redirect carries `iss` as a success redirect does. */
  readonly issuerInErrorRedirect: boolean
  /** Milliseconds that an authorization code may be redeemed. */
  readonly codeLifetime: number
  /** Whether a second use of a code ends the grant (RFC 6749 §4.1.2: SHOULD). */
  readonly codeReuseEndsGrant: boolean
  /** Whether a refused exchange, such as one with a wrong verifier, uses the code up. */
  readonly refusedExchangeUsesCode: boolean
  /** Whether a Desktop client gets a refresh token at a later login without a consent screen. */
  readonly installedRepeatLogin: 'refresh-token' | 'none'
  /** Milliseconds for which a dead refresh token is "expired or revoked" before it becomes a "Bad Request". */
  readonly deadTokenRemembered: number
  /** Milliseconds from consent to the death of refresh tokens; null: no limit. Status Testing is seven days. */
  readonly refreshTokenLifetime: number | null
  /** Seconds sent as `refresh_token_expires_in`; null sends none. */
  readonly refreshTokenExpiresIn: number | null
  /** Whether a refresh answers with an id_token when `openid` was granted. */
  readonly idTokenOnRefresh: boolean
  /** How granted identity scopes are spelled in token answers. */
  readonly scopeSpelling: 'long' | 'as-requested'
  /** Body of a successful revocation. */
  readonly revocationBody: string
  /** Whether the token endpoint reads a JSON body. */
  readonly tokenRequestBody: 'form' | 'form-or-json'
  /** The wording of a wrong client secret. */
  readonly wrongSecretWording: 'client-secret-wrong' | 'client-secret-wrong-older'
}

const minute = 60_000
const hour = 60 * minute

export const defaults: Switches = {
  // Both members are documented, their values are not.
  discoveryExtras: {},
  discoveryCacheControl: null,
  // Two authors disagree; an error that says 400 on its page says so on the wire until somebody measures it.
  errorPageStatus: 400,
  unknownResponseType: 'response-type-unknown',
  // OpenID Connect Core §3.1.2.6; Google says only that there is an error.
  promptNoneErrors: { noSession: 'login_required', noConsent: 'consent_required' },
  // Every captured denial was without it.
  issuerInErrorRedirect: false,
  // RFC 6749 §4.1.2 recommends ten minutes at the most.
  codeLifetime: 10 * minute,
  codeReuseEndsGrant: false,
  refusedExchangeUsesCode: false,
  // Google, native-app guide: refresh tokens are always returned for installed applications.
  installedRepeatLogin: 'refresh-token',
  // One field report: about twelve hours.
  deadTokenRemembered: 12 * hour,
  refreshTokenLifetime: null,
  refreshTokenExpiresIn: null,
  // Google's own libraries store one from refreshes.
  idTokenOnRefresh: true,
  // Google, web-server guide: the answer may spell a scope differently.
  scopeSpelling: 'long',
  revocationBody: '{}',
  tokenRequestBody: 'form',
  wrongSecretWording: 'client-secret-wrong',
}
