import { describe, expect, test } from 'vitest'
import {
  type Answer,
  authorizationParameters,
  consent,
  exchangeForm,
  post,
  refreshForm,
  signIn,
  tokenUrl,
} from './flow.fixture.ts'
import { type OpenGoogle, alice, desktop, openGoogle, web } from './google.fixture.ts'
import { basic } from './probes/request-probe.fixture.ts'

const day = 24 * 3_600_000

async function codeOf(google: OpenGoogle, changes: Readonly<Record<string, string | null>> = {}): Promise<string> {
  const arrived = await consent(google, await authorizationParameters(changes))
  return arrived!.searchParams.get('code')!
}

test('a refusal has OAuth’s members and no others, is never cached, and is recorded with its reason', async () => {
  const google = openGoogle()
  const answer = await post(google, tokenUrl, exchangeForm(`4/0A${'x'.repeat(69)}`))
  expect(answer.status).toBe(400)
  expect(Object.entries(answer.body)).toEqual([
    ['error', 'invalid_grant'],
    ['error_description', 'Bad Request'],
  ])
  expect(answer.headers.get('cache-control')).toContain('no-store')
  expect(google.seen('as.error.sent').map(({ fields }) => fields)).toEqual([
    {
      endpoint: 'token-endpoint',
      status: 400,
      error: 'invalid_grant',
      description: 'Bad Request',
      reason: 'code-unknown',
    },
  ])
  expect(google.seen('as.token.issued')).toEqual([])
})

describe('a code', () => {
  test('is used once, however many ask at once', async () => {
    const google = openGoogle()
    const form = exchangeForm(await codeOf(google))
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(google, tokenUrl, form)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400, 400])
  })

  test('lives to the last millisecond of its lifetime', async () => {
    const google = openGoogle()
    const form = exchangeForm(await codeOf(google))
    google.clock.set(google.clock.now() + google.google.switches.codeLifetime - 1)
    expect((await post(google, tokenUrl, form)).status).toBe(200)
  })

  test('with a plain challenge takes its verifier', async () => {
    const google = openGoogle()
    const plain = { code_challenge: exchangeForm('').code_verifier, code_challenge_method: null }
    expect((await post(google, tokenUrl, exchangeForm(await codeOf(google, plain)))).status).toBe(200)
  })

  test.each([
    [false, 200],
    [true, 400],
  ] as const)('survives a refused exchange, unless refusedExchangeUsesCode is %s', async (used, status) => {
    const google = openGoogle({ refusedExchangeUsesCode: used })
    const form = exchangeForm(await codeOf(google))
    await post(google, tokenUrl, { ...form, code_verifier: 'x'.repeat(43) })
    expect((await post(google, tokenUrl, form)).status).toBe(status)
  })
})

test('a refresh narrows its scopes on request', async () => {
  const google = openGoogle()
  const { refreshToken } = await signIn(google)
  const scope = 'https://mail.google.com/'
  const answer = await post(google, tokenUrl, { ...refreshForm(refreshToken), scope })
  expect(answer.body).toMatchObject({ scope })
  expect(answer.body).not.toHaveProperty('id_token')
})

test.each([
  'https://accounts.google.com/o/oauth2/token',
  'https://www.googleapis.com/oauth2/v3/token',
  'https://www.googleapis.com/oauth2/v4/token',
])('the older address %s still serves', async (address) => {
  const google = openGoogle()
  expect((await post(google, address, exchangeForm(await codeOf(google)))).status).toBe(200)
})

