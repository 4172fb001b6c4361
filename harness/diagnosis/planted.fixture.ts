import type { Answers } from './model.ts'

/** A planted cause: what its log would hold, what somebody would answer, and which cause it is. */
export interface Planted {
  readonly cause: string
  readonly log: string
  readonly answers: Answers
  /** The answer that is true and not yet given, where log and answers fit several causes. */
  readonly truth?: Answers
}

const clear = (cause: string, log: string, answers: Answers = {}): Planted => ({ cause, log, answers })
const open = (cause: string, log: string, truth: Answers, answers: Answers = {}): Planted => ({
  cause,
  log,
  answers,
  truth,
})

const dead =
  'Refreshing access_token\n{\n  "error": "invalid_grant",\n  "error_description": "Token has been expired or revoked."\n}'
const bare = 'POST https://oauth2.googleapis.com/token grant_type=refresh_token -> 400 {"error":"invalid_grant"}'
const bad = '2026-03-01 ERROR token refresh failed: invalid_grant: Bad Request'
const go = 'oauth2: "invalid_grant" "Token has been expired or revoked."'
const exchange =
  'GET /oauth2/callback?state=s&code=x\nexchanging code: {"error": "invalid_grant", "error_description": "Bad Request"}'
const refused =
  'a2 AUTHENTICATE XOAUTH2\n+ eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==\na2 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'
const java =
  'javax.mail.AuthenticationFailedException: [AUTHENTICATIONFAILED] Invalid credentials (Failure)\nSASL mechanism XOAUTH2'

/** Nothing else happened that ends a refresh token. */
const calm: Answers = {
  access: 'listed',
  password: 'unchanged',
  tokens: 'few',
  account: 'active',
  limit: 'unlimited',
  'last-use': 'lately',
  stored: 'whole',
  cloud: 'none',
}
const without = (...keys: readonly string[]): Answers =>
  Object.fromEntries(Object.entries(calm).filter(([key]) => !keys.includes(key)))

/** One answer that decides, for each way in which programs tell a dead refresh token. */
const refreshes: readonly Planted[] = [dead, bare, bad, go].flatMap((log) => [
  clear('testing-7-days', log, { publishing: 'testing', age: 'about-a-week' }),
  clear('testing-7-days', log, { publishing: 'testing', password: 'unchanged', access: 'listed' }),
  clear('minted-while-testing', log, { publishing: 'published-later', age: 'about-a-week' }),
  clear('access-removed', log, { publishing: 'production', access: 'removed' }),
  clear('password-changed', log, { publishing: 'production', password: 'changed' }),
  clear('six-months-unused', log, { publishing: 'production', 'last-use': 'six-months-ago' }),
  clear('over-100-tokens', log, { publishing: 'production', tokens: 'many' }),
  clear('account-gone', log, { publishing: 'production', account: 'gone' }),
  clear('time-based-access-ended', log, { publishing: 'production', limit: 'limited' }),
  open('testing-7-days', log, { publishing: 'testing', age: 'about-a-week', stage: 'refresh' }),
  open(
    'access-removed',
    log,
    { ...calm, access: 'removed', stage: 'refresh' },
    { publishing: 'production', age: 'longer' },
  ),
  open(
    'password-changed',
    log,
    { ...calm, password: 'changed', stage: 'refresh' },
    { publishing: 'production', access: 'listed' },
  ),
  open(
    'six-months-unused',
    log,
    { 'last-use': 'six-months-ago' },
    { ...without('last-use', 'tokens'), publishing: 'production', age: 'longer' },
  ),
  open(
    'over-100-tokens',
    log,
    { tokens: 'many', 'last-use': 'lately' },
    { ...without('tokens', 'last-use'), publishing: 'production' },
  ),
])

const sessions: readonly Planted[] = [
  clear('session-control', '{"error":"invalid_grant","error_description":"reauth related error (rapt_required)"}'),
  clear('account-gone', 'DioException: invalid_grant Account has been deleted'),
  clear('refresh-token-garbled', bad, { publishing: 'production', stored: 'altered' }),
  clear('token-of-another-client', bad, { publishing: 'production', minted: 'other' }),
  clear(
    'token-of-another-client',
    'refreshAccessToken: {"error":"unauthorized_client","error_description":"Unauthorized"}',
  ),
  clear('no-refresh-token-given', 'Error: No refresh token is set.\n', { offline: 'missing' }),
  clear('no-refresh-token-given', 'MissingRefreshToken(account 3)'),
  clear(
    'revoked-already',
    'revoke failed 400 {"error":"invalid_token","error_description":"Token expired or revoked"}',
  ),
]

