import { describe, expect, test } from 'vitest'
import { decodeAuthError, encodeAuthError } from './auth-error.ts'
import { authorizationParameters, consent, redirectUri, userAgentFor } from '../flow.fixture.ts'
import { type OpenGoogle, bob, openGoogle, web } from '../google.fixture.ts'

type Changes = Readonly<Record<string, string | null>>
const authorize = 'https://accounts.google.com/o/oauth2/v2/auth'
const offline = { client_id: web.client_id }
const mismatch = 'register the redirect URI in the Google Cloud Console.'
const validation = "doesn't comply with one or more Google validation rules."

/** One row a page: what is changed in an otherwise good request, and what the page says. */
const pages: readonly (readonly [name: string, changes: Changes, number: number, code: string, message: string])[] = [
  ['no client_id', { client_id: null }, 400, 'invalid_request', 'Missing required parameter: client_id'],
  ['an empty client_id', { client_id: '' }, 400, 'invalid_request', 'Missing required parameter: client_id'],
  [
    'an unknown client',
    { client_id: '1-a.apps.googleusercontent.com' },
    401,
    'invalid_client',
    'The OAuth client was not found.',
  ],
  ['no redirect_uri', { redirect_uri: null }, 400, 'invalid_request', 'Missing required parameter: redirect_uri'],
  ['no scope', { scope: null }, 400, 'invalid_request', 'Missing required parameter: scope'],
  ['a blank scope', { scope: ' ' }, 400, 'invalid_request', 'Missing required parameter: scope'],
  ['no response_type', { response_type: null }, 400, 'invalid_request', 'Required parameter is missing: response_type'],
  ['an unknown response_type', { response_type: 'foo' }, 400, 'invalid_request', 'Invalid response_type: foo'],
  ['the implicit grant', { response_type: 'token' }, 400, 'unsupported_response_type', 'Invalid response_type: token'],
  [
    'an unknown scope',
    { scope: 'https://mail.google.com' },
    400,
    'invalid_scope',
    '{invalid=[https://mail.google.com]}',
  ],
  ['offline_access', { scope: 'openid offline_access' }, 400, 'invalid_scope', '{invalid=[offline_access]}'],
  ['a short scope name', { scope: 'gmail.readonly' }, 400, 'invalid_scope', '{invalid=[gmail.readonly]}'],
  [
    'a lower-case challenge method',
    { code_challenge_method: 's256' },
    400,
    'invalid_request',
    "'s256' is not a valid CodeChallengeMethod",
  ],
  [
    'an unknown prompt',
    { prompt: 'login' },
    400,
    'invalid_request',
    'Invalid parameter value for prompt: Invalid prompt: login',
  ],
  ['prompt none with another', { prompt: 'none consent' }, 400, 'invalid_request', 'Invalid prompt: none consent'],
  [
    'a parameter that Google refuses',
    { username: 'a' },
    400,
    'invalid_request',
    'Parameter not allowed for this message type: username',
  ],
  [
    'the out-of-band redirect',
    { redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' },
    400,
    'invalid_request',
    'The out-of-band (OOB) flow has been blocked',
  ],
  [
    'the out-of-band redirect of a web client',
    { ...offline, redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' },
    400,
    'redirect_uri_mismatch',
    mismatch,
  ],
  [
    'a public redirect of a desktop client',
    { redirect_uri: 'https://mail.example.test/callback' },
    400,
    'redirect_uri_mismatch',
    mismatch,
  ],
  ['https on loopback', { redirect_uri: 'https://127.0.0.1:53789/' }, 400, 'redirect_uri_mismatch', mismatch],
  [
    'a host that only begins like loopback',
    { redirect_uri: 'http://127.0.0.1.evil.example/' },
    400,
    'redirect_uri_mismatch',
    mismatch,
  ],
  ['a user in the redirect', { redirect_uri: 'http://user@127.0.0.1:53789/' }, 400, 'redirect_uri_mismatch', mismatch],
  [
    'a private address',
    { redirect_uri: 'http://192.168.1.5/cb' },
    400,
    'invalid_request',
    'device_id and device_name are required for private IP: http://192.168.1.5/cb',
  ],
  ['a relative redirect', { redirect_uri: '/callback' }, 400, 'invalid_request', validation],
  ['a fragment in the redirect', { redirect_uri: `${redirectUri}#x` }, 400, 'invalid_request', validation],
  [
    'another port of a web client',
    { ...offline, redirect_uri: 'http://localhost:8081/callback' },
    400,
    'redirect_uri_mismatch',
    mismatch,
  ],
  [
    'a trailing slash of a web client',
    { ...offline, redirect_uri: 'https://mail.example.test/callback/' },
    400,
    'redirect_uri_mismatch',
    mismatch,
  ],
  [
    'another case of a web client',
    { ...offline, redirect_uri: 'https://mail.example.test/Callback' },
    400,
    'redirect_uri_mismatch',
    mismatch,
  ],
]

async function errorOf(google: OpenGoogle, query: URLSearchParams) {
  const response = await google.respond(new Request(`${authorize}?${query}`), 'user-agent')
  expect(response.status).toBe(302)
  const location = new URL(response.headers.get('location')!)
  expect(location.origin + location.pathname).toBe('https://accounts.google.com/signin/oauth/error/v2')
  expect(location.searchParams.get('flowName')).toBe('GeneralOAuthFlow')
  return { location, error: decodeAuthError(location.searchParams.get('authError')!) }
}

describe('an authorization request that never goes back to the client', () => {
  test.each(pages)('%s', async (_, changes, number, code, message) => {
    const google = openGoogle()
    const query = await authorizationParameters(changes)
    const { location, error } = await errorOf(google, query)
    expect(error).toMatchObject({ number, code, message: expect.stringContaining(message) })
    expect(location.searchParams.get('client_id')).toBe(query.get('client_id') || null)
    const page = await google.respond(new Request(location), 'user-agent')
    expect(page.status).toBe(400)
    expect(await page.text()).toContain(`Error ${number}: ${code}`)
    expect(google.seen('as.error.sent')[0]!.fields).toMatchObject({ status: number, error: code })
  })

  test.each(['client_id', 'scope', 'state', 'redirect_uri'])('a repeated %s', async (name) => {
    const query = await authorizationParameters()
    query.append(name, 'again')
    const { error } = await errorOf(openGoogle(), query)
    expect(error?.message).toBe(`OAuth 2 parameters can only have a single value: ${name}`)
  })

  test('the switches choose the page’s status and the error of an unknown response_type', async () => {
    const google = openGoogle({ errorPageStatus: 200, unknownResponseType: 'response-type-unsupported' })
    const { location, error } = await errorOf(google, await authorizationParameters({ response_type: 'foo' }))
    expect(error?.code).toBe('unsupported_response_type')
    expect((await google.respond(new Request(location), 'user-agent')).status).toBe(200)
  })

  test('the page shows what it is told as text, never as markup', async () => {
    const google = openGoogle()
    const { location } = await errorOf(
      google,
      await authorizationParameters({ response_type: '<script>alert(1)</script>' }),
    )
    const html = await (await google.respond(new Request(location), 'user-agent')).text()
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script>')
  })
})

describe('an authorization request that is accepted', () => {
  const accepted: readonly (readonly [string, Changes])[] = [
    ['loopback without a port', { redirect_uri: 'http://127.0.0.1/cb' }],
    ['IPv6 loopback', { redirect_uri: 'http://[::1]:53789/cb' }],
    ['localhost with any port and path', { redirect_uri: 'http://localhost:1/a/b/c?d=e' }],
    ['the exact redirect of a web client', { ...offline, redirect_uri: 'http://localhost:8080/callback' }],
    ['plain as challenge method', { code_challenge_method: 'plain' }],
    ['no state and no nonce', { state: null, nonce: null }],
    ['both prompts', { prompt: 'select_account consent' }],
    ['parameters that nobody knows', { x_unknown: '1', hd: '*', display: 'page' }],
  ]
  test.each(accepted)('%s', async (_, changes) => {
    const arrived = await consent(openGoogle(), await authorizationParameters(changes))
    expect(arrived?.searchParams.get('code')).toMatch(/^4\/0A/)
    expect(arrived?.href.startsWith(changes['redirect_uri'] ?? 'http://127.0.0.1')).toBe(true)
    expect(arrived?.searchParams.has('state')).toBe(changes['state'] !== null)
  })

  test('on the older address too', async () => {
    const google = openGoogle()
    const browser = userAgentFor(google)
    await browser.open(`https://accounts.google.com/o/oauth2/auth?${await authorizationParameters()}`)
    expect(browser.arrived[0]?.searchParams.has('code')).toBe(true)
  })
})

describe('prompt', () => {
  test('none without a session is login_required, with one but no consent consent_required', async () => {
    const google = openGoogle()
    const browser = userAgentFor(google)
    const none = await authorizationParameters({ prompt: 'none' })
    expect((await consent(google, none, 'allow', browser))?.searchParams.get('error')).toBe('login_required')
    await consent(google, await authorizationParameters({ scope: 'openid' }), 'allow', browser)
    expect((await consent(google, none, 'allow', browser))?.searchParams.get('error')).toBe('consent_required')
    await consent(google, await authorizationParameters(), 'allow', browser)
    expect((await consent(google, none, 'allow', browser))?.searchParams.get('prompt')).toBe('none')
  })

  test('a login_hint for somebody else brings the chooser', async () => {
    const google = openGoogle()
    const browser = userAgentFor(google)
    await consent(google, await authorizationParameters(), 'allow', browser)
    const hinted = await consent(google, await authorizationParameters({ login_hint: bob.address }), 'allow', browser)
    expect(hinted?.searchParams.get('prompt')).toBe('consent')
  })

  test('a consent covers every client of the project', async () => {
    const google = openGoogle()
    const browser = userAgentFor(google)
    await consent(google, await authorizationParameters(), 'allow', browser)
    const other = { client_id: web.client_id, redirect_uri: 'http://localhost:8080/callback' }
    const second = await consent(google, await authorizationParameters(other), 'allow', browser)
    expect(second?.searchParams.get('prompt')).toBe('none')
  })
})

test('a consent form of another browser, or a forged one, grants nothing', async () => {
  const google = openGoogle()
  await google.respond(new Request(`${authorize}?${await authorizationParameters()}`), 'user-agent')
  const body = new URLSearchParams({ request: 'form-1', account: bob.sub, decision: 'allow', scope: 'openid' })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const forged = new Request('https://accounts.google.com/signin/oauth/consent', {
    method: 'POST',
    body: `${body}`,
    headers,
  })
  const response = await google.respond(forged, 'user-agent')
  expect(response.headers.get('location')).toContain('/signin/oauth/error/v2?')
  expect(google.seen('as.code.issued')).toEqual([])
})

describe('granular consent', () => {
  const postForm = async (google: OpenGoogle, scopes: readonly string[]) => {
    const two = 'openid https://mail.google.com/ https://www.googleapis.com/auth/drive.file'
    const page = await google.respond(
      new Request(`${authorize}?${await authorizationParameters({ scope: two })}`),
      'user-agent',
    )
    const cookie = page.headers.getSetCookie()[0]!.split(';')[0]!
    const body = new URLSearchParams([
      ['request', 'form-1'],
      ['account', bob.sub],
      ['decision', 'allow'],
      ...scopes.map((scope) => ['scope', scope]),
    ] as [string, string][])
    const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie }
    const form = { method: 'POST', body: String(body), headers }
    const response = await google.respond(
      new Request('https://accounts.google.com/signin/oauth/consent', form),
      'user-agent',
    )
    return new URL(response.headers.get('location')!).searchParams
  }

  test('grants what was ticked, and identity', async () => {
    expect((await postForm(openGoogle(), ['https://mail.google.com/'])).get('scope')).toBe(
      'https://mail.google.com/ openid',
    )
  })

  test('grants no scope that was never asked for', async () => {
    const answer = await postForm(openGoogle(), ['https://mail.google.com/', 'https://www.googleapis.com/auth/drive'])
    expect(answer.get('scope')).toBe('https://mail.google.com/ openid')
  })

  test('is an error when nothing was ticked', async () => {
    expect((await postForm(openGoogle(), [])).get('error')).toBe('access_denied')
  })
})

describe('authError', () => {
  test('survives being written and read', () => {
    const error = {
      code: 'a',
      message: 'ü '.repeat(100),
      help: 'h',
      number: 403,
      details: [
        ['n', 'v'],
        ['m', 'w'],
      ],
    } as const
    expect(decodeAuthError(encodeAuthError(error))).toEqual(error)
  })

  test.each(['%', 'AAAA', 'Cv8', 'CgVhYQ=='])('%s is no such message', (text) => {
    expect(decodeAuthError(text)?.code ?? '').toBe('')
  })
})
