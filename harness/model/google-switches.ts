import type { Endpoint } from './observation.ts'

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
  /** Errors of `prompt=none`: nobody signed in, no consent yet, and several accounts without a hint at one. */
  readonly promptNoneErrors: {
    readonly noSession: string
    readonly noConsent: string
    readonly severalAccounts: string
  }
  /** What "Back to safety" does on the warning about an application without verification; `nowhere` tells no client. */
  readonly backToSafety: 'access_denied' | 'nowhere'
  /** Seconds for which the consent screen offers to limit access; none offers no limit. */
  readonly timeLimits: readonly number[]
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
  /** What a token request without `grant_type` is refused for. */
  readonly missingGrantType: 'grant-type-unknown' | 'grant-type-missing'
  /** The wording for a code that was used before. */
  readonly usedCodeWording: 'grant-bad' | 'code-used-older'
  /** Whether HTTP Basic credentials are taken as they are, or form-decoded as RFC 6749 §2.3.1 wants it. */
  readonly basicCredentials: 'as-sent' | 'form-decoded'
  /** What credentials in the header and in the body at once are. */
  readonly bothCredentials: 'refused' | 'header-counts'
  /** Token requests that one client may make in a day; null: no limit. */
  readonly tokenQuota: number | null
  /** Device codes that one client may ask for in a day; null: no limit. */
  readonly deviceQuota: number | null
  /** What every token request is answered with while Google's own back end fails; null: it works. */
  readonly tokenOutage: 'internal-failure' | 'backend-error' | null
  /** How a method is answered that an endpoint does not have. */
  readonly wrongMethod: 'not-found' | 'method-not-allowed'
  /** Endpoints whose answers a page of another origin may read (CORS). */
  readonly crossOrigin: readonly Endpoint[]
  /** How id_tokens spell their issuer. */
  readonly idTokenIssuer: 'https://accounts.google.com' | 'accounts.google.com'
  /** How the present userinfo addresses refuse a token. */
  readonly userinfoRefusal: 'userinfo-bad' | 'credentials-invalid'
  /** Whether version 3 of userinfo names the user `sub`, or `id` as the older versions. */
  readonly userinfoVersion3: 'sub' | 'id'
  /** How the present tokeninfo address refuses a token: with `error`, or without. */
  readonly tokeninfoRefusal: 'tokeninfo-bad' | 'tokeninfo-bad-bare'
  /** What an assertion of a service account that does not exist is refused for. */
  readonly unknownServiceAccount: 'service-account-unknown' | 'client-unknown'
  /** What an assertion for a user who does not exist is refused for. */
  readonly unknownSubject: 'assertion-user-unknown' | 'assertion-user-unknown-older'
  /** Milliseconds until a domain-wide delegation counts. */
  readonly delegationSpread: number
  /** The wording of a wrong client secret. */
  readonly wrongSecretWording: 'client-secret-wrong' | 'client-secret-wrong-older'
}
