import type { Cause } from '../model.ts'

const web = 'https://developers.google.com/identity/protocols/oauth2/web-server#authorization-errors'
const nothing = 'Nothing; the application is at fault.'

/** Why Google's pages stop a request before the user can consent: the request itself. */
export const authorizationRequestCauses: readonly Cause[] = [
  {
    id: 'redirect-not-registered',
    title: 'The redirect URI is not registered for this client',
    prior: 1,
    explains: ['redirect_uri_mismatch', 'redirect-register'],
    signs: {
      ...{ 'redirect-register': 6, 'redirect-page': 5 },
      ...{ 'bad-request': -5, 'at-exchange': -2, 'oob-web': -8, 'origin-register': -10 },
    },
    answers: { stage: { exchange: -5 } },
    user: nothing,
    application:
      'Register the very URI that is sent (scheme, host, port, path, slash); a change takes minutes to hours to count. A Desktop client needs none for loopback.',
    source: web,
    preset: 'redirect-mismatch',
  },
  {
    id: 'origin-not-registered',
    title: 'The JavaScript origin is not registered for this client',
    explains: ['origin_mismatch', 'origin-register'],
    signs: { 'origin-register': 10, origin_mismatch: 6 },
    user: nothing,
    application: 'Register scheme, host and port of the page as an authorized JavaScript origin, without a path.',
    source: 'https://support.google.com/cloud/answer/15549257',
    preset: null,
  },
  {
    id: 'oob-with-web-client',
    title: 'The out-of-band redirect was used with a client of the type Web',
    explains: ['oob-web'],
    signs: { 'oob-web': 10 },
    user: nothing,
    application: 'Make a Desktop client and a loopback redirect; out-of-band has ended.',
    source: 'github.com/dolfim/django-gmailapi-backend issue 3; github.com/joshcarty/google-searchconsole issue 69',
    preset: 'redirect-mismatch',
  },
  {
    id: 'oob-ended',
    title: 'The out-of-band flow (a code that is copied by hand) has ended',
    explains: ['oob-blocked', 'oob-redirect'],
    signs: { 'oob-blocked': 12, 'oob-redirect': 5 },
    user: 'Update the application.',
    application: 'Listen on http://127.0.0.1 with a free port and send that as the redirect URI.',
    source:
      'https://developers.google.com/identity/protocols/oauth2/resources/oob-migration; github.com/google/gmail-oauth2-tools issue 49',
    preset: 'any',
  },
  {
    id: 'loopback-blocked',
    title: 'A loopback redirect with a client type that may have none: Android, iOS, Chrome, limited input',
    explains: ['loopback-blocked'],
    signs: { 'loopback-blocked': 10 },
    user: nothing,
    application: 'Use a client of the type Desktop for a desktop program; on a phone use the type’s own custom scheme.',
    source:
      'https://developers.google.com/identity/protocols/oauth2/resources/loopback-migration; github.com/browserslist/browserslist-ga issue 43',
    preset: 'mobile-client',
  },
  {
    id: 'custom-scheme-off',
    title: 'A custom scheme is used that this client may not have',
    explains: ['custom-scheme'],
    signs: { 'custom-scheme': 10 },
    user: nothing,
    application:
      'Turn custom schemes on in the Android client’s advanced settings, or use the platform’s own sign-in; Web and Chrome clients have none.',
    source:
      'https://developers.google.com/identity/protocols/oauth2/native-app; github.com/MaikuB/flutter_appauth issue 455',
    preset: 'mobile-client',
  },
  {
    id: 'private-address-redirect',
    title: 'The redirect URI is a private IP address',
    explains: ['private-address'],
    signs: { 'private-address': 10 },
    user: 'Open the application under its public name, or on the machine itself.',
    application: 'Use https with a public name, or http://127.0.0.1; addresses such as 192.168.… are refused.',
    source: 'github.com/onyx-dot-app/onyx issue 7854',
    preset: 'any',
  },
  {
    id: 'redirect-invalid',
    title: 'The redirect URI breaks one of Google’s validation rules',
    explains: ['validation-rules'],
    signs: { 'validation-rules': 8, 'oob-redirect': -8, 'oob-blocked': -10 },
    user: nothing,
    application: 'An absolute URI, https but on localhost, without fragment, wildcard, user or “..”.',
    source: 'https://developers.google.com/identity/protocols/oauth2/web-server#uri-validation',
    preset: 'any',
  },
  {
    id: 'scope-invalid',
    title: 'A scope is misspelt, unknown or another provider’s',
    explains: ['invalid_scope', 'scope-invalid'],
    signs: { 'scope-invalid': 5, 'offline-access-scope': 2, 'scope-invalid-audience': -10, 'device-scope': -10 },
    user: nothing,
    application:
      'Ask for https://mail.google.com/ with its slash; offline_access is none of Google’s (access_type=offline is), and short names of APIs fail.',
    source:
      'https://developers.google.com/identity/protocols/oauth2/scopes; github.com/zquestz/omniauth-google-oauth2 issue 18',
    preset: 'any',
  },
  {
    id: 'parameter-missing',
    title: 'The authorization request lacks client_id, redirect_uri, response_type or scope',
    explains: ['parameter-missing'],
    signs: { 'parameter-missing': 10 },
    user: nothing,
    application: 'Send client_id, redirect_uri, response_type=code and scope; an empty setting is a missing one.',
    source: 'github.com/ntawileh/obsidian-google-lookup issue 27; github.com/googleworkspace/node-samples issue 79',
    preset: 'any',
  },
  {
    id: 'parameter-refused',
    title: 'The authorization request has a parameter that Google does not take',
    explains: [
      'parameter-not-allowed',
      'parameter-twice',
      'challenge-method',
      'response-type',
      'unsupported_response_type',
    ],
    signs: { 'parameter-not-allowed': 8, 'parameter-twice': 8, 'challenge-method': 8, 'response-type': 8 },
    user: nothing,
    application:
      'Leave it out: response_type=code, code_challenge_method=S256, each parameter once, nothing of one’s own.',
    source: `${web}; github.com/supabase/auth-js issue 669; github.com/odoo/odoo pull request 91443`,
    preset: 'any',
  },
  {
    id: 'request-invalid',
    title: 'A parameter of the request is missing or not taken; nothing in the log says which',
    prior: -3,
    explains: ['invalid_request'],
    user: nothing,
    application:
      'Log error_description too, or open “error details” on Google’s page: either names the parameter. Then ask again.',
    source: `${web}; RFC 6749 §4.1.2.1 and §5.2`,
    preset: 'any',
  },
  {
    id: 'embedded-browser',
    title: 'The sign-in runs in a web view, which Google does not allow',
    explains: ['disallowed_useragent', 'webview'],
    signs: { disallowed_useragent: 6, webview: 6 },
    user: 'Open the sign-in in the system’s browser.',
    application: 'Open the system’s browser, or a custom tab, and come back by a redirect.',
    source: `${web}-disallowed-useragent; github.com/thunderbird/thunderbird-android issue 7316`,
    preset: 'any',
  },
  {
    id: 'state-mismatch',
    title: 'The answer belongs to another sign-in: the state differs',
    explains: ['state-mismatch'],
    user: 'Begin anew, in one window.',
    application:
      'Keep state for each sign-in, in a cookie that the redirect brings back (SameSite=Lax), and on one host name.',
    source: 'RFC 6749 §10.12; RFC 9700 §4.7',
    preset: null,
  },
  {
    id: 'issuer-unexpected',
    title: 'The library stumbles over `iss` in the redirect, which Google sends since 2026',
    explains: ['issuer-unexpected'],
    user: 'Update the application.',
    application:
      'Compare iss with https://accounts.google.com, without a slash at the end; do not refuse an unannounced one.',
    source: 'RFC 9207 §2.4; github.com/openiddict/openiddict-core issue 2428',
    preset: null,
  },
  {
    id: 'scope-order',
    title: 'The library takes the scopes of the answer for others than it asked for',
    explains: ['scope-changed'],
    user: 'Nothing, unless a box on the consent screen was left empty.',
    application:
      'Compare scopes as a set, email and profile by their long names; then look whether https://mail.google.com/ is among them.',
    source: 'github.com/requests/requests-oauthlib issue 387; https://developers.google.com/identity/protocols/oauth2',
    preset: null,
  },
  {
    id: 'prompt-none',
    title: 'prompt=none, and the user is not signed in or has not consented',
    explains: ['login_required', 'consent_required', 'interaction_required', 'account_selection_required'],
    user: 'Sign in with the consent screen once.',
    application: 'Repeat without prompt=none.',
    source: 'OpenID Connect Core §3.1.2.6; https://developers.google.com/identity/openid-connect/openid-connect',
    preset: 'any',
  },
]
