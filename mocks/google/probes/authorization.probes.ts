import { type Changes, type Circumstances, probe, says } from './authorization-probe.fixture.ts'
import type { Probe, Seen } from './probe.fixture.ts'

const page = (name: string, row: string, changes: Changes, answer: Seen, circumstances: Circumstances = {}): Probe =>
  probe(name, `authorization-errors/${row}`, changes, answer, circumstances)

const invalid = (description: string): Seen => says(400, 'invalid_request', description)
const scopes = (list: string): Seen => says(400, 'invalid_scope', `Some requested scopes were invalid. ${list}`)
const unsupported = (type: string): Seen => says(400, 'unsupported_response_type', `Invalid response_type: ${type}`)

/** A parameter left out or empty. */
const lacks = (name: string, value: string | null = null): Probe =>
  page(
    value === null ? `no ${name}` : `${name} “${value}”`,
    name === 'response_type' ? 'response-type-missing' : 'parameter-missing',
    { [name]: value },
    invalid(`${name === 'response_type' ? 'Required parameter is missing' : 'Missing required parameter'}: ${name}`),
  )
const twice = (name: string, ...values: readonly string[]): Probe =>
  page(
    `two of ${name}`,
    'parameter-repeated',
    { [name]: values },
    invalid(`OAuth 2 parameters can only have a single value: ${name}`),
  )
const badScope = (scope: string, list: string): Probe =>
  page(`scope ${scope}`, 'scope-invalid', { scope }, scopes(list))
const badPrompt = (prompt: string, told = prompt): Probe =>
  page(
    `prompt ${prompt}`,
    'prompt-invalid',
    { prompt },
    invalid(`Invalid parameter value for prompt: Invalid prompt: ${told}`),
  )
const badMethod = (method: string): Probe =>
  page(
    `code_challenge_method ${method}`,
    'challenge-method-invalid',
    { code_challenge_method: method },
    invalid(`Invalid parameter value for code_challenge_method: '${method}' is not a valid CodeChallengeMethod`),
  )
const badChallenge = (name: string, challenge: string): Probe =>
  page(
    name,
    'challenge-malformed',
    { code_challenge: challenge },
    invalid('Invalid parameter value for code_challenge'),
  )
const badAccessType = (type: string): Probe =>
  page(
    `access_type “${type}”`,
    'access-type-invalid',
    { access_type: type },
    invalid(`Invalid parameter value for access_type: '${type}' is not valid`),
  )
const stray = (name: string, changes: Changes): Probe =>
  page(
    `${name} where it does not belong: ${Object.keys(changes).join(', ')}`,
    'parameter-not-allowed',
    changes,
    invalid(`Parameter not allowed for this message type: ${name}`),
  )

const challengeless = { code_challenge: null, code_challenge_method: null }
const nothing = {
  ...challengeless,
  client_id: null,
  redirect_uri: null,
  response_type: null,
  scope: null,
  state: null,
  nonce: null,
}

