/** Every sentence and code that Google is known to answer with, the causes that it may have, and who says so. */
export interface Literal {
  /** As a log shows it. */
  readonly text: string
  /** Ids of causes, the first of which comes out on top unless `among` says that it need not. */
  readonly causes: readonly string[]
  readonly source: string
}

const literal = (text: string, source: string, ...causes: readonly string[]): Literal => ({ text, causes, source })

const comply = "You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy"
const ofRefresh = ['testing-7-days', 'access-removed', 'password-changed']

/** The authorization endpoint’s pages and redirects. */
const authorization: readonly Literal[] = [
  literal(
    'Error 400: invalid_request Missing required parameter: client_id',
    'github.com/getstation/desktop-app issue 21',
    'parameter-missing',
  ),
  literal(
    'Missing required parameter: redirect_uri',
    'github.com/googleworkspace/node-samples issue 79',
    'parameter-missing',
  ),
  literal('Missing required parameter: scope', 'another author’s notes of the real page', 'parameter-missing'),
  literal(
    'Error 400: invalid_request Required parameter is missing: response_type',
    'github.com/prasmussen/gdrive issue 403',
    'parameter-missing',
  ),
  literal(
    'Error 400: invalid_request Invalid response_type: foo',
    'another author’s notes of the real page',
    'parameter-refused',
  ),
  literal('Error 400: unsupported_response_type', 'github.com/subdavis/Tusk issue 372', 'parameter-refused'),
  literal(
    'Error 401: invalid_client The OAuth client was not found.',
    'github.com/astrada/google-drive-ocamlfuse issue 484',
    'client-unknown',
  ),
  literal(
    'Error 401: deleted_client The OAuth client was deleted.',
    'github.com/librecores/librecores-web issue 136',
    'client-deleted',
  ),
  literal(
    'Error 401: disabled_client',
    'Google, Using OAuth 2.0 for Server to Server Applications',
    'client-disabled',
    'unverified-cap',
  ),
  literal('The OAuth client was disabled.', 'github.com/openpubkey/opkssh issue 617', 'client-disabled'),
  literal(
    `Error 400: redirect_uri_mismatch ${comply}. register the redirect URI in the Google Cloud Console.`,
    'a decoded authError',
    'redirect-not-registered',
  ),
  literal('Error 400: origin_mismatch', 'Google, Manage OAuth Clients', 'origin-not-registered'),
  literal(
    'Error 400: redirect_uri_mismatch register the JavaScript origin in the Google Cloud Console.',
    'a decoded authError',
    'origin-not-registered',
  ),
  literal(
    'redirect_uri_mismatch: can only be used by a Client ID for native application. It is not allowed for the WEB client type.',
    'github.com/dolfim/django-gmailapi-backend issue 3',
    'oob-with-web-client',
  ),
  literal(
    'Error 400: invalid_request The out-of-band (OOB) flow has been blocked in order to keep users secure. Follow the Out-of-Band (OOB) flow migration guide',
    'github.com/gaubert/gmvault issue 372',
    'oob-ended',
  ),
  literal(
    'Error 400: invalid_request The loopback flow has been blocked in order to keep users secure. Follow the Loopback IP Address flow migration guide',
    'github.com/browserslist/browserslist-ga issue 43',
    'loopback-blocked',
  ),
  literal(
    'Error 400: invalid_request Custom URI scheme is not enabled for your Android client.',
    'github.com/MaikuB/flutter_appauth issue 455',
    'custom-scheme-off',
  ),
  literal(
    'Error 400: invalid_request device_id and device_name are required for private IP: http://192.168.1.2:5678/rest/oauth2-credential/callback',
    'github.com/onyx-dot-app/onyx issue 7854',
    'private-address-redirect',
  ),
  literal(
    `${comply} for keeping apps secure. You can let the app developer know that this app doesn’t comply with one or more Google validation rules.`,
    'a decoded authError',
    'redirect-invalid',
  ),
  literal(
    'Error 400: invalid_scope Some requested scopes were invalid. {invalid=[https://mail.google.com]}',
    'github.com/zquestz/omniauth-google-oauth2 issue 18',
    'scope-invalid',
  ),
  literal(
    "Error 403: access_denied The developer hasn't given you access to this app. It's currently being tested and it hasn't been verified by Google.",
    'a decoded authError',
    'not-a-test-user',
  ),
  literal(
    'Example Mail has not completed the Google verification process. The app is currently being tested, and can only be accessed by developer-approved testers.',
    'github.com/googleworkspace/cli issue 281',
    'not-a-test-user',
  ),
  literal('Error 403: org_internal', 'Google, limited-input device guide', 'org-internal'),
  literal(
    'Access blocked: Example Mail can only be used within its organization.',
    'pages copied into public notes',
    'org-internal',
  ),
  literal('Error 400: admin_policy_enforced', 'github.com/taers232c/GAMADV-XTD3 issue 449', 'admin-blocked'),
  literal(
    'Error 400: access_not_configured',
    'Google Account help, Understand & fix error codes',
    'institution-review',
  ),
  literal(
    'Your institution’s admin needs to review Example Mail',
    'pages copied into public notes',
    'institution-review',
  ),
  literal(
    'Error 403: disallowed_useragent',
    'github.com/thunderbird/thunderbird-android issue 7316',
    'embedded-browser',
  ),
  literal(
    "Invalid parameter value for code_challenge_method: 'S512' is not a valid CodeChallengeMethod",
    'github.com/supabase/auth-js issue 669',
    'parameter-refused',
  ),
  literal(
    'Sign in with Google temporarily disabled for this app',
    'https://support.google.com/cloud/answer/7454865',
    'unverified-cap',
  ),
  literal(
    'Parameter not allowed for this message type: code_challenge_method',
    'github.com/odoo/odoo pull request 91443',
    'parameter-refused',
  ),
  literal(
    'GET /callback?state=x&error=access_denied',
    'https://developers.google.com/identity/protocols/oauth2/web-server',
    'user-refused',
  ),
  literal('/callback?error=consent_required', 'OpenID Connect Core §3.1.2.6', 'prompt-none'),
  literal('/callback?error=login_required', 'OpenID Connect Core §3.1.2.6', 'prompt-none'),
  literal('/callback?error=interaction_required', 'OpenID Connect Core §3.1.2.6', 'prompt-none'),
]