const codes: readonly Planted[] = [
  clear('code-used-twice', exchange, { 'code-use': 'again' }),
  clear('code-used-twice', 'invalid_grant: Code was already redeemed.'),
  clear('code-expired', exchange, { 'code-delay': 'later', 'code-use': 'once' }),
  clear('code-garbled', exchange, { 'code-form': 'altered' }),
  clear('code-garbled', 'ERROR TokenError: Malformed auth code.\n  code: invalid_grant'),
  open('code-garbled', exchange, { 'code-form': 'altered', 'code-use': 'once', 'code-delay': 'at-once' }),
  open('code-used-twice', exchange, { 'code-use': 'again', 'code-form': 'decoded', 'code-delay': 'at-once' }),
  open('code-expired', exchange, { 'code-delay': 'later', 'code-use': 'once' }, { 'code-form': 'decoded' }),
  clear('verifier-missing', '{ error: "invalid_grant", error_description: "Missing code verifier." }'),
  clear('verifier-missing', 'callback?error=invalid_grant&error_description=Missing%20code%20verifier.'),
  clear(
    'verifier-wrong',
    'com.google.api.client.auth.oauth2.TokenResponseException: 400 Bad Request { "error" : "invalid_grant", "error_description" : "Invalid code verifier." }',
  ),
  clear(
    'verifier-not-needed',
    'GaxiosError: invalid_grant\n error_description: "code_verifier or verifier is not needed"',
  ),
  clear('exchange-redirect-differs', 'getToken {"error":"redirect_uri_mismatch","error_description":"Bad Request"}'),
  clear('code-parameter-missing', 'invalid_request: Missing required parameter: code'),
  clear('grant-type-wrong', '{"error": "unsupported_grant_type", "error_description": "Invalid grant_type: "}'),
]

const clients: readonly Planted[] = [
  clear('secret-missing', '{"error":"invalid_request","error_description":"client_secret is missing."}'),
  clear('secret-wrong', 'oauth2: "invalid_client" "The provided client secret is invalid."'),
  clear('secret-wrong', '401 {"error":"invalid_client","error_description":"Unauthorized"}'),
  clear(
    'client-unknown',
    'RefreshError: (\'invalid_client: The OAuth client was not found.\', {"error": "invalid_client"})',
  ),
  clear('client-unknown', 'invalid_client', { client: 'elsewhere' }),
  open('secret-wrong', 'token endpoint: 401 invalid_client', { client: 'enabled' }),
  open('client-unknown', 'token endpoint: 401 invalid_client', { client: 'elsewhere' }),
  clear('client-deleted', 'Error 401: deleted_client\nThe OAuth client was deleted.'),
  clear('client-disabled', 'deno: {"error":"disabled_client","error_description":"The OAuth client was disabled."}'),
  clear('client-id-missing', 'invalid_request\nCould not determine client ID from request.'),
  clear('device-flow-client', 'invalid_scope: Invalid device flow scope: https://mail.google.com/'),
  clear('device-waiting', '428 {"error":"authorization_pending"}'),
  clear('quota-exceeded', 'Error 403: rate_limit_exceeded'),
  clear('google-outage', '500 {"error":"internal_failure"}'),
  clear('google-outage', '{"error":"internal_failure","error_description":"Backend Error"}'),
]