describe('a client shows who it is', () => {
  const held = `${desktop.client_id}:${desktop.client_secret}`
  const encoded = held.replaceAll('-', '%2D').replaceAll('.', '%2E')

  async function refreshed(
    google: OpenGoogle,
    headers: Readonly<Record<string, string>>,
    changes: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const { refreshToken } = await signIn(google)
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...changes }
    return post(google, tokenUrl, form, headers)
  }

  test('with HTTP Basic as well as in the form, its scheme in any case, its identifier in both', async () => {
    for (const headers of [basic(held), { authorization: `BASIC  ${btoa(held)}` }])
      expect((await refreshed(openGoogle(), headers, { client_id: desktop.client_id })).status).toBe(200)
  })

  test('form-encoded only where basicCredentials says so', async () => {
    expect((await refreshed(openGoogle(), basic(encoded))).body['error']).toBe('invalid_client')
    expect((await refreshed(openGoogle({ basicCredentials: 'form-decoded' }), basic(encoded))).status).toBe(200)
    const broken = await refreshed(openGoogle({ basicCredentials: 'form-decoded' }), basic('%:%'))
    expect(broken.body['error_description']).toBe('Could not determine client ID from request.')
  })

  test('twice only where bothCredentials says that the header counts', async () => {
    const wrong = { client_secret: 'GOCSPX-wrong', client_id: web.client_id }
    expect((await refreshed(openGoogle(), basic(held), wrong)).body['error']).toBe('invalid_request')
    expect((await refreshed(openGoogle({ bothCredentials: 'header-counts' }), basic(held), wrong)).status).toBe(200)
  })

  test('with either of two secrets, until one is disabled', async () => {
    const google = openGoogle({}, { clients: [{ ...desktop, otherSecret: 'GOCSPX-second' }] })
    const { refreshToken } = await signIn(google)
    const status = async (client_secret: string) =>
      (await post(google, tokenUrl, { ...refreshForm(refreshToken), client_secret })).status
    expect([await status(desktop.client_secret), await status('GOCSPX-second')]).toEqual([200, 200])
    google.google.setSecret(desktop.client_id, 0, false)
    expect([await status(desktop.client_secret), await status('GOCSPX-second')]).toEqual([401, 200])
    google.google.setSecret(desktop.client_id, 0, true)
    expect(await status(desktop.client_secret)).toBe(200)
  })

  test.each(['android', 'ios', 'chrome'] as const)('by its identifier alone, being of type %s', async (type) => {
    const google = openGoogle({}, { clients: [{ ...desktop, type, client_secret: '' }] })
    const answer = await post(google, tokenUrl, {
      grant_type: 'refresh_token',
      refresh_token: '1//0g',
      client_id: desktop.client_id,
    })
    expect(answer.body['error']).toBe('invalid_grant')
  })

  test('and so keeps from being forgotten, which a wrong secret does not do', async () => {
    const google = openGoogle({ inactiveClient: 'deleted' })
    const { refreshToken } = await signIn(google)
    const later = async (changes: Readonly<Record<string, string>>) => {
      google.clock.set(google.clock.now() + 100 * day)
      return (await post(google, tokenUrl, { ...refreshForm(refreshToken), ...changes })).body['error']
    }
    expect(await later({})).toBeUndefined()
    expect(await later({ client_secret: 'GOCSPX-wrong' })).toBe('invalid_client')
    expect(await later({})).toBe('deleted_client')
  })
})

test('what Google cannot read of JSON, it says without a word of it in the journal', async () => {
  const google = openGoogle()
  const request = new Request(tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"client_secret":"${desktop.client_secret}"`,
  })
  const response = await google.respond(request, 'subject')
  expect(await response.json()).toEqual({
    error: {
      code: 400,
      message: 'Invalid JSON payload received. Unexpected token.',
      status: 'INVALID_ARGUMENT',
    },
  })
  const journal = JSON.stringify(google.sealed().observations)
  expect(google.secrets.scanner.scanText(journal)).toEqual([])
})

test('the secrets of a request in JSON are known as such', async () => {
  const google = openGoogle()
  const form = {
    ...exchangeForm('4/0Anobody-issued-this'),
    code_verifier: 'a-verifier-that-only-JSON-brought-0123456789',
  }
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(form) }
  expect((await google.respond(new Request(tokenUrl, init), 'subject')).status).toBe(400)
  expect([form.code, form.code_verifier].map((value) => google.secrets.refer(value)?.kind)).toEqual([
    'authorization-code',
    'code-verifier',
  ])
})

test('a quota counts each client’s requests of one day', async () => {
  const google = openGoogle({ tokenQuota: 2 }, { accounts: [alice] })
  const status = async (client = desktop) => (await post(google, tokenUrl, refreshForm('1//0g', client))).status
  expect([await status(), await status(), await status(), await status(web)]).toEqual([400, 400, 403, 400])
  google.clock.set(google.clock.now() + day)
  expect(await status()).toBe(400)
})
