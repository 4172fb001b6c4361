import type { GoogleSwitches } from '../../harness/model/google-switches.ts'

export type Switches = GoogleSwitches

const minute = 60_000
const hour = 60 * minute

export const defaults: Switches = {
  // Their names are documented, their values are not.
  discoveryExtras: {},
  // A client's author saw an hour (github.com/krdlab/haskell-oidc-client pull 73).
  discoveryCacheControl: 'public, max-age=3600',
  // A capture of the document of 2026-08-07 has it; captures to 2024 have not.
  issuerAdvertised: true,
  // Every dated redirect since 2026-06-30 carries it.
  issuerInRedirect: true,
  // Two authors disagree; an error that says 400 on its page says so on the wire until somebody measures it.
  errorPageStatus: 400,
  unknownResponseType: 'response-type-unknown',
  // OpenID Connect Core §3.1.2.6; Google says only that there is an error. Captured in 2018 for several accounts:
  // github.com/manfredsteyer/angular-oauth2-oidc issue 475.
  promptNoneErrors: {
    noSession: 'login_required',
    noConsent: 'consent_required',
    severalAccounts: 'interaction_required',
  },
  // The one answer that Google documents for a user who refuses; a public guide says that the button ends the sign-in.
  backToSafety: 'access_denied',
  // Documented, but no source shows who is offered a limit, nor which.
  timeLimits: [],
  // RFC 9207 §2 demands it of a server that advertises the parameter; the captured denials are older than that.
  issuerInErrorRedirect: true,
  // RFC 6749 §4.1.2 recommends ten minutes at the most.
  codeLifetime: 10 * minute,
  codeReuseEndsGrant: false,
  refusedExchangeUsesCode: false,
  // Google, native-app guide: refresh tokens are always returned for installed applications.
  installedRepeatLogin: 'refresh-token',
  // One field report: about twelve hours.
  deadTokenRemembered: 12 * hour,
  // Google's documented sample of a refresh has none, and no source shows a rotated token.
  refreshTokenRotation: false,
  // Captured: 604799 in an exchange, what remains in a refresh (github.com/Screenly/Playground, Google Calendar app).
  testingExpiryAnnounced: true,
  // Google says that there is a larger limit for an account over all clients, and not how large.
  refreshTokensPerAccount: null,
  // Google, Automatic OAuth 2.0 token revocation upon password change: "access tokens as well as refresh tokens".
  passwordChangeEndsAccessTokens: true,
  // No source says that they end before their hour; Google names the consent and its refresh tokens.
  consentEndsAccessTokens: false,
  // Google says that they stop working, and nowhere that they work again.
  reactivatedAccount: 'tokens-dead',
  // Documented, but the developer is told thirty days before and an edit keeps the client.
  inactiveClient: 'kept',
  // Google's own libraries store one from refreshes.
  idTokenOnRefresh: true,
  // Google, web-server guide: the answer may spell a scope differently.
  scopeSpelling: 'long',
  // What a client read of the body was an empty object (github.com/googleapis/google-auth-library-nodejs issue 1900).
  revocationBody: '{}',
  // Measured in 2026 (github.com/wanderduck/logseq-google-drive-graph-sync); broken JSON gets an answer of its own.
  tokenRequestBody: 'form-or-json',
  // Captures of 2020 and 2022; those to 2017 say that the parameter is missing.
  missingGrantType: 'grant-type-unknown',
  wrongSecretWording: 'client-secret-wrong',
  // A capture of 2023; "Code was already redeemed." was seen to 2018.
  usedCodeWording: 'grant-bad',
  // Captures of 2025 and 2026: an encoded identifier is an unknown client.
  basicCredentials: 'as-sent',
  // RFC 6749 §2.3 forbids it, and §5.2 names the error.
  bothCredentials: 'refused',
  // Google has quotas, and no answer of the token endpoint over them was found.
  tokenQuota: null,
  deviceQuota: null,
  tokenOutage: null,
  // Captured for GET at the revocation endpoint; RFC 9110 §15.5.6 would have 405.
  wrongMethod: 'not-found',
  // Web pages were seen to read token, device/code and revoke, discovery and keys; Google documents it for its APIs.
  crossOrigin: [
    'discovery',
    'jwks',
    'token-endpoint',
    'device-authorization-endpoint',
    'revocation-endpoint',
    'tokeninfo',
    'userinfo',
  ],
  // Google, OpenID Connect guide: the other spelling is for legacy implementations.
  idTokenIssuer: 'https://accounts.google.com',
  // Captured for version 3, nearer to today's address than the error envelope of versions 1 and 2.
  userinfoRefusal: 'userinfo-bad',
  // Two captures disagree; OpenID Connect Core §5.3.2 requires `sub`.
  userinfoVersion3: 'sub',
  // RFC 6749's own form; versions 2 and 3 were seen without `error`.
  tokeninfoRefusal: 'tokeninfo-bad',
  // Captures of 2020 and 2021; one of 2017 says that the client was not found.
  unknownServiceAccount: 'service-account-unknown',
  // A capture of 2023; Google's page lists both.
  unknownSubject: 'assertion-user-unknown',
  // Google: it can take up to 24 hours.
  delegationSpread: 24 * hour,
}