const pages: readonly Planted[] = [
  clear(
    'redirect-not-registered',
    "Access blocked: This app’s request is invalid\nYou can't sign in because this app sent an invalid request.\nError 400: redirect_uri_mismatch",
    { stage: 'refresh' },
  ),
  clear(
    'redirect-not-registered',
    'https://accounts.google.com/signin/oauth/error?authError=ChVyZWRpcmVjdF91cmlfbWlzbWF0Y2gSInJlZ2lzdGVyIHRoZSByZWRpcmVjdCBVUkkgaW4gdGhlIEdvb2dsZSBDbG91ZCBDb25zb2xlIJAD&client_id=1-a.apps.googleusercontent.com',
    {},
  ),
  open('redirect-not-registered', 'redirect_uri_mismatch', { stage: 'refresh' }),
  open('exchange-redirect-differs', 'redirect_uri_mismatch', { stage: 'exchange' }),
  clear('origin-not-registered', 'idpiframe_initialization_failed Error 400: origin_mismatch'),
  clear('oob-ended', 'Error 400: invalid_request redirect_uri=urn:ietf:wg:oauth:2.0:oob'),
  clear(
    'oob-with-web-client',
    'The redirect URI in the request, urn:ietf:wg:oauth:2.0:oob, can only be used by a Client ID for native application.',
  ),
  clear('loopback-blocked', 'The loopback flow has been blocked in order to keep users secure.'),
  clear('custom-scheme-off', 'Custom URI scheme is not enabled for your Android client.\nError 400: invalid_request'),
  clear(
    'private-address-redirect',
    'Error 400: invalid_request\ndevice_id and device_name are required for private IP: http://10.0.0.3/cb',
  ),
  clear('redirect-invalid', 'one or more Google validation rules. redirect_uri=localhost:3000'),
  clear(
    'scope-invalid',
    'Error 400: invalid_scope\nSome requested scopes were invalid. {valid=[openid], invalid=[offline_access]}',
  ),
  clear('parameter-missing', 'Error 400: invalid_request\nMissing required parameter: client_id'),
  clear('parameter-refused', 'Parameter not allowed for this message type: username'),
  clear(
    'embedded-browser',
    'Error 403: disallowed_useragent\nThis app doesn’t comply with Google’s secure browsers policy.',
  ),
  clear('not-a-test-user', 'Error 403: access_denied\nExample has not completed the Google verification process.'),
  clear('not-a-test-user', 'Error 403: access_denied', { publishing: 'testing', stage: 'exchange' }),
  clear('user-refused', 'GET /?error=access_denied&state=abc'),
  open('user-refused', 'OAuthError: access_denied', { publishing: 'production' }),
  open('not-a-test-user', 'OAuthError: access_denied', { publishing: 'testing' }),
  clear('org-internal', 'Error 403: org_internal'),
  clear('admin-blocked', 'Error 400: admin_policy_enforced'),
  clear('admin-blocked', 'refresh failed: admin_policy_enforced'),
  clear('advanced-protection', 'Error 400: policy_enforced'),
  clear('advanced-protection', 'refresh failed: policy_enforced'),
  clear('consent-screen-unset', 'Error 403: restricted_client\nThis app is not yet configured to make OAuth requests.'),
  clear('institution-review', 'Error 400: access_not_configured'),
  clear(
    'unverified-cap',
    'Sign in with Google temporarily disabled for this app\nThis app has not been verified yet by Google',
  ),
  clear('prompt-none', 'error=interaction_required'),
  clear(
    'state-mismatch',
    'oauthlib.oauth2.rfc6749.errors.MismatchingStateError: (mismatching_state) CSRF Warning! State not equal in request and response.',
  ),
  clear('issuer-unexpected', 'OAuth: unexpected "iss" (issuer) response parameter value'),
]

const assertions: readonly Planted[] = [
  clear(
    'assertion-clock',
    "google.auth.exceptions.RefreshError: ('invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.')",
  ),
  clear('assertion-signature', '{"error":"invalid_grant","error_description":"Invalid JWT Signature."}'),
  clear('assertion-audience', 'invalid_grant: Invalid JWT: Failed audience check.'),
  clear('delegated-user-unknown', '{"error":"invalid_grant","error_description":"Invalid email or User ID"}'),
  clear('service-account-unknown', 'invalid_grant: Invalid grant: account not found'),
  clear(
    'delegation-missing',
    'unauthorized_client: Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
  ),
  clear('delegation-missing', 'service_account mailer: unauthorized_client', { stage: 'assertion' }),
  clear('delegation-scope', '{"error":"access_denied","error_description":"Requested client not authorized."}'),
  clear('assertion-scope', 'invalid_scope: Invalid OAuth scope or ID token audience provided.'),
  open('delegation-missing', '401 unauthorized_client', { stage: 'assertion' }),
  open('token-of-another-client', '401 unauthorized_client', { stage: 'refresh', minted: 'other' }),
]

const logins: readonly Planted[] = [refused, java].flatMap((log) => [
  clear('wrong-scope', log, { scope: 'other' }),
  clear('access-token-expired', log, { scope: 'mail', 'token-age': 'old' }),
  clear('wrong-user', log, { scope: 'mail', 'login-user': 'other' }),
  clear('grant-revoked', log, { scope: 'mail', 'token-age': 'fresh', 'grant-live': 'dead' }),
  open('wrong-scope', log, { scope: 'other' }),
  open('access-token-expired', log, { scope: 'mail', 'token-age': 'old', 'login-user': 'same' }),
  open('wrong-user', log, { 'login-user': 'other', 'token-age': 'fresh', 'grant-live': 'live' }, { scope: 'mail' }),
])