/** The token endpoint and the revocation endpoint. */
const token: readonly Literal[] = [
  literal(
    '{"error":"invalid_grant","error_description":"Malformed auth code."}',
    'github.com/google/device-access-sample-web-app issue 5',
    'code-garbled',
  ),
  literal(
    '{"error":"invalid_grant","error_description":"Bad Request"}',
    'github.com/google/gmail-oauth2-tools issue 29',
    ...ofRefresh,
    'code-used-twice',
  ),
  literal(
    '{"error":"invalid_grant","error_description":"Token has been expired or revoked."}',
    'github.com/janeczku/calibre-web issue 3305',
    ...ofRefresh,
  ),
  literal(
    '{"error":"invalid_grant","error_description":"Missing code verifier."}',
    'github.com/googleapis/google-api-php-client issue 2669',
    'verifier-missing',
  ),
  literal(
    '{"error":"invalid_grant","error_description":"Invalid code verifier."}',
    'github.com/googleapis/google-api-java-client issue 1479',
    'verifier-wrong',
  ),
  literal(
    '{"error":"invalid_grant","error_description":"code_verifier or verifier is not needed"}',
    'github.com/googleapis/google-api-nodejs-client issue 3680',
    'verifier-not-needed',
  ),
  literal(
    '{"error":"invalid_grant","error_description":"reauth related error (invalid_rapt)","error_subtype":"invalid_rapt"}',
    'github.com/cline/cline issue 4080',
    'session-control',
  ),
  literal(
    '{"error":"invalid_grant","error_subtype":"rapt_required"}',
    'github.com/googleapis/google-auth-library-python google/oauth2/reauth.py',
    'session-control',
  ),
  literal(
    '{"error":"redirect_uri_mismatch","error_description":"Bad Request"}',
    'github.com/iMerica/dj-rest-auth issue 525',
    'exchange-redirect-differs',
  ),
  literal(
    '{"error":"invalid_request","error_description":"client_secret is missing."}',
    'github.com/taylorwilsdon/google_workspace_mcp issue 1008',
    'secret-missing',
  ),
  literal(
    '{"error":"invalid_request","error_description":"Could not determine client ID from request."}',
    'github.com/neomutt/neomutt issue 3477',
    'client-id-missing',
  ),
  literal(
    '{"error":"invalid_request","error_description":"Required parameter is missing: grant_type"}',
    'github.com/googlearchive/gplus-quickstart-ruby issue 11',
    'grant-type-wrong',
  ),
  literal(
    '{"error":"unsupported_grant_type","error_description":"Invalid grant_type: password"}',
    'github.com/android/play-billing-samples issue 471',
    'grant-type-wrong',
  ),
  literal(
    '{"error":"invalid_request","error_description":"Missing required parameter: code"}',
    'github.com/joomla-framework/oauth2 issue 28',
    'code-parameter-missing',
  ),
  literal(
    '{"error":"invalid_request","error_description":"Missing required parameter: refresh_token"}',
    'by analogy',
    'code-parameter-missing',
  ),
  literal(
    '{"error":"invalid_client","error_description":"The OAuth client was not found."}',
    'github.com/Edujugon/laravel-google-ads issue 17',
    'client-unknown',
  ),
  literal(
    '{"error":"invalid_client","error_description":"The provided client secret is invalid."}',
    'two captured answers',
    'secret-wrong',
  ),
  literal(
    '{"error":"invalid_client","error_description":"Unauthorized"}',
    'github.com/SocialiteProviders/Providers issue 564',
    'secret-wrong',
  ),
  literal(
    "invalid_client: Only clients of type 'TVs and Limited Input devices' can use the OAuth 2.0 flow",
    'github.com/anxdpanic/plugin.video.youtube issue 325',
    'device-flow-client',
  ),
  literal('{"error":"org_internal"}', 'Google, limited-input device guide', 'org-internal'),
  literal(
    '{"error":"unauthorized_client","error_description":"Unauthorized"}',
    'github.com/nodemailer/nodemailer issue 266',
    'token-of-another-client',
  ),
  literal(
    '{"error":"invalid_scope","error_description":"Some requested scopes were invalid. {invalid=[a]}"}',
    'github.com/googleapis/google-auth-library-python issue 999',
    'scope-invalid',
  ),
  literal(
    '{"error":"admin_policy_enforced","error_description":"Bad Request"}',
    'Google, Using OAuth 2.0 to Access Google APIs',
    'admin-blocked',
  ),
  literal('{"error_code":"rate_limit_exceeded"}', 'Google, limited-input device guide', 'quota-exceeded'),
  literal('{"error":"internal_failure"}', 'github.com/googleapis/google-auth-library-python pull 368', 'google-outage'),
  literal(
    '{"error":"server_error"}',
    'github.com/googleapis/google-auth-library-python google/oauth2/_client.py',
    'google-outage',
  ),
  literal(
    '{"error":"temporarily_unavailable"}',
    'github.com/googleapis/google-auth-library-python google/oauth2/_client.py',
    'google-outage',
  ),
  literal(
    '{"error":"invalid_token","error_description":"Token expired or revoked"}',
    'github.com/customeros/customeros pull 11611',
    'revoked-already',
  ),
  literal(
    '{"error":"authorization_pending","error_description":"Precondition Required"}',
    'Google, limited-input device guide',
    'device-waiting',
  ),
  literal(
    '{"error":"slow_down","error_description":"Forbidden"}',
    'Google, limited-input device guide',
    'device-waiting',
  ),
]