/** What is wrong with the parameters: no user is asked anything. */
const parameters: readonly Probe[] = [
  page(
    'a request of nothing',
    'response-type-missing',
    nothing,
    invalid('Required parameter is missing: response_type'),
  ),
  ...['response_type', 'client_id', 'redirect_uri', 'scope'].flatMap((name) => [lacks(name), lacks(name, '')]),
  lacks('scope', ' '),
  twice('client_id', 'a', 'b'),
  twice('redirect_uri', 'http://127.0.0.1:1/', 'http://127.0.0.1:2/'),
  twice('scope', 'openid', 'email'),
  twice('state', 'one', 'one'),
  twice('x_unknown', '1', '2'),
  page(
    'an unknown response_type',
    'response-type-unknown',
    { response_type: 'foo' },
    invalid('Invalid response_type: foo'),
  ),
  page(
    'an unknown response_type by the switch',
    'response-type-unsupported',
    { response_type: 'foo' },
    unsupported('foo'),
    {
      switches: { unknownResponseType: 'response-type-unsupported' },
    },
  ),
  page(
    'the hybrid flow',
    'response-type-unsupported',
    { response_type: 'code id_token' },
    unsupported('code id_token'),
  ),
  page(
    'the implicit grant',
    'response-type-unsupported',
    { ...challengeless, response_type: 'token', nonce: null },
    unsupported('token'),
  ),
  badScope('https://mail.google.com', '{invalid=[https://mail.google.com]}'),
  badScope('HTTPS://mail.google.com/', '{invalid=[HTTPS://mail.google.com/]}'),
  badScope('gmail.readonly', '{invalid=[gmail.readonly]}'),
  badScope('openid offline_access', '{valid=[openid], invalid=[offline_access]}'),
  badScope('openid,email', '{invalid=[openid,email]}'),
  badPrompt('login'),
  badPrompt('Consent'),
  badPrompt('none consent'),
  badPrompt('consent create', 'create'),
  badMethod('s256'),
  badMethod('S512'),
  badChallenge('a challenge of 42 characters', 'a'.repeat(42)),
  badChallenge('a challenge of 129 characters', 'a'.repeat(129)),
  badChallenge('a challenge with padding', `${'a'.repeat(43)}=`),
  badAccessType('offline '),
  badAccessType('always'),
  stray('username', { username: 'alice' }),
  stray('action', { action: 'login' }),
  stray('code_challenge', { response_type: 'id_token' }),
  stray('code_challenge_method', { response_type: 'token id_token', code_challenge: null }),
  stray('nonce', { response_type: 'token', ...challengeless }),
]

const client = (state: 'disabled' | 'deleted'): Circumstances => ({
  before: ({ google }) => google.setClient(mail, state),
})
const mail = '123456789012-desktopdesktopdesktopdesktopdesk.apps.googleusercontent.com'
const wholeRequest = [
  `client_id=${mail}`,
  'redirect_uri=http://127.0.0.1:53789/callback',
  'response_type=code',
  'scope=https://mail.google.com/',
  'state=hQ2vN8sKx4TbW7mZp9RcLd3F',
]
const short = { scope: 'https://mail.google.com/', nonce: null, ...challengeless }
const embedded = says(
  403,
  'disallowed_useragent',
  'You can’t sign in from this screen because this app doesn’t comply with Google’s secure browsers policy. If this app has a website, you can open a web browser and try signing in from there.\n\nYou can let the app developer know that this app doesn’t comply with Google’s secure browsers policy.',
  wholeRequest,
)
const webView =
  'Mozilla/5.0 (Linux; Android 10; Phone Build/1; wv) AppleWebKit/537.36 Version/4.0 Chrome/81.0 Mobile Safari/537.36'
const wkWebView =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 13_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'

/** Who asks, and in what. */
const clients: readonly Probe[] = [
  page(
    'an unknown client',
    'client-unknown',
    { client_id: '1-a.apps.googleusercontent.com' },
    says(401, 'invalid_client', 'The OAuth client was not found.'),
  ),
  page(
    'a deleted client',
    'client-deleted',
    {},
    says(401, 'deleted_client', 'The OAuth client was deleted.'),
    client('deleted'),
  ),
  page(
    'a disabled client',
    'client-disabled',
    {},
    says(401, 'disabled_client', 'The OAuth client was disabled.'),
    client('disabled'),
  ),
  page(
    'a client that nobody used for half a year',
    'client-deleted',
    {},
    says(401, 'deleted_client', 'The OAuth client was deleted.'),
    {
      switches: { inactiveClient: 'deleted' },
      before: ({ clock }) => clock.set(clock.now() + 184 * 86_400_000),
    },
  ),
  page('an Android WebView', 'embedded-browser', short, embedded, { userAgent: webView }),
  page('a WKWebView', 'embedded-browser', short, embedded, { userAgent: wkWebView }),
]

