import { expect, test } from 'vitest'
import { authorizationParameters, consent, post, refreshForm, signIn, tokenUrl, userAgentFor } from './flow.fixture.ts'
import { alice, desktop, openGoogle } from './google.fixture.ts'

test('a consent ends at the redirection endpoint, its parameters in the order of captured redirects', async () => {
  const google = openGoogle()
  const arrived = await consent(google, await authorizationParameters())
  expect([...arrived!.searchParams.keys()]).toEqual(['state', 'iss', 'code', 'scope', 'authuser', 'prompt'])
  expect(arrived!.search).toContain('&iss=https%3A%2F%2Faccounts.google.com&code=4%2F0A')
  expect(arrived!.search).toContain(
    '&scope=email+https%3A%2F%2Fmail.google.com%2F+https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fuserinfo.email+openid&',
  )
  expect(arrived!.searchParams.get('code')).toMatch(/^4\/0A[\w-]{69}$/)
  expect(arrived!.searchParams.get('prompt')).toBe('consent')
})

test('a denial comes back with error and state', async () => {
  const google = openGoogle()
  const arrived = await consent(google, await authorizationParameters(), 'deny')
  expect(Object.fromEntries(arrived!.searchParams)).toEqual({
    state: 'hQ2vN8sKx4TbW7mZp9RcLd3F',
    iss: 'https://accounts.google.com',
    error: 'access_denied',
  })
})

test('a code becomes tokens in the shape of captured answers', async () => {
  const google = openGoogle()
  const { tokens, accessToken, refreshToken } = await signIn(google)
  expect(tokens.status).toBe(200)
  expect(Object.keys(tokens.body)).toEqual([
    'access_token',
    'expires_in',
    'refresh_token',
    'scope',
    'token_type',
    'id_token',
  ])
  expect(tokens.body).toMatchObject({
    expires_in: 3599,
    token_type: 'Bearer',
    scope: 'https://mail.google.com/ openid https://www.googleapis.com/auth/userinfo.email',
  })
  expect(accessToken).toMatch(/^ya29\.a0[\w-]{217}$/)
  expect(refreshToken).toMatch(/^1\/\/0[\w-]{99}$/)
  expect(tokens.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(tokens.headers.get('cache-control')).toContain('no-store')
  expect(google.google.lookup(accessToken)).toMatchObject({ status: 'live', address: alice.address })
})

test('a refresh brings a new access token and no refresh token; the old access token lives on', async () => {
  const google = openGoogle()
  const { accessToken, refreshToken } = await signIn(google)
  google.clock.set(google.clock.now() + 3_000_000)
  const refreshed = await post(google, tokenUrl, refreshForm(refreshToken))
  expect(Object.keys(refreshed.body)).toEqual(['access_token', 'expires_in', 'scope', 'token_type', 'id_token'])
  expect(google.google.lookup(String(refreshed.body['access_token'])).status).toBe('live')
  expect(google.google.lookup(accessToken).status).toBe('live')
  google.clock.set(google.clock.now() + 599_000)
  expect(google.google.lookup(accessToken).status).toBe('expired')
})

test.for(['accessToken', 'refreshToken'] as const)('revoking the %s ends the whole grant', async (which) => {
  const google = openGoogle()
  const signedIn = await signIn(google)
  const revoke = () => post(google, 'https://oauth2.googleapis.com/revoke', { token: signedIn[which] })
  expect((await revoke()).status).toBe(200)
  expect(google.google.lookup(signedIn.accessToken).status).toBe('revoked')
  expect((await post(google, tokenUrl, refreshForm(signedIn.refreshToken))).body).toEqual({
    error: 'invalid_grant',
    error_description: 'Token has been expired or revoked.',
  })
  expect(await revoke()).toMatchObject({
    status: 400,
    body: { error: 'invalid_token', error_description: 'Token expired or revoked' },
  })
  expect(google.seen('as.grant.state').map(({ fields }) => fields.state)).toEqual(['live', 'revoked'])
})

test('a second login of a signed-in browser skips the consent screen, and prompt=consent brings it back', async () => {
  const google = openGoogle()
  const browser = userAgentFor(google)
  const parameters = await authorizationParameters()
  await consent(google, parameters, 'allow', browser)
  const second = await consent(google, parameters, 'allow', browser)
  expect(second!.searchParams.get('prompt')).toBe('none')
  const third = await consent(google, await authorizationParameters({ prompt: 'consent' }), 'allow', browser)
  expect(third!.searchParams.get('prompt')).toBe('consent')
})

test('the journal holds no secret in the clear, no port, and tells the story in order', async () => {
  const google = openGoogle()
  const { refreshToken } = await signIn(google)
  await post(google, tokenUrl, refreshForm(refreshToken))
  const journal = JSON.stringify(google.sealed().observations)
  expect(journal).not.toContain('53789')
  expect(google.secrets.scanner.scanText(journal)).toEqual([])
  const issued = google.seen('as.token.issued').map(({ fields }) => fields)
  expect(issued.map(({ by }) => by)).toEqual(['authorization_code', 'refresh_token'])
  const [request] = google.seen('http.request').filter(({ stream }) => stream === 'token-endpoint')
  expect(request!.fields.form!.map(([name]) => name)).toEqual([
    'grant_type',
    'code',
    'redirect_uri',
    'code_verifier',
    'client_id',
    'client_secret',
  ])
  expect(request!.fields.form).toContainEqual(['client_id', desktop.client_id])
  expect(request!.fields.form).toContainEqual(['redirect_uri', 'http://127.0.0.1:‹port›/callback'])
})
