import type { GoogleSwitches } from '../../harness/model/google-switches.ts'

export type Switches = GoogleSwitches

const minute = 60_000
const hour = 60 * minute

export const defaults: Switches = {
  // Their names are documented, their values are not.
  discoveryExtras: {},
  discoveryCacheControl: null,
  // A capture of the document of 2026-08-07 has it; captures to 2024 have not.
  issuerAdvertised: true,
  // Every dated redirect since 2026-06-30 carries it.
  issuerInRedirect: true,
  // Two authors disagree; an error that says 400 on its page says so on the wire until somebody measures it.
  errorPageStatus: 400,
  unknownResponseType: 'response-type-unknown',
  // OpenID Connect Core §3.1.2.6; Google says only that there is an error.
  promptNoneErrors: { noSession: 'login_required', noConsent: 'consent_required' },
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
  revocationBody: '{}',
  tokenRequestBody: 'form',
  wrongSecretWording: 'client-secret-wrong',
}
