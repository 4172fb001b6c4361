import { expect, test } from 'vitest'
import type { ResponseFault } from '../../harness/model/response-fault.ts'
import { authorizationParameters, consent, exchangeForm, post, refreshForm, signIn, tokenUrl } from './flow.fixture.ts'
import { openGoogle } from './google.fixture.ts'
import { addresses } from './endpoints.ts'

const certificates = 'https://www.googleapis.com/oauth2/v3/certs'

const unavailable: ResponseFault = {
  name: 'the front end is down',
  endpoint: 'token-endpoint',
  occurrence: 2,
  status: 503,
  headers: { 'retry-after': '30' },
  body: '<h1>503</h1>',
}

test('a fault strikes the answer that it names, counted from when it was armed', async () => {
  const google = openGoogle()
  const { refreshToken } = await signIn(google)
  google.google.fault(unavailable)
  const ask = () =>
    google.respond(
      new Request(tokenUrl, {
        method: 'POST',
        body: String(new URLSearchParams(refreshForm(refreshToken))),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
      'subject',
    )
  const [first, second, third] = [await ask(), await ask(), await ask()]
  expect([first, second, third].map(({ status }) => status)).toEqual([200, 503, 200])
  expect(second.headers.get('retry-after')).toBe('30')
  expect(second.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(await second.text()).toBe('<h1>503</h1>')
  expect(google.seen('fault.fired').map(({ fields }) => fields)).toEqual([
    { fault: 'the front end is down', at: 'token-endpoint' },
  ])
  expect(google.seen('as.token.issued')).toHaveLength(3)
})

test('a fault of every answer strikes until it is cleared', async () => {
  const google = openGoogle()
  const { refreshToken } = await signIn(google)
  google.google.fault({ ...unavailable, occurrence: 'every', body: '{}' })
  const status = async () => (await post(google, tokenUrl, refreshForm(refreshToken))).status
  expect([await status(), await status()]).toEqual([503, 503])
  google.google.clearFaults()
  expect(await status()).toBe(200)
})

test('a fault of one endpoint leaves the others alone', async () => {
  const google = openGoogle()
  google.google.fault({ ...unavailable, occurrence: 'every' })
  const response = await google.respond(new Request('https://www.googleapis.com/oauth2/v3/certs'), 'subject')
  expect(response.status).toBe(200)
})

test('a fault in front of the rules leaves the code unused', async () => {
  const google = openGoogle()
  const arrived = await consent(google, await authorizationParameters())
  const form = exchangeForm(arrived!.searchParams.get('code')!)
  google.google.fault({ ...unavailable, occurrence: 1, body: '{}' })
  expect((await post(google, tokenUrl, form)).status).toBe(503)
  expect((await post(google, tokenUrl, form)).status).toBe(200)
})

test('members of a JSON answer are replaced, added and removed after the rules have decided', async () => {
  const google = openGoogle()
  const members = { expires_in: '3599', scope: null, token_type: ['Bearer'], extra: { deep: 1 } }
  google.google.fault({
    name: 'odd members',
    endpoint: 'token-endpoint',
    occurrence: 1,
    members,
    without: ['refresh_token', 'absent'],
  })
  const { tokens } = await signIn(google)
  expect(tokens.body).toMatchObject({ ...members, access_token: expect.stringMatching(/^ya29\./) })
  expect(tokens.body).not.toHaveProperty('refresh_token')
  expect(google.seen('as.token.issued')).toHaveLength(1)
})

test('a delay holds the answer back on the world’s clock alone', async () => {
  const google = openGoogle()
  google.google.fault({ name: 'slow', endpoint: 'jwks', occurrence: 1, delay: 60_000 })
  let answered = false
  const answer = google
    .respond(new Request('https://www.googleapis.com/oauth2/v3/certs'), 'subject')
    .then((response) => {
      answered = true
      return response.status
    })
  await expect.poll(() => google.clock.nextDue).toBe(google.clock.now() + 60_000)
  google.clock.set(google.clock.now() + 59_999)
  await new Promise((resolve) => setImmediate(resolve))
  expect(answered).toBe(false)
  google.clock.set(google.clock.now() + 1)
  expect(await answer).toBe(200)
})

test('of two faults for one answer the first that was armed fires, and both have counted it', async () => {
  const google = openGoogle()
  const { refreshToken } = await signIn(google)
  google.google.fault({ ...unavailable, name: 'first', occurrence: 1, body: '{}' })
  google.google.fault({ ...unavailable, name: 'second', occurrence: 2, status: 500, body: '{}' })
  const status = async () => (await post(google, tokenUrl, refreshForm(refreshToken))).status
  expect([await status(), await status(), await status()]).toEqual([503, 500, 200])
})

test('members of an answer that is no JSON object stand alone', async () => {
  const google = openGoogle({ revocationBody: '' })
  const { refreshToken } = await signIn(google)
  google.google.fault({ name: 'members', endpoint: 'revocation-endpoint', occurrence: 1, members: { revoked: null } })
  const answer = await post(google, 'https://oauth2.googleapis.com/revoke', { token: refreshToken })
  expect([answer.status, answer.body]).toEqual([200, { revoked: null }])
})

test.each([
  ['a number', 2, 'answer 2', [200, 503, 200, 200]],
  ['a list', [2, 4], 'answers 2, 4', [200, 503, 200, 503]],
  ['every', 'every', 'every answer', [503, 503, 503, 503]],
  ['one that never comes', 9, 'answer 9', [200, 200, 200, 200]],
] as const)(
  'an occurrence is %s, and the journal tells what was armed and what fired',
  async (_, occurrence, words, expected) => {
    const google = openGoogle()
    google.google.fault({ name: 'down', endpoint: 'jwks', occurrence, status: 503 })
    const statuses = []
    for (let asked = 0; asked < 4; asked++)
      statuses.push((await google.respond(new Request(certificates), 'subject')).status)
    expect(statuses).toEqual(expected)
    expect(google.seen('fault.armed').map(({ fields }) => fields)).toEqual([{ fault: 'down', at: `jwks, ${words}` }])
    expect(google.seen('fault.fired')).toHaveLength(expected.filter((status) => status === 503).length)
  },
)

test('Retry-After has the form that the fault names, its date from the world’s clock when the answer leaves', async () => {
  const google = openGoogle()
  const down = { name: 'down', endpoint: 'jwks', status: 503 } as const
  google.google.fault({ ...down, occurrence: 1, retryAfter: { seconds: 120, form: 'delay-seconds' } })
  google.google.fault({ ...down, occurrence: 2, delay: 60_000, retryAfter: { seconds: 120, form: 'HTTP-date' } })
  const ask = () => google.respond(new Request(certificates), 'subject')
  expect((await ask()).headers.get('retry-after')).toBe('120')
  const late = ask()
  await expect.poll(() => google.clock.nextDue).toBeDefined()
  google.clock.set(google.clock.nextDue!)
  const { headers } = await late
  expect(headers.get('retry-after')).toBe('Wed, 14 Jan 2026 09:03:00 GMT')
  expect(headers.get('date')).toBe('Wed, 14 Jan 2026 09:01:00 GMT')
})

test('header fields are set and left out, and the rules’ answer stays as it is', async () => {
  const google = openGoogle()
  const headers = { 'content-type': 'text/plain', 'cache-control': null, 'x-extra': 'yes' }
  google.google.fault({ name: 'odd headers', endpoint: 'jwks', occurrence: 1, headers })
  const odd = await google.respond(new Request(certificates), 'subject')
  expect(['content-type', 'cache-control', 'x-extra'].map((name) => odd.headers.get(name))).toEqual([
    'text/plain',
    null,
    'yes',
  ])
  const plain = await google.respond(new Request(certificates), 'subject')
  expect(await odd.json()).toEqual(await plain.json())
})

test.each([
  ['{}', 'application/json; charset=utf-8'],
  [' [1]', 'application/json; charset=utf-8'],
  ['<h1>Sorry</h1>', 'text/html; charset=utf-8'],
  ['', 'text/html; charset=utf-8'],
])('a body %j alone is served with status 200 as what it looks like', async (body, type) => {
  const google = openGoogle()
  google.google.fault({ name: 'body', endpoint: 'jwks', occurrence: 1, body })
  const response = await google.respond(new Request(certificates), 'subject')
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, type, body])
})

test.each(Object.keys(addresses) as (keyof typeof addresses)[])('the %s can be made to fail', async (endpoint) => {
  const google = openGoogle()
  google.google.fault({ name: 'down', endpoint, occurrence: 'every', status: 500 })
  for (const address of addresses[endpoint]) {
    const ask = (method: string) => google.respond(new Request(address, { method }), 'subject')
    expect(await Promise.all(['GET', 'POST'].map(async (method) => (await ask(method)).status))).toContain(500)
  }
})

test('a redirect to a foreign host is an answer, and the foreign host is refused and recorded', async () => {
  const google = openGoogle()
  const location = 'https://evil.example/token'
  google.google.fault({
    name: 'elsewhere',
    endpoint: 'token-endpoint',
    occurrence: 1,
    status: 307,
    headers: { location },
  })
  const { status, headers } = await post(google, tokenUrl, { grant_type: 'refresh_token' })
  expect([status, headers.get('location')]).toEqual([307, location])
  expect((await google.respond(new Request(location, { method: 'POST' }), 'subject')).type).toBe('error')
  expect(google.seen('http.request').at(-1)!.fields).toMatchObject({ origin: 'https://evil.example', path: '/token' })
})

test('a fault of the transport is an error where no door would show it', () => {
  const google = openGoogle()
  const reset = { name: 'gone', occurrence: 1, transport: { kind: 'reset' } } as const
  expect(() => google.google.fault({ ...reset, endpoint: 'jwks' })).toThrow(
    '“gone”: a transport fault needs the TLS door',
  )
  expect(google.seen('fault.armed')).toEqual([])
})

test('switches turn in the middle of a story', async () => {
  const google = openGoogle()
  const { refreshToken } = await signIn(google)
  const rotated = async () => (await post(google, tokenUrl, refreshForm(refreshToken))).body['refresh_token']
  const advertised = async () => {
    const document = await google.respond(
      new Request('https://accounts.google.com/.well-known/openid-configuration'),
      'subject',
    )
    return 'authorization_response_iss_parameter_supported' in ((await document.json()) as object)
  }
  expect([await rotated(), await advertised()]).toEqual([undefined, true])
  google.google.turn({ refreshTokenRotation: true, issuerAdvertised: false })
  expect([await rotated(), await advertised()]).toEqual([expect.stringMatching(/^1\/\//), false])
})