/** Service accounts. */
const assertions: readonly Literal[] = [
  literal(
    'unauthorized_client: Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
    'github.com/googleapis/google-api-php-client issue 2214',
    'delegation-missing',
  ),
  literal(
    '{"error":"access_denied","error_description":"Requested client not authorized."}',
    'github.com/GAM-team/GAM src/gam/gamlib/glapi.py',
    'delegation-scope',
  ),
  literal(
    '{"error":"disabled_client","error_description":"The OAuth client was disabled."}',
    'Google, Using OAuth 2.0 for Server to Server Applications',
    'client-disabled',
  ),
  literal(
    'invalid_grant: Not a valid email',
    'github.com/googleapis/google-api-php-client issue 783',
    'delegated-user-unknown',
  ),
  literal(
    'invalid_grant: Invalid email or User ID',
    'github.com/googleapis/google-api-php-client issue 1207',
    'delegated-user-unknown',
  ),
  literal(
    "invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your 'iat' and 'exp' values and use a clock with skew to account for clock differences between systems.",
    'Google, Using OAuth 2.0 for Server to Server Applications',
    'assertion-clock',
  ),
  literal(
    'invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    'a captured answer',
    'assertion-clock',
  ),
  literal(
    'invalid_grant: Invalid JWT Signature.',
    'github.com/googleapis/google-cloud-python issue 10004',
    'assertion-signature',
  ),
  literal(
    'invalid_scope: Invalid OAuth scope or ID token audience provided.',
    'github.com/googleapis/google-oauth-java-client issue 602',
    'assertion-scope',
  ),
  literal(
    'org_internal: This client is restricted to users within its organization.',
    'Google, Using OAuth 2.0 for Server to Server Applications',
    'org-internal',
  ),
]