const mail: readonly Planted[] = [
  clear('wrong-scope', `scope=https://www.googleapis.com/auth/gmail.readonly\n${refused}`),
  clear('service-account-as-user', 'a1 NO Lookup failed ab12', { 'login-user': 'service-account' }),
  clear(
    'wrong-scope',
    'AUTHENTICATE OAUTHBEARER\n{"status":"invalid_request","scope":"https://mail.google.com/"}\nNO Lookup failed',
    { scope: 'other' },
  ),
  clear('password-login', 'a1 LOGIN alice@example.com x\na1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'),
  clear('password-login', 'Invalid login: 535-5.7.8 Username and Password not accepted', { login: 'password' }),
  clear(
    'app-password-required',
    'NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
  ),
  clear('web-login-required', '534-5.7.14 Please log in via your web browser and then try again.'),
  clear(
    'imap-off',
    'javax.mail.AuthenticationFailedException: [ALERT] IMAP access is disabled for your domain. Please contact your domain administrator',
  ),
  clear('imap-not-enabled', 'imaplib.error: [ALERT] Your account is not enabled for IMAP use.'),
  clear(
    'too-many-connections',
    `+ eyJzdGF0dXMiOiI0MDAifQ==\nA1 NO [ALERT] Too many simultaneous connections. (Failure)\nMailKit.Security.AuthenticationException: Too many simultaneous connections. (Failure)`,
  ),
  clear(
    'throttled',
    'mbsync: IMAP error: unexpected BYE response: [OVERQUOTA] Account exceeded command or bandwidth limits.',
  ),
  clear('throttled', '* BYE [LIMIT] IMAP command sent too fast'),
  clear('session-expired', 'unhandled: BYE Session expired, please login again.'),
  clear('gmail-outage', '* BYE [UNAVAILABLE] Temporary System Error'),
  clear('challenge-cancelled', 'BAD Client aborted AUTHENTICATE command. q1'),
  clear('sasl-malformed', 'a1 BAD Invalid SASL argument. z9'),
  clear('mechanism-missing', 'SASL(-4): no mechanism available: No worthy mechs found'),
]

const network: readonly Planted[] = [
  clear(
    'name-unresolved',
    'FetchError: request to https://oauth2.googleapis.com/token failed, reason: getaddrinfo ENOTFOUND oauth2.googleapis.com',
  ),
  clear('name-unresolved', 'java.net.UnknownHostException: imap.gmail.com'),
  clear(
    'name-unresolved',
    'google.auth.exceptions.TransportError: NameResolutionError: Temporary failure in name resolution. RefreshError',
  ),
  clear('connection-refused', 'Error: connect ECONNREFUSED 127.0.0.1:993'),
  clear('connection-blocked', 'dial tcp 142.250.1.108:993: i/o timeout'),
  clear('connection-cut', 'Error: read ECONNRESET at TLSWrap.onStreamRead'),
  clear('certificate-untrusted', 'Error: self-signed certificate in certificate chain code: SELF_SIGNED_CERT_IN_CHAIN'),
  clear(
    'certificate-untrusted',
    'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)',
  ),
  clear('certificate-untrusted', 'sun.security.validator.ValidatorException: PKIX path building failed'),
  clear(
    'clock-wrong',
    'x509: certificate has expired or is not yet valid: current time 1970-01-01T00:00:10Z is before 2026-01-01',
  ),
  clear('clock-wrong', 'Error: certificate has expired code: CERT_HAS_EXPIRED', { clock: 'wrong' }),
  clear('certificate-expired', 'Error: certificate has expired code: CERT_HAS_EXPIRED', { clock: 'right' }),
  open('certificate-expired', 'curl: (60) SSL certificate problem: certificate has expired', { clock: 'right' }),
  clear(
    'certificate-name',
    "Hostname/IP does not match certificate's altnames: Host: imap.gmail.com. is not in the cert's altnames",
  ),
  clear('plain-port', 'SSL routines:ssl3_get_record:wrong version number'),
  clear('proxy-login', 'HTTP/1.1 407 Proxy Authentication Required'),
  clear('name-unresolved', 'Invalid credentials? XOAuth2 token refresh: getaddrinfo EAI_AGAIN accounts.google.com'),
]

export const planted: readonly Planted[] = [
  ...refreshes,
  ...sessions,
  ...codes,
  ...clients,
  ...pages,
  ...assertions,
  ...logins,
  ...mail,
  ...network,
]
