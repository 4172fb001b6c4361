import * as client from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Journal } from '../../harness/model/observation.ts'
import { httpsFetch } from '../doors/https-fetch.fixture.ts'
import { type Pki, createPki } from '../doors/pki.ts'
import { type TlsDoor, listenHttps } from '../doors/tls-listener.ts'
import { userAgentFor } from './flow.fixture.ts'
import { type OpenGoogle, desktop, openGoogle } from './google.fixture.ts'

let pki: Pki
beforeAll(async () => {
  pki = await createPki()
})

const redirectUri = 'http://127.0.0.1:53789/callback'
const issuer = new URL('https://accounts.google.com')
const fixed = {
  state: 'hQ2vN8sKx4TbW7mZp9RcLd3FyU6gJ1oEa5XkV0nBt8S',
  nonce: 'qHw2MuY6gJ1oEa5XkV0nBt8ShQ2vN8sKx4TbW7mZp9R',
  verifier: 'Zq7tRk2wXv9LmB4nHs8PdYc3JfGu6AeTo1iQy5rWzKx',
}

type Fetch = (request: Request) => Promise<Response>
type ClientAuthentication = (secret: string) => client.ClientAuth

/** A client that lives in the world's time and reaches Google through one door. */
async function configure(google: OpenGoogle, fetch: Fetch, authentication: ClientAuthentication) {
  const options = {
    [client.customFetch]: (url: string, init: client.CustomFetchOptions) =>
      fetch(new Request(url, init as RequestInit)),
  }
  const skew = Math.round((google.clock.now() - Date.now()) / 1000)
  const metadata = { client_secret: desktop.client_secret, [client.clockSkew]: skew }
  const auth = authentication(desktop.client_secret)
  const config = await client.discovery(issuer, desktop.client_id, metadata, auth, options)
  // Without it signatures of id_tokens that came over TLS are not looked at (OpenID Connect Core §3.1.3.7 rule 6).
  client.enableNonRepudiationChecks(config)
  return config
}

/** Discovery, consent, exchange with PKCE and nonce, userinfo, refresh, revocation. */
async function wholeLife(
  google: OpenGoogle,
  fetch: Fetch,
  authentication: ClientAuthentication = client.ClientSecretPost,
) {
  const config = await configure(google, fetch, authentication)
  const browser = userAgentFor(google)
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'https://mail.google.com/ openid email profile',
    state: fixed.state,
    nonce: fixed.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(fixed.verifier),
    code_challenge_method: 'S256',
    access_type: 'offline',
    prompt: 'consent',
  })
  await browser.open(url.href)
  const tokens = await client.authorizationCodeGrant(config, browser.arrived[0]!, {
    pkceCodeVerifier: fixed.verifier,
    expectedState: fixed.state,
    expectedNonce: fixed.nonce,
    idTokenExpected: true,
  })
  const claims = tokens.claims()!
  const user = await client.fetchUserInfo(config, tokens.access_token, claims.sub)
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token!)
  await client.tokenRevocation(config, refreshed.access_token)
  const dead = await client.refreshTokenGrant(config, tokens.refresh_token!).catch((error: unknown) => error)
  return { tokens, claims, user, refreshed, dead }
}

const withoutTls = ({ observations }: Journal) => observations.filter(({ stream }) => stream !== 'tls')

const throughInterception = async (authentication?: ClientAuthentication) => {
  const google = openGoogle()
  const result = await wholeLife(google, (request) => google.respond(request, 'subject'), authentication)
  return { google, result, journal: google.sealed() }
}

const throughTls = async (authentication?: ClientAuthentication) => {
  const google = openGoogle()
  await using door: TlsDoor = await listenHttps(google.world, google.google.handlers, pki)
  const result = await wholeLife(google, httpsFetch(door.port, pki.ca), authentication)
  return { google, result, journal: google.sealed() }
}

describe.each([
  ['interception', throughInterception],
  ['TLS', throughTls],
] as const)('openid-client through the %s door', (_, play) => {
  let played: Awaited<ReturnType<typeof play>>
  beforeAll(async () => {
    played = await play()
  })

  test('accepts the whole life of a grant', () => {
    const { claims, user, refreshed } = played.result
    expect(claims).toMatchObject({ iss: 'https://accounts.google.com', aud: desktop.client_id, nonce: fixed.nonce })
    expect(user).toMatchObject({ sub: claims.sub, email: 'alice@example.test', given_name: 'Alice' })
    expect(refreshed.refresh_token).toBeUndefined()
  })

  test('learns of a dead grant as invalid_grant', () => {
    expect(played.result.dead).toBeInstanceOf(client.ResponseBodyError)
    expect(played.result.dead).toMatchObject({
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
      status: 400,
    })
  })
})

test('both doors write the same journal but for TLS itself', async () => {
  const [intercepted, overTls] = [await throughInterception(), await throughTls()]
  expect(withoutTls(overTls.journal)).toEqual(withoutTls(intercepted.journal))
  expect(overTls.google.seen('tls.done').length).toBeGreaterThan(0)
})

test('HTTP Basic is form-encoded, as RFC 6749 §2.3.1 wants it, and so unknown to Google', async () => {
  const google = openGoogle()
  const life = wholeLife(google, (request) => google.respond(request, 'subject'), client.ClientSecretBasic)
  await expect(life).rejects.toMatchObject({ error: 'invalid_client', status: 401 })
  const [request] = google.seen('http.request').filter(({ stream }) => stream === 'token-endpoint')
  expect(request!.fields.headers).toContainEqual(['authorization', 'Basic ‹client-secret-1›'])
})

test('HTTP Basic serves as well as the form where basicCredentials says so', async () => {
  const google = openGoogle({ basicCredentials: 'form-decoded' })
  const life = await wholeLife(google, (request) => google.respond(request, 'subject'), client.ClientSecretBasic)
  expect(life.tokens.token_type).toBe('bearer')
})

test.each([
  ['wrong-issuer', 'iss'],
  ['wrong-audience', 'aud'],
  ['wrong-authorized-party', 'azp'],
  ['expired', 'exp'],
  ['wrong-nonce', 'nonce'],
  ['no-nonce', 'nonce'],
  ['wrong-signature', 'signature'],
  ['alg-none', 'alg'],
  ['alg-hs256', 'alg'],
  ['unknown-key', 'key'],
] as const)('an id_token with the defect %s is refused for its %s', async (defect, told) => {
  const google = openGoogle()
  google.google.idTokenDefect(defect)
  const life = wholeLife(google, (request) => google.respond(request, 'subject'))
  const failure: Error = await life.then(
    () => new Error('accepted'),
    (error: Error) => error,
  )
  expect(`${failure.message} ${(failure.cause as Error | undefined)?.message}`).toContain(told)
  expect(google.seen('as.idtoken.issued')[0]!.fields.defect).toBe(defect)
})