const bad = 'eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ=='
const documented =
  'eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIG1hYyIsInNjb3BlIjoiaHR0cHM6Ly9tYWlsLmdvb2dsZS5jb20vIn0K'
const ofLogin = ['wrong-scope', 'access-token-expired', 'wrong-user']

/** IMAP and SMTP. */
const mail: readonly Literal[] = [
  literal(
    `+ ${bad}\nA1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)`,
    'github.com/google/gmail-oauth2-tools issue 78',
    ...ofLogin,
  ),
  literal(`+ ${documented}\nA01 NO SASL authentication failed`, 'Google, XOAUTH2 protocol', ...ofLogin),
  literal(
    `+ ${btoa('{"status":"invalid_request","scope":"https://mail.google.com/"}')}\nA1 NO Lookup failed o8mb163401485wme`,
    'github.com/postalsys/imapflow issue 157',
    'wrong-scope',
    'service-account-as-user',
  ),
  literal(
    'BAD Client aborted AUTHENTICATE command. cn9mb200386477igc',
    'github.com/OfflineIMAP/offlineimap issue 374',
    'challenge-cancelled',
  ),
  literal(
    '535-5.7.1 Username and Password not accepted. Learn more at',
    'Google, XOAUTH2 protocol',
    'wrong-scope',
    'password-login',
    'access-token-expired',
  ),
  literal(
    '535 5.7.8 https://support.google.com/mail/?p=BadCredentials c7sm19648018pfp.164 - gsmtp',
    'github.com/jstedfast/MailKit issue 1329',
    'wrong-scope',
    'password-login',
    'access-token-expired',
  ),
  literal(
    'NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
    'github.com/LukeSmithxyz/mutt-wizard issue 831',
    'app-password-required',
  ),
  literal(
    '* NO [WEBALERT https://accounts.google.com/signin/continue?sarp=1&scc=1&plt=AK] Web login required.',
    'github.com/pmengal/MailSystem.NET issue 17',
    'web-login-required',
  ),
  literal(
    'NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)',
    'github.com/pmengal/MailSystem.NET issue 17',
    'web-login-required',
  ),
  literal(
    'NO [ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for questions about this feature. (Failure)',
    'a captured log',
    'imap-off',
  ),
  literal(
    'NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page',
    'the code of many clients',
    'imap-not-enabled',
  ),
  literal(
    'NO [ALERT] Too many simultaneous connections. (Failure)',
    'github.com/jstedfast/MailKit issue 377',
    'too-many-connections',
  ),
  literal(
    `+ ${bad}\nA1 NO [ALERT] Too many simultaneous connections. (Failure)`,
    'github.com/jstedfast/MailKit issue 377',
    'too-many-connections',
  ),
  literal('* BYE Account exceeded command or bandwidth limits.', 'another author’s test', 'throttled'),
  literal(
    'NO [OVERQUOTA] Account exceeded command or bandwidth limits.',
    'github.com/ljmerza/ha-email-sensor issue 16',
    'throttled',
  ),
  literal('NO [ALERT] Temporary System Problem. Try again later. (Failure)', 'another author’s test', 'gmail-outage'),
  literal(
    '* BYE Session expired, please login again.',
    'github.com/emailjs/emailjs-imap-client issue 142',
    'session-expired',
  ),
  literal('* BYE [LIMIT] IMAP command sent too fast', 'another author’s runbook', 'throttled'),
  literal('BAD Invalid SASL argument. x76mb603055274wlx', 'fixtures/gmail/front.json', 'sasl-malformed'),
]

export const literals: readonly Literal[] = [...authorization, ...token, ...assertions, ...mail]
