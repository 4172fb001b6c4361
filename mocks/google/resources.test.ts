import { describe, expect, test } from 'vitest'
import { post, signIn } from './flow.fixture.ts'
import { type OpenGoogle, alice, desktop, openGoogle } from './google.fixture.ts'

const ask = async ({ respond }: OpenGoogle, url: string, init: RequestInit = {}) => {
  const response = await respond(new Request(url, init), 'subject')
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const discoveryUrl = 'https://accounts.google.com/.well-known/openid-configuration'
const tokeninfo = 'https://oauth2.googleapis.com/tokeninfo'
const userinfo = 'https://openidconnect.googleapis.com/v1/userinfo'
const older = (api: string, version: number): string => `https://www.googleapis.com/oauth2/v${version}/${api}`

describe('the discovery document', () => {
  test('is the captured one, to be kept for an hour', async () => {
    const { body, headers } = await ask(openGoogle(), discoveryUrl)
    expect(body).toMatchObject({
      issuer: 'https://accounts.google.com',
      token_endpoint: 'https://oauth2.googleapis.com/token',
      device_authorization_endpoint: 'https://oauth2.googleapis.com/device/code',
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    })
    expect(body).toHaveProperty('authorization_response_iss_parameter_supported', true)
    expect(headers.get('cache-control')).toBe('public, max-age=3600')
    expect(headers.get('content-type')).toBe('application/json')
  })

  test('has a twin at the address of RFC 8414, which names no scopes', async () => {
    const google = openGoogle()
    const { body: twin, headers } = await ask(
      google,
      discoveryUrl.replace('openid-configuration', 'oauth-authorization-server'),
    )
    const { body } = await ask(google, discoveryUrl)
    expect({ ...twin, scopes_supported: ['openid', 'email', 'profile'] }).toEqual(body)
    expect(twin).not.toHaveProperty('scopes_supported')
    expect(headers.get('content-type')).toBe('application/json')
  })

  test('says what the switches say where nothing is established', async () => {
    const google = openGoogle({
      discoveryExtras: { response_modes_supported: ['query'] },
      issuerAdvertised: false,
      discoveryCacheControl: null,
    })
    const { body, headers } = await ask(google, discoveryUrl)
    expect(body).toHaveProperty('response_modes_supported', ['query'])
    expect(body).not.toHaveProperty('authorization_response_iss_parameter_supported')
    expect(headers.has('cache-control')).toBe(false)
  })
})

describe('tokeninfo', () => {
  const scope = 'https://mail.google.com/ openid https://www.googleapis.com/auth/userinfo.email'

  test('describes a live access token, numbers as strings, however it is asked', async () => {
    const google = openGoogle()
    const { accessToken } = await signIn(google)
    google.clock.set(google.clock.now() + 599_000)
    const expected = {
      azp: desktop.client_id,
      aud: desktop.client_id,
      sub: alice.sub,
      scope,
      exp: String(google.clock.now() / 1000 + 3000),
      expires_in: '3000',
      email: alice.address,
      email_verified: 'true',
      access_type: 'offline',
    }
    expect((await ask(google, `${tokeninfo}?access_token=${accessToken}`)).body).toEqual(expected)
    expect((await ask(google, `${older('tokeninfo', 3)}?access_token=${accessToken}`)).body).toEqual(expected)
    expect((await post(google, tokeninfo, {}, bearer(accessToken))).body).toEqual(expected)
    expect((await post(google, tokeninfo, { access_token: accessToken })).body).toEqual(expected)
  })

  test.each([1, 2])('of version %i names its members as of old', async (version) => {
    const google = openGoogle()
    const { accessToken } = await signIn(google)
    expect((await ask(google, `${older('tokeninfo', version)}?access_token=${accessToken}`)).body).toEqual({
      issued_to: desktop.client_id,
      audience: desktop.client_id,
      user_id: alice.sub,
      scope,
      expires_in: 3599,
      email: alice.address,
      verified_email: true,
      access_type: 'offline',
    })
  })

  test('keeps the address of whoever did not ask for it', async () => {
    const google = openGoogle()
    const { accessToken } = await signIn(google, { scope: 'openid' })
    for (const address of [tokeninfo, older('tokeninfo', 1)])
      expect((await ask(google, `${address}?access_token=${accessToken}`)).body).not.toHaveProperty('email')
  })

  test('repeats a live id_token, every value a string, its header behind the claims', async () => {
    const google = openGoogle()
    const { tokens } = await signIn(google)
    const { status, body } = await ask(google, `${tokeninfo}?id_token=${tokens.body['id_token']}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ iss: 'https://accounts.google.com', email_verified: 'true', alg: 'RS256', typ: 'JWT' })
    expect(body.exp).toBe(String(google.clock.now() / 1000 + 3599))
    expect(Object.values(body).every((value) => typeof value === 'string')).toBe(true)
    expect((await post(google, tokeninfo, { id_token: String(tokens.body['id_token']) })).body).toEqual(body)
  })

  test('knows an id_token of ours from a forged one', async () => {
    const google = openGoogle()
    for (const defect of ['wrong-signature', 'alg-none', 'alg-hs256', 'unknown-key', 'expired'] as const) {
      google.google.idTokenDefect(defect)
      const { tokens } = await signIn(google)
      expect((await ask(google, `${tokeninfo}?id_token=${tokens.body['id_token']}`)).status, defect).toBe(400)
    }
  })
})

describe('userinfo', () => {
  test.each([
    ['openid', ['sub']],
    ['openid email', ['sub', 'email', 'email_verified']],
    ['openid profile', ['sub', 'name', 'picture', 'given_name', 'family_name']],
  ])('tells as much as %s reaches', async (scope, members) => {
    const google = openGoogle()
    const { accessToken } = await signIn(google, { scope })
    const { body } = await ask(google, userinfo, { headers: bearer(accessToken) })
    expect(Object.keys(body)).toEqual(members)
  })

  test.each([1, 2])('of version %i names its members as of old', async (version) => {
    const google = openGoogle({}, { accounts: [{ ...alice, organisation: 'example.test' }] })
    const { accessToken } = await signIn(google, { scope: 'openid email profile' })
    const { body } = await ask(google, older('userinfo', version), { headers: bearer(accessToken) })
    expect(Object.keys(body).join(' ')).toBe('id email verified_email name given_name family_name picture hd')
    expect(body).toMatchObject({ id: alice.sub, hd: 'example.test' })
  })

  test.each(['sub', 'id'] as const)('of version 3 names the user %s, as userinfoVersion3 says', async (member) => {
    const google = openGoogle({ userinfoVersion3: member })
    const { accessToken } = await signIn(google)
    const told = async (address: string) => (await ask(google, address, { headers: bearer(accessToken) })).body
    expect((await told(older('userinfo', 3)))[member]).toBe(alice.sub)
    expect((await told(userinfo)).sub).toBe(alice.sub)
  })

  test('is asked with POST too, the token in the form or in the header', async () => {
    const google = openGoogle()
    const { accessToken } = await signIn(google)
    const expected = { sub: alice.sub, email: alice.address, email_verified: true }
    expect((await post(google, userinfo, { access_token: accessToken })).body).toEqual(expected)
    expect((await post(google, userinfo, {}, bearer(accessToken))).body).toEqual(expected)
  })

  test('says with a refusal what it wants', async () => {
    const { headers } = await ask(openGoogle(), userinfo)
    expect(headers.get('www-authenticate')).toBe('Bearer realm="https://accounts.google.com/", error="invalid_token"')
  })
})

describe('device/code', () => {
  const device = 'https://oauth2.googleapis.com/device/code'
  const tv = { ...desktop, type: 'tv' } as const

  test('gives a TV client the documented answer, and keeps the code from the journal', async () => {
    const google = openGoogle({}, { clients: [tv] })
    const { status, body } = await post(google, device, { client_id: tv.client_id, scope: 'email profile' })
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['device_code', 'user_code', 'verification_url', 'expires_in', 'interval'])
    expect(body).toMatchObject({ verification_url: 'https://www.google.com/device', expires_in: 1800, interval: 5 })
    expect(body['device_code']).toMatch(/^4\/4-G[\w-]{91}$/)
    expect(body['user_code']).toMatch(/^[B-Z]{4}-[B-Z]{4}$/)
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: String(body['device_code']),
    }
    await post(google, 'https://oauth2.googleapis.com/token', { ...form, client_id: tv.client_id })
    await post(google, 'https://oauth2.googleapis.com/token', { ...form, device_code: '4/4-Gnobody-ever-issued-this' })
    const journal = JSON.stringify(google.sealed().observations)
    expect(google.secrets.scanner.scanText(journal)).toEqual([])
    expect(journal).not.toContain('nobody-ever-issued-this')
  })

  test('lets a device ask every five seconds', async () => {
    const google = openGoogle({}, { clients: [tv] })
    const { body } = await post(google, device, { client_id: tv.client_id, scope: 'openid' })
    const poll = async () => {
      const { status } = await post(google, 'https://oauth2.googleapis.com/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: String(body['device_code']),
        client_id: tv.client_id,
        client_secret: tv.client_secret,
      })
      google.clock.set(google.clock.now() + 5000)
      return status
    }
    expect([await poll(), await poll(), await poll()]).toEqual([428, 428, 428])
  })
})

test('revocation takes the token from the query too', async () => {
  const google = openGoogle()
  const { accessToken } = await signIn(google)
  const url = `https://oauth2.googleapis.com/revoke?token=${accessToken}`
  expect((await ask(google, url, { method: 'POST' })).status).toBe(200)
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
