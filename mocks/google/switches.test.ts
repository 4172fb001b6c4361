import { expect, test } from 'vitest'
import { authorizationParameters, consent, post, refreshForm, signIn, tokenUrl } from './flow.fixture.ts'
import { openGoogle } from './google.fixture.ts'
import { defaults } from './switches.ts'

test('wrongSecretWording', async () => {
  const google = openGoogle({ wrongSecretWording: 'client-secret-wrong-older' })
  const answer = await post(google, tokenUrl, { ...refreshForm('1//0'), client_secret: 'GOCSPX-wrong' })
  expect(answer.body).toEqual({ error: 'invalid_client', error_description: 'Unauthorized' })
})

test.each([
  ['form', 400],
  ['form-or-json', 200],
] as const)('tokenRequestBody: %s', async (tokenRequestBody, status) => {
  const google = openGoogle({ tokenRequestBody })
  const { refreshToken } = await signIn(google)
  const headers = { 'content-type': 'application/json' }
  const send = (body: string) => google.respond(new Request(tokenUrl, { method: 'POST', headers, body }), 'subject')
  expect((await send(JSON.stringify(refreshForm(refreshToken)))).status).toBe(status)
  for (const body of ['{', 'null', '[1]', '{"grant_type": 1}']) expect((await send(body)).status).toBe(400)
})

test.each([
  ['long', 'openid https://www.googleapis.com/auth/userinfo.email https://mail.google.com/'],
  ['as-requested', 'openid email https://mail.google.com/'],
] as const)('scopeSpelling: %s', async (scopeSpelling, scope) => {
  const { tokens } = await signIn(openGoogle({ scopeSpelling }), { scope: 'openid email https://mail.google.com/' })
  expect(tokens.body['scope']).toBe(scope)
})

test.each([true, false])('idTokenOnRefresh: %s', async (idTokenOnRefresh) => {
  const google = openGoogle({ idTokenOnRefresh })
  const { refreshToken } = await signIn(google)
  expect('id_token' in (await post(google, tokenUrl, refreshForm(refreshToken))).body).toBe(idTokenOnRefresh)
})

test.each([true, false])('issuerInErrorRedirect: %s', async (issuerInErrorRedirect) => {
  const arrived = await consent(openGoogle({ issuerInErrorRedirect }), await authorizationParameters(), 'deny')
  expect(arrived?.searchParams.get('iss')).toBe(issuerInErrorRedirect ? 'https://accounts.google.com' : null)
})

test('revocationBody', async () => {
  const google = openGoogle({ revocationBody: '' })
  const { accessToken } = await signIn(google)
  const request = new Request(`https://oauth2.googleapis.com/revoke?token=${accessToken}`, { method: 'POST' })
  const response = await google.respond(request, 'subject')
  expect([response.status, await response.text()]).toEqual([200, ''])
})

test('promptNoneErrors', async () => {
  const google = openGoogle({ promptNoneErrors: { ...defaults.promptNoneErrors, noSession: 'interaction_required' } })
  const arrived = await consent(google, await authorizationParameters({ prompt: 'none' }))
  expect(arrived?.searchParams.get('error')).toBe('interaction_required')
})
