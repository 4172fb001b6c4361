import { type JSONWebKeySet, createLocalJWKSet, errors, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import type { IdTokenDefect } from '../../../harness/model/scenario.ts'
import { signIn } from '../flow.fixture.ts'
import { type OpenGoogle, alice, desktop, openGoogle } from '../google.fixture.ts'
import { base64url, sha256 } from '../grants/pkce.ts'

const nonce = 'uY6gJ1oEa5XkV0nBt8SqHw2M'

async function keySet({ respond }: OpenGoogle): Promise<JSONWebKeySet> {
  const response = await respond(new Request('https://www.googleapis.com/oauth2/v3/certs'), 'subject')
  return (await response.json()) as JSONWebKeySet
}

/** OpenID Connect Core §3.1.3.7, rule for rule; the claims, or what is wrong. */
async function strictly(google: OpenGoogle, idToken: string): Promise<string> {
  try {
    const { payload } = await jwtVerify(idToken, createLocalJWKSet(await keySet(google)), {
      issuer: 'https://accounts.google.com',
      audience: desktop.client_id,
      algorithms: ['RS256'],
      currentDate: new Date(google.clock.now()),
    })
    const parties = [payload.aud].flat().length > 1 || payload['azp'] !== undefined
    if (parties && payload['azp'] !== desktop.client_id) return 'azp'
    return payload['nonce'] === nonce ? 'accepted' : 'nonce'
  } catch (error) {
    if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) return error.claim
    return error instanceof errors.JOSEError ? error.code : String(error)
  }
}

const issue = async (google: OpenGoogle): Promise<string> => String((await signIn(google)).tokens.body['id_token'])

test.each<[IdTokenDefect, string]>([
  ['wrong-issuer', 'iss'],
  ['wrong-audience', 'aud'],
  ['wrong-authorized-party', 'azp'],
  ['expired', 'exp'],
  ['wrong-nonce', 'nonce'],
  ['no-nonce', 'nonce'],
  ['wrong-signature', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
  ['alg-none', 'ERR_JOSE_ALG_NOT_ALLOWED'],
  ['alg-hs256', 'ERR_JOSE_ALG_NOT_ALLOWED'],
  ['unknown-key', 'ERR_JWKS_NO_MATCHING_KEY'],
])('a strict verifier refuses %s for %s, and the next token again not', async (defect, problem) => {
  const google = openGoogle()
  google.google.idTokenDefect(defect)
  expect(await strictly(google, await issue(google))).toBe(problem)
  expect(await strictly(google, await issue(google))).toBe('accepted')
  expect(google.seen('as.idtoken.issued').map(({ fields }) => fields.defect)).toEqual([defect, null])
})

test('a defect that was taken back does not come', async () => {
  const google = openGoogle()
  google.google.idTokenDefect('expired')
  google.google.idTokenDefect(null)
  expect(await strictly(google, await issue(google))).toBe('accepted')
})

test('HS256 is signed with the client’s secret, which whoever takes any algorithm would believe', async () => {
  const google = openGoogle()
  google.google.idTokenDefect('alg-hs256')
  const secret = new TextEncoder().encode(desktop.client_secret)
  const verified = await jwtVerify(await issue(google), secret, { currentDate: new Date(google.clock.now()) })
  expect(verified.protectedHeader.alg).toBe('HS256')
})

test('the claims stand in the captured order', async () => {
  const google = openGoogle()
  const { tokens, accessToken } = await signIn(google, { scope: 'openid email profile' })
  const { payload, protectedHeader } = await jwtVerify(
    String(tokens.body['id_token']),
    createLocalJWKSet(await keySet(google)),
    { currentDate: new Date(google.clock.now()) },
  )
  expect(Object.keys(protectedHeader)).toEqual(['alg', 'kid', 'typ'])
  expect(Object.keys(payload).join(' ')).toBe(
    'iss azp aud sub email email_verified at_hash nonce name picture given_name family_name iat exp',
  )
  expect(payload['at_hash']).toBe(base64url(sha256(accessToken).subarray(0, 16)))
})

test('a Workspace account has its domain, and a consumer’s has none', async () => {
  const domains = []
  for (const organisation of ['example.test', null]) {
    const google = openGoogle({}, { accounts: [{ ...alice, organisation }] })
    await issue(google)
    domains.push(google.seen('as.idtoken.issued')[0]!.fields.claims['hd'])
  }
  expect(domains).toEqual(['example.test', undefined])
})

test('idTokenIssuer: the legacy spelling, which a strict verifier refuses', async () => {
  const google = openGoogle({ idTokenIssuer: 'accounts.google.com' })
  const idToken = await issue(google)
  expect(await strictly(google, idToken)).toBe('iss')
  expect(google.seen('as.idtoken.issued')[0]!.fields.claims['iss']).toBe('accounts.google.com')
})

test('a client that asked for no identity gets no id_token', async () => {
  const { tokens } = await signIn(openGoogle(), { scope: 'https://mail.google.com/' })
  expect(tokens.body).not.toHaveProperty('id_token')
})
