import { expect, test } from 'vitest'
import { desktop } from '../google.fixture.ts'
import { identityClaims, openStand } from './stand.fixture.ts'
import { scriptOf } from './program.fixture.ts'

const program = scriptOf('node/google-auth-library.ts')

/** The library's own error for an answer of the server, the answer's body in it. */
const refused = (step: string, status: number, error: string, description: string) => ({
  step,
  class: 'GaxiosError',
  message: error,
  status,
  code: status,
  body: { error, error_description: description },
})
const scope =
  'https://mail.google.com/ openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/userinfo.profile'
const credentials = (step: string) => ({
  step,
  accessToken: 'ya29.',
  refreshToken: '1//',
  idTokenParts: 3,
  seconds: expect.closeTo(3599, -1),
  scope,
  token_type: 'Bearer',
})

test('google-auth-library signs in, verifies, refreshes, revokes, and reads every refusal', async () => {
  await using stand = await openStand()
  const { told, output, code } = await stand.play(process.execPath, program, stand.clientFile)
  expect(told).toMatchObject([
    { step: 'authorize', url: expect.stringMatching(/^https:\/\/accounts\.google\.com\/o\/oauth2\/v2\/auth\?/) },
    { step: 'redirect', state: 'a-state-of-the-node-program', error: null },
    refused('exchange with another verifier', 400, 'invalid_grant', 'Invalid code verifier.'),
    credentials('exchange'),
    refused('the same code again', 400, 'invalid_grant', 'Bad Request'),
    {
      step: 'id_token',
      iss: 'https://accounts.google.com',
      aud: desktop.client_id,
      azp: desktop.client_id,
      ...identityClaims,
    },
    { step: 'id_token for another client', class: 'Error', message: expect.stringMatching(/^Wrong recipient/) },
    { step: 'id_token with another signature', class: 'Error', message: expect.stringMatching(/^Invalid token sign/) },
    {
      step: 'tokeninfo',
      scopes: scope.split(' '),
      aud: desktop.client_id,
      azp: desktop.client_id,
      sub: identityClaims.sub,
      email: identityClaims.email,
      email_verified: 'true',
      access_type: 'offline',
      expiry_date: expect.closeTo(Date.now() + 3_599_000, -5),
    },
    refused('tokeninfo of nothing', 400, 'invalid_token', 'Invalid Value'),
    { step: 'userinfo', status: 200, data: identityClaims },
    refused('refresh with a wrong secret', 401, 'invalid_client', 'The provided client secret is invalid.'),
    credentials('refresh'),
    { step: 'after the refresh', accessTokenDiffers: true },
    { step: 'revoke', status: 200, data: {} },
    refused('revoke again', 400, 'invalid_token', 'Token expired or revoked'),
    refused('refresh after the revocation', 400, 'invalid_grant', 'Token has been expired or revoked.'),
  ])
  expect({ output, code }).toEqual({ output: '', code: 0 })
  expect(stand.requests()).toEqual([
    'POST token-endpoint 400',
    'POST token-endpoint 200',
    'POST token-endpoint 400',
    // Once for three verifications: the library keeps the certificates as long as the answer allows.
    'GET jwks 200',
    'POST tokeninfo 200',
    'POST tokeninfo 400',
    'GET userinfo 200',
    'POST token-endpoint 401',
    'POST token-endpoint 200',
    'POST revocation-endpoint 200',
    'POST revocation-endpoint 400',
    'POST token-endpoint 400',
  ])
})

test('google-auth-library learns that the user said no', async () => {
  await using stand = await openStand()
  stand.browser.script({ decision: 'deny' })
  const { told, code } = await stand.play(process.execPath, program, stand.clientFile)
  expect(told.slice(1)).toEqual([{ step: 'redirect', state: 'a-state-of-the-node-program', error: 'access_denied' }])
  expect(code).toBe(0)
  expect(stand.requests()).toEqual([])
})
