import { type Literal, literal } from './literal.fixture.ts'

const comply = "You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy"
/** The authorization endpoint’s pages and redirects. */
export const pageLiterals: readonly Literal[] = [
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
  literal('Error 400: policy_enforced', 'github.com/thunderbird/thunderbird-android issue 8256', 'advanced-protection'),
  literal(
    'Advanced Protection prevented your Google Account from being signed in.',
    'github.com/joseballester/muFunds issue 46',
    'advanced-protection',
  ),
  literal(
    'Access blocked: Example Mail is not approved by Advanced Protection',
    'github.com/jamesread/prometheus-gmail-exporter issue 14',
    'advanced-protection',
  ),
  literal('Error 403: restricted_client', 'github.com/google/site-kit-wp issue 239', 'consent-screen-unset'),
  literal(
    'This app is not yet configured to make OAuth requests. To do that, set up the app’s OAuth consent screen in the Google Cloud Console.',
    'github.com/firebase/quickstart-js issue 324',
    'consent-screen-unset',
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
