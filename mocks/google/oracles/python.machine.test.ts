import { expect, test } from 'vitest'
import { desktop } from '../google.fixture.ts'
import { identityClaims, openStand } from './stand.fixture.ts'
import { programs, scriptOf } from './program.fixture.ts'

const googleAuth = scriptOf('python/google_auth_journey.py')
const opens = { step: 'authorize', url: expect.stringMatching(/^https:\/\/accounts\.google\.com\/o\/oauth2\/auth\?/) }
const scopes = [
  'https://mail.google.com/',
  'openid',
  'https://www.googleapis.com/auth/userinfo.email',
  'https://www.googleapis.com/auth/userinfo.profile',
]

/** Google's own library raises one class for every refused refresh, Google's words in it. */
const refreshError = (step: string, error: string, description: string) => ({
  step,
  class: 'google.auth.exceptions.RefreshError',
  message: `('${error}: ${description}', {'error': '${error}', 'error_description': '${description}'})`,
  retryable: false,
})
const credentials = (step: string) => ({
  step,
  valid: true,
  expired: false,
  seconds: expect.closeTo(3599, -1),
  refreshToken: '1//',
  idTokenParts: 3,
})

test('google-auth signs in, verifies, refreshes, revokes, and reads every refusal', async () => {
  await using stand = await openStand()
  const { told, output, code } = await stand.play(programs.python, '-u', googleAuth, stand.clientFile)
  expect(told).toMatchObject([
    opens,
    { ...credentials('exchange'), grantedScopes: scopes },
    {
      step: 'id_token',
      iss: 'https://accounts.google.com',
      aud: desktop.client_id,
      azp: desktop.client_id,
      ...identityClaims,
    },
    { step: 'id_token for another client', class: 'google.auth.exceptions.InvalidValue' },
    { step: 'id_token with another signature', class: 'google.auth.exceptions.MalformedError' },
    { step: 'userinfo', ...identityClaims },
    refreshError('refresh with a wrong secret', 'invalid_client', 'The provided client secret is invalid.'),
    refreshError('refresh for a scope that was not granted', 'invalid_scope', 'Bad Request'),
    credentials('refresh'),
    { step: 'after the refresh', accessTokenDiffers: true },
    { step: 'revoke', status: 200, body: {} },
    {
      step: 'revoke again',
      status: 400,
      body: { error: 'invalid_token', error_description: 'Token expired or revoked' },
    },
    refreshError('refresh after the revocation', 'invalid_grant', 'Token has been expired or revoked.'),
  ])
  expect({ output, code }).toEqual({ output: '', code: 0 })
  expect(stand.requests()).toEqual([
    'POST token-endpoint 200',
    'GET jwks 200',
    'GET jwks 200',
    'GET jwks 200',
    'GET userinfo 200',
    'POST token-endpoint 401',
    'POST token-endpoint 400',
    'POST token-endpoint 200',
    'POST revocation-endpoint 200',
    'POST revocation-endpoint 400',
    'POST token-endpoint 400',
  ])
})

test('google-auth-oauthlib raises what RFC 6749 §4.1.2.1 calls it when the user says no', async () => {
  await using stand = await openStand()
  stand.browser.script({ decision: 'deny' })
  const { told, code } = await stand.play(programs.python, '-u', googleAuth, stand.clientFile)
  expect(told).toMatchObject([
    opens,
    { step: 'exchange', class: 'oauthlib.oauth2.rfc6749.errors.AccessDeniedError', error: 'access_denied' },
  ])
  expect(code).toBe(0)
  expect(stand.requests()).toEqual([])
})

/** oauthlib has a class for every error of RFC 6749 §5.2. */
const refused = (step: string, name: string, error: string, description: string) => ({
  step,
  class: `oauthlib.oauth2.rfc6749.errors.${name}`,
  error,
  description,
  status: 400,
})
const token = (step: string) => ({
  step,
  access_token: 224,
  refresh_token: 103,
  id_token: expect.any(Number),
  expires_in: 3599,
  scope: scopes,
  token_type: 'Bearer',
})

test('oauthlib, which knows nothing of Google, reads every answer as its RFC says', async () => {
  await using stand = await openStand()
  const script = scriptOf('python/requests_oauthlib_journey.py')
  const { told, output, code } = await stand.play(programs.python, '-u', script, stand.clientFile)
  expect(told).toMatchObject([
    opens,
    { step: 'exchange with another state', class: 'oauthlib.oauth2.rfc6749.errors.MismatchingStateError' },
    refused('exchange without a secret', 'InvalidClientIdError', 'invalid_request', 'client_secret is missing.'),
    // What every user of this library meets with Google: short names come back long.
    {
      step: 'exchange',
      class: 'builtins.Warning',
      message: expect.stringMatching(/^Scope has changed from ".*\bemail\b.*" to ".*\/auth\/userinfo\.email\b.*"\.$/),
    },
    refused('the same code again', 'InvalidGrantError', 'invalid_grant', 'Bad Request'),
    opens,
    token('exchange, relaxed'),
    { step: 'userinfo', ...identityClaims },
    token('refresh'),
    { step: 'after the refresh', refreshTokenKept: true },
    { step: 'revoke', status: 200 },
    refused('refresh after the revocation', 'InvalidGrantError', 'invalid_grant', 'Token has been expired or revoked.'),
  ])
  expect({ output, code }).toEqual({ output: '', code: 0 })
  expect(stand.requests()).toEqual([
    'POST token-endpoint 400',
    'POST token-endpoint 200',
    'POST token-endpoint 400',
    'POST token-endpoint 200',
    'GET userinfo 200',
    'POST token-endpoint 200',
    'POST revocation-endpoint 200',
    'POST token-endpoint 400',
  ])
})
