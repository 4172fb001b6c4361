import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { post, signIn } from './flow.fixture.ts'
import { type OpenGoogle, alice, desktop, openGoogle } from './google.fixture.ts'
import { base64url, sha256 } from './grants/pkce.ts'

const get = async (google: OpenGoogle, url: string, headers: Record<string, string> = {}) => {
  const response = await google.respond(new Request(url, { headers }), 'subject')
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) }
}
const discoveryUrl = 'https://accounts.google.com/.well-known/openid-configuration'
const certs = 'https://www.googleapis.com/oauth2/v3/certs'
const tokeninfo = 'https://oauth2.googleapis.com/tokeninfo'
const userinfo = 'https://openidconnect.googleapis.com/v1/userinfo'

test('the discovery document is the captured one, with no cache directive', async () => {
  const { body, headers } = await get(openGoogle(), discoveryUrl)
  expect(body).toMatchObject({
    issuer: 'https://accounts.google.com',
    token_endpoint: 'https://oauth2.googleapis.com/token',
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  })
  expect(body).toHaveProperty('authorization_response_iss_parameter_supported', true)
  expect(headers.has('cache-control')).toBe(false)
})

test('what is not established about it can be switched', async () => {
  const google = openGoogle({
    discoveryExtras: { response_modes_supported: ['query'] },
    issuerAdvertised: false,
    discoveryCacheControl: 'public, max-age=3600',
  })
  const { body, headers } = await get(google, discoveryUrl)
  expect(body).toHaveProperty('response_modes_supported', ['query'])
  expect(body).not.toHaveProperty('authorization_response_iss_parameter_supported')
  expect(headers.get('cache-control')).toBe('public, max-age=3600')
})

test('two keys are served, without their private parts', async () => {
  const google = openGoogle()
  const { body, headers } = await get(google, certs)
  expect(body.keys.map((key: object) => Object.keys(key))).toEqual([
    ['n', 'e', 'kty', 'alg', 'use', 'kid'],
    ['n', 'e', 'kty', 'alg', 'use', 'kid'],
  ])
  for (const { kid } of body.keys) expect(kid).toMatch(/^[0-9a-f]{40}$/)
  expect(headers.get('cache-control')).toBe('public, max-age=23641, must-revalidate, no-transform')
  expect(google.seen('as.jwks.served')[0]!.fields.kids).toHaveLength(2)
})

test('the id_token verifies against them, its claims in the captured order', async () => {
  const google = openGoogle()
  const { tokens, accessToken } = await signIn(google, { scope: 'openid email profile' })
  const { body } = await get(google, certs)
  const { payload, protectedHeader } = await jwtVerify(String(tokens.body['id_token']), createLocalJWKSet(body), {
    currentDate: new Date(google.clock.now()),
    issuer: 'https://accounts.google.com',
    audience: desktop.client_id,
  })
  expect(Object.keys(protectedHeader)).toEqual(['alg', 'kid', 'typ'])
  const order = 'iss azp aud sub email email_verified at_hash nonce name picture given_name family_name iat exp'.split(
    ' ',
  )
  expect(Object.keys(payload)).toEqual(order)
  expect(payload['at_hash']).toBe(base64url((await sha256(accessToken)).subarray(0, 16)))
})

test('a client that asked for no identity gets no id_token', async () => {
  const { tokens } = await signIn(openGoogle(), { scope: 'https://mail.google.com/' })
  expect(tokens.body).not.toHaveProperty('id_token')
})

test('tokeninfo describes a live access token, numbers as strings', async () => {
  const google = openGoogle()
  const { accessToken } = await signIn(google)
  google.clock.set(google.clock.now() + 599_000)
  const expected = {
    azp: desktop.client_id,
    aud: desktop.client_id,
    sub: alice.sub,
    scope: 'https://mail.google.com/ openid https://www.googleapis.com/auth/userinfo.email',
    exp: String(google.clock.now() / 1000 + 3000),
    expires_in: '3000',
    email: alice.address,
    email_verified: 'true',
    access_type: 'offline',
  }
  expect((await get(google, `${tokeninfo}?access_token=${accessToken}`)).body).toEqual(expected)
  expect((await post(google, tokeninfo, {}, { authorization: `Bearer ${accessToken}` })).body).toEqual(expected)
  expect((await post(google, tokeninfo, { access_token: accessToken })).body).toEqual(expected)
})

test.each(['nothing', 'a refresh token', 'an expired token'])('tokeninfo refuses %s', async (what) => {
  const google = openGoogle()
  const { accessToken, refreshToken } = await signIn(google)
  google.clock.set(google.clock.now() + 3_599_000)
  const query = { nothing: '', 'a refresh token': `?access_token=${encodeURIComponent(refreshToken)}` }[what]
  expect(await get(google, tokeninfo + (query ?? `?access_token=${accessToken}`))).toMatchObject({
    status: 400,
    body: { error: 'invalid_token', error_description: 'Invalid Value' },
  })
})

test('userinfo tells as much as the scopes reach', async () => {
  for (const [scope, members] of [
    ['openid', ['sub']],
    ['openid email', ['sub', 'email', 'email_verified']],
    ['openid profile', ['sub', 'name', 'picture', 'given_name', 'family_name']],
  ] as const) {
    const google = openGoogle()
    const { accessToken } = await signIn(google, { scope })
    const { body } = await get(google, userinfo, { authorization: `Bearer ${accessToken}` })
    expect(Object.keys(body)).toEqual(members)
  }
})

test('userinfo refuses a token that nobody issued', async () => {
  expect(await get(openGoogle(), userinfo, { authorization: 'Bearer ya29.nobody-issued-this' })).toMatchObject({
    status: 401,
    body: { error: 'invalid_request', error_description: 'Invalid Credentials' },
  })
})

test('revocation takes the token from the query too, wants one, and answers no GET', async () => {
  const google = openGoogle()
  const { accessToken } = await signIn(google)
  const url = 'https://oauth2.googleapis.com/revoke'
  expect(await post(google, url, {})).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  const response = await google.respond(new Request(`${url}?token=${accessToken}`), 'subject')
  expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  expect((await post(google, `${url}?token=${accessToken}`, {})).status).toBe(200)
  expect(google.google.lookup(accessToken).status).toBe('revoked')
})

test('after a removal the next consent begins a new grant, and old tokens stay dead', async () => {
  const google = openGoogle()
  const first = await signIn(google)
  google.google.removeAccess(alice.address)
  const second = await signIn(google)
  expect(google.google.lookup(first.accessToken).status).toBe('revoked')
  expect(google.google.lookup(second.accessToken).status).toBe('live')
  expect(google.seen('as.token.issued').map(({ fields }) => fields.grant)).toEqual(['grant-1', 'grant-2'])
  expect(google.google.lookup('ya29.nobody-issued-this')).toEqual({ status: 'unknown' })
})
