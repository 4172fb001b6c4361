/**
 * What the sources do not establish about Google, and what a scenario may turn: each is a named choice, never an
 * invention that hides in the code. `mocks/google/switches.ts` holds the defaults and says why each stands.
 */
export interface GoogleSwitches {
  /** `response_modes_supported` and the like: further members of the discovery document. */
  readonly discoveryExtras: Readonly<Record<string, unknown>>
  /** `Cache-Control` of the discovery document; null sends none. */
  readonly discoveryCacheControl: string | null
  /** Whether the discovery document says `authorization_response_iss_parameter_supported` (RFC 9207 §3). */
  readonly issuerAdvertised: boolean
  /** Whether a success redirect carries `iss`. */
  readonly issuerInRedirect: boolean
  /** Whether an error redirect carries `iss` as a success redirect does. */
  readonly issuerInErrorRedirect: boolean
  /** HTTP status of the authorization endpoint's error page. */
  readonly errorPageStatus: 200 | 400
  /** Which error an unknown `response_type` is. */
  readonly unknownResponseType: 'response-type-unknown' | 'response-type-unsupported'
  /** Errors of `prompt=none`: nobody signed in, and no consent yet. */
  readonly promptNoneErrors: { readonly noSession: string; readonly noConsent: string }
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
  /** Whether a refresh brings a new refresh token that ends the one it was asked with. */
  readonly refreshTokenRotation: boolean
  /** Whether answers to a project in status Testing carry `refresh_token_expires_in`. */
  readonly testingExpiryAnnounced: boolean
  /** Live refresh tokens of one account over all clients; null: no limit. */
  readonly refreshTokensPerAccount: number | null
  /** Whether a change of password ends access tokens with Gmail scopes too, or refresh tokens alone. */
  readonly passwordChangeEndsAccessTokens: boolean
  /** Whether a consent that runs out (status Testing, time-based access) ends its access tokens, or leaves them their hour. */
  readonly consentEndsAccessTokens: boolean
  /** What becomes of the tokens that a disabled or deleted account had, when it is active again. */
  readonly reactivatedAccount: 'tokens-dead' | 'tokens-live'
  /** What becomes of a client that asked for no token in six months. */
  readonly inactiveClient: 'kept' | 'deleted'
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
