import { describe, expect, test } from 'vitest'
import {
  authorizationParameters,
  consent,
  exchangeForm,
  post,
  refreshForm,
  signIn,
  tokenUrl,
  verifier,
} from './flow.fixture.ts'
import { type OpenGoogle, desktop, openGoogle, web } from './google.fixture.ts'

type Form = Record<string, string>
type Changes = Readonly<Record<string, string | null>>
type Words = readonly [status: number, error: string, description: string]

const grantBad: Words = [400, 'invalid_grant', 'Bad Request']
const unknownClient = '1-nobodynobodynobodynobodynobodyno.apps.googleusercontent.com'
const mail = 'https://mail.google.com/'

const changed = (form: Form, changes: Changes): Form =>
  Object.fromEntries(
    Object.entries({ ...form, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null),
  )

/** One row a refusal: what is changed in an otherwise good exchange, and Google's words. */
const exchanges: readonly (readonly [name: string, changes: Changes, ...words: Words])[] = [
  ['no grant_type', { grant_type: null }, 400, 'invalid_request', 'Required parameter is missing: grant_type'],
  ['an empty grant_type', { grant_type: '' }, 400, 'invalid_request', 'Required parameter is missing: grant_type'],
  ['an unknown grant_type', { grant_type: 'password' }, 400, 'unsupported_grant_type', 'Invalid grant_type: password'],
  ['no client_id', { client_id: null }, 400, 'invalid_request', 'Could not determine client ID from request.'],
  ['an empty client_id', { client_id: '' }, 400, 'invalid_request', 'Could not determine client ID from request.'],
  ['an unknown client', { client_id: unknownClient }, 401, 'invalid_client', 'The OAuth client was not found.'],
  ['no client_secret, with PKCE', { client_secret: null }, 400, 'invalid_request', 'client_secret is missing.'],
  ['an empty client_secret', { client_secret: '' }, 400, 'invalid_request', 'client_secret is missing.'],
  [
    'a wrong client_secret',
    { client_secret: 'GOCSPX-wrong' },
    401,
    'invalid_client',
    'The provided client secret is invalid.',
  ],
  ['no code', { code: null }, 400, 'invalid_request', 'Missing required parameter: code'],
  ['a truncated code', { code: '4/0AbCdEf' }, 400, 'invalid_grant', 'Malformed auth code.'],
  ['garbage for a code', { code: 'garbage' }, 400, 'invalid_grant', 'Malformed auth code.'],
  ['a code that nobody issued', { code: `4/0A${'x'.repeat(69)}` }, ...grantBad],
  ['no redirect_uri', { redirect_uri: null }, 400, 'redirect_uri_mismatch', 'Bad Request'],
  [
    'another port in redirect_uri',
    { redirect_uri: 'http://127.0.0.1:53790/callback' },
    400,
    'redirect_uri_mismatch',
    'Bad Request',
  ],
  [
    'another path in redirect_uri',
    { redirect_uri: 'http://127.0.0.1:53789/' },
    400,
    'redirect_uri_mismatch',
    'Bad Request',
  ],
  ['no code_verifier', { code_verifier: null }, 400, 'invalid_grant', 'Missing code verifier.'],
  ['an empty code_verifier', { code_verifier: '' }, 400, 'invalid_grant', 'Missing code verifier.'],
  ['a wrong code_verifier', { code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant', 'Invalid code verifier.'],
  [
    'the credentials of another client',
    { client_id: web.client_id, client_secret: web.client_secret },
    401,
    'unauthorized_client',
    'Unauthorized',
  ],
]

async function codeOf(google: OpenGoogle, changes: Changes = {}): Promise<string> {
  const arrived = await consent(google, await authorizationParameters(changes))
  return arrived!.searchParams.get('code')!
}

async function expectRefusal(google: OpenGoogle, form: Form | URLSearchParams, [status, error, description]: Words) {
  const answer = await post(google, tokenUrl, form)
  expect(answer).toMatchObject({ status, body: { error, error_description: description } })
  expect(Object.keys(answer.body)).toEqual(['error', 'error_description'])
  const [sent] = google.seen('as.error.sent').slice(-1)
  expect(sent!.fields).toMatchObject({ endpoint: 'token-endpoint', status, error, description })
}

describe('an authorization code', () => {
  test.each(exchanges)('%s', async (_, changes, ...words) => {
    const google = openGoogle()
    await expectRefusal(google, changed(exchangeForm(await codeOf(google)), changes), words)
    expect(google.seen('as.token.issued')).toEqual([])
  })

  test('is used once, however many ask at once', async () => {
    const google = openGoogle()
    const form = exchangeForm(await codeOf(google))
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(google, tokenUrl, form)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400, 400])
    await expectRefusal(google, form, grantBad)
  })

  test('dies after its lifetime, and lives to the last millisecond', async () => {
    for (const [late, status] of [
      [0, 400],
      [-1, 200],
    ] as const) {
      const google = openGoogle()
      const form = exchangeForm(await codeOf(google))
      google.clock.set(google.clock.now() + google.google.switches.codeLifetime + late)
      expect((await post(google, tokenUrl, form)).status).toBe(status)
    }
  })

  test('without a challenge wants no verifier', async () => {
    const google = openGoogle()
    const form = exchangeForm(await codeOf(google, { code_challenge: null, code_challenge_method: null }))
    await expectRefusal(google, form, [400, 'invalid_grant', 'code_verifier or verifier is not needed'])
  })

  test('with a challenge and no method is bound by plain', async () => {
    const google = openGoogle()
    const code = await codeOf(google, { code_challenge: verifier, code_challenge_method: null })
    await expectRefusal(google, exchangeForm(code, { code_verifier: 'x'.repeat(43) }), [
      400,
      'invalid_grant',
      'Invalid code verifier.',
    ])
    expect((await post(google, tokenUrl, exchangeForm(code))).status).toBe(200)
  })

  test('survives a refused exchange, unless the switch says otherwise', async () => {
    for (const [refusedExchangeUsesCode, status] of [
      [false, 200],
      [true, 400],
    ] as const) {
      const google = openGoogle({ refusedExchangeUsesCode })
      const form = exchangeForm(await codeOf(google))
      await post(google, tokenUrl, { ...form, code_verifier: 'x'.repeat(43) })
      expect((await post(google, tokenUrl, form)).status).toBe(status)
    }
  })
})

/** Rows for an otherwise good refresh. */
const refreshes: readonly (readonly [name: string, changes: Changes, ...words: Words])[] = [
  ['no refresh_token', { refresh_token: null }, 400, 'invalid_request', 'Missing required parameter: refresh_token'],
  ['an unknown refresh_token', { refresh_token: '1//0gnobody-ever-issued-this-one' }, ...grantBad],
  ['an access token in its place', { refresh_token: 'ya29.a0nobody-ever-issued-this' }, ...grantBad],
  ['no client_secret', { client_secret: null }, 400, 'invalid_request', 'client_secret is missing.'],
  [
    'a wrong client_secret',
    { client_secret: 'GOCSPX-wrong' },
    401,
    'invalid_client',
    'The provided client secret is invalid.',
  ],
  [
    'another client',
    { client_id: web.client_id, client_secret: web.client_secret },
    401,
    'unauthorized_client',
    'Unauthorized',
  ],
  [
    'an unknown scope',
    { scope: 'offline_access' },
    400,
    'invalid_scope',
    'Some requested scopes were invalid. {invalid=[offline_access]}',
  ],
  [
    'a scope that was not granted',
    { scope: 'https://www.googleapis.com/auth/drive' },
    400,
    'invalid_scope',
    'Some requested scopes were invalid. {invalid=[https://www.googleapis.com/auth/drive]}',
  ],
]

describe('a refresh token', () => {
  test.each(refreshes)('%s', async (_, changes, ...words) => {
    const google = openGoogle()
    const { refreshToken } = await signIn(google)
    await expectRefusal(google, changed(refreshForm(refreshToken), changes), words)
  })

  test('narrows its scopes on request', async () => {
    const google = openGoogle()
    const { refreshToken } = await signIn(google)
    const answer = await post(google, tokenUrl, { ...refreshForm(refreshToken), scope: mail })
    expect(answer.body).toMatchObject({ scope: mail })
    expect(answer.body).not.toHaveProperty('id_token')
  })
})

test.each(['grant_type', 'code', 'client_id', 'client_secret'])('a repeated %s is refused', async (name) => {
  const google = openGoogle()
  const form = new URLSearchParams(exchangeForm(await codeOf(google)))
  form.append(name, 'again')
  const description = `OAuth 2 parameters can only have a single value: ${name}`
  await expectRefusal(google, form, [400, 'invalid_request', description])
})

test('a body that is no form has no parameters', async () => {
  const google = openGoogle()
  const json = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(refreshForm('x')),
  }
  const response = await google.respond(new Request(tokenUrl, json), 'subject')
  expect(await response.json()).toMatchObject({ error_description: 'Required parameter is missing: grant_type' })
})

test('the token endpoint answers nothing but POST', async () => {
  const google = openGoogle()
  const response = await google.respond(new Request(`${tokenUrl}?grant_type=refresh_token`), 'subject')
  expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
})

test.each([
  'https://accounts.google.com/o/oauth2/token',
  'https://www.googleapis.com/oauth2/v3/token',
  'https://www.googleapis.com/oauth2/v4/token',
])('the older address %s still serves', async (address) => {
  const google = openGoogle()
  expect((await post(google, address, exchangeForm(await codeOf(google)))).status).toBe(200)
})

test('HTTP Basic credentials serve, and a wrong secret in them is refused', async () => {
  const google = openGoogle()
  const { refreshToken } = await signIn(google)
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const basic = (secret: string) => ({ authorization: `Basic ${btoa(`${desktop.client_id}:${secret}`)}` })
  expect((await post(google, tokenUrl, form, basic(desktop.client_secret))).status).toBe(200)
  expect((await post(google, tokenUrl, form, basic('GOCSPX-wrong'))).status).toBe(401)
  expect((await post(google, tokenUrl, form, { authorization: 'Basic %%%' })).status).toBe(400)
})
