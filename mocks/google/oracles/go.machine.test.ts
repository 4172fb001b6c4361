import { expect, test } from 'vitest'
import { identityClaims, openStand } from './stand.fixture.ts'
import { programs } from './program.fixture.ts'

const refused = (step: string, status: number, error: string, description: string) => ({
  step,
  class: '*oauth2.RetrieveError',
  status,
  error,
  description,
  message: `oauth2: "${error}" "${description}"`,
})
/** A token that the library holds to be usable for an hour, with a refresh token behind it. */
const token = (step: string) => ({
  step,
  type: 'Bearer',
  valid: true,
  seconds: expect.closeTo(3599, -1),
  scope: `https://mail.google.com/ openid ${identityScopes}`,
  refreshToken: true,
  idTokenParts: 3,
})
const identityScopes = 'https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/userinfo.profile'

test('golang.org/x/oauth2 signs in, refreshes, revokes, and reads every refusal', async () => {
  await using stand = await openStand()
  const { told, output, code } = await stand.play(programs.go, stand.clientFile)
  expect(told).toMatchObject([
    { step: 'authorize', url: expect.stringMatching(/^https:\/\/accounts\.google\.com\/o\/oauth2\/auth\?/) },
    { step: 'redirect', state: 'a-state-of-the-go-program', iss: 'https://accounts.google.com', error: '' },
    refused('exchange with another verifier', 400, 'invalid_grant', 'Invalid code verifier.'),
    token('exchange'),
    refused('the same code again', 400, 'invalid_grant', 'Bad Request'),
    { step: 'userinfo', status: 200, claims: identityClaims },
    refused('refresh with a wrong secret', 401, 'invalid_client', 'The provided client secret is invalid.'),
    token('refresh with HTTP Basic'),
    token('refresh'),
    { step: 'after the refresh', accessTokenDiffers: true, refreshTokenKept: true },
    { step: 'revoke', status: 200 },
    refused('refresh after the revocation', 400, 'invalid_grant', 'Token has been expired or revoked.'),
  ])
  expect({ output, code }).toEqual({ output: '', code: 0 })
  expect(stand.requests()).toEqual([
    'POST token-endpoint 400',
    'POST token-endpoint 200',
    'POST token-endpoint 400',
    'GET userinfo 200',
    'POST token-endpoint 401',
    'POST token-endpoint 200',
    'POST token-endpoint 200',
    'POST revocation-endpoint 200',
    'POST token-endpoint 400',
  ])
  // The library tried HTTP Basic and was content with the answer.
  const sent = stand.seen('http.request').filter(({ fields }) => fields.actor === 'subject')
  expect(sent.map(({ fields }) => fields.headers.some(isBasic)).indexOf(true)).toBe(5)
})

const isBasic = ([name, value]: readonly [string, unknown]): boolean =>
  name === 'authorization' && value === 'Basic ‹client-secret-1›'

test('golang.org/x/oauth2 learns that the user said no', async () => {
  await using stand = await openStand()
  stand.browser.script({ decision: 'deny' })
  const { told, code } = await stand.play(programs.go, stand.clientFile)
  expect(told.slice(1)).toMatchObject([
    { step: 'redirect', state: 'a-state-of-the-go-program', error: 'access_denied' },
  ])
  expect(code).toBe(0)
  expect(stand.requests()).toEqual([])
})