const beingTested =
  'Example Mail has not completed the Google verification process. The app is currently being tested, and can only be accessed by developer-approved testers. If you think you should have access, contact the developer.'
const insiders = says(
  403,
  'org_internal',
  'Example Mail is restricted to users within its organization. If you think you should have access, you can contact the developer.',
  wholeRequest,
)
const policy =
  'Access to your account data is restricted by policies within your organization. Please contact the administrator of your organization for more information.'
const full = says(
  401,
  'disabled_client',
  'Sign in with Google temporarily disabled for this app. This app has not been verified yet by Google in order to use Google Sign In.',
  wholeRequest,
)
const internal = { userType: 'internal', organisation: 'example.test' } as const
const unverified = { verified: false, earlierUsers: 100 } as const

/** What the chosen account may not do. */
const accounts: readonly Probe[] = [
  page(
    'no test user of an application in Testing',
    'not-a-test-user',
    short,
    says(403, 'access_denied', beingTested, wholeRequest),
    {
      project: { publishingStatus: 'testing', testUsers: ['bob@example.test'] },
    },
  ),
  page('a consumer account at an internal application', 'outside-organisation', short, insiders, { project: internal }),
  page('another organisation at an internal application', 'outside-organisation', short, insiders, {
    project: internal,
    account: { organisation: 'other.example.test' },
  }),
  page(
    'an application that the administrator restricts',
    'admin-policy',
    short,
    says(400, 'admin_policy_enforced', policy, wholeRequest),
    {
      account: { organisation: 'example.test', policy: 'restricted' },
    },
  ),
  page(
    'an application that a school has not reviewed',
    'access-not-configured',
    short,
    says(
      400,
      'access_not_configured',
      "You can't access this app until an admin at your institution reviews and configures access for it.",
      wholeRequest,
    ),
    { account: { organisation: 'example.test', policy: 'not-configured' } },
  ),
  page('the hundred-and-first user without verification', 'user-cap-reached', short, full, { project: unverified }),
]

const back = (error: string): Seen => ({
  status: 302,
  error,
  state: 'hQ2vN8sKx4TbW7mZp9RcLd3F',
  iss: 'https://accounts.google.com',
})
const none = { prompt: 'none' }

/** What goes back to the client. */
const redirects: readonly Probe[] = [
  probe('a user who refuses', 'RFC 6749 §4.1.2.1', {}, back('access_denied'), { user: { decision: 'deny' } }),
  probe(
    'a user who refuses a client without state',
    'RFC 6749 §4.1.2.1',
    { state: null },
    { ...back('access_denied'), state: null },
    {
      user: { decision: 'deny' },
    },
  ),
  probe('a user who goes back at the warning', 'RFC 6749 §4.1.2.1', {}, back('access_denied'), {
    project: { verified: false },
    user: { warning: 'back' },
  }),
  probe('a user who grants nothing new', 'RFC 6749 §4.1.2.1', {}, back('access_denied'), {
    before: (_, browse) => browse({ scope: 'openid email' }),
    user: { ticks: [] },
  }),
  probe('prompt none and nobody signed in', 'OpenID Connect Core §3.1.2.6', none, back('login_required')),
  probe('prompt none and no consent', 'OpenID Connect Core §3.1.2.6', none, back('consent_required'), {
    before: (_, browse) => browse({ scope: 'openid' }),
  }),
  probe(
    'prompt none and a hint at somebody else',
    'OpenID Connect Core §3.1.2.6',
    { ...none, login_hint: 'bob@example.test' },
    back('login_required'),
    {
      before: (_, browse) => browse(),
    },
  ),
  probe('prompt none and an account that was disabled', 'OpenID Connect Core §3.1.2.6', none, back('login_required'), {
    before: async ({ google }, browse) => {
      await browse()
      google.setAccount('alice@example.test', 'disabled')
    },
  }),
]

export const authorizationProbes: readonly Probe[] = [...parameters, ...clients, ...accounts, ...redirects]
