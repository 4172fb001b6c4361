import { expect, test } from 'vitest'
import { openJournal } from '../journal.ts'
import type { ObservedLive } from '../model/live.ts'
import { createRandom } from '../random.ts'
import { openSecrets } from '../secrets.ts'
import type { Lines } from './lines/lines.ts'
import { recordedFetch } from './recorded-fetch.ts'
import { LiveTrouble } from './trouble.ts'

const account = 'Alice@example.com'
const url = 'https://issuer.example/token'
const accessToken = ['ya29.', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('')
const refreshToken = ['1//', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('')

/** Whatever is asked, one answer comes. */
const answering = (answer: Response) => {
  const secrets = openSecrets(createRandom(0))
  const journal = openJournal({ scenario: 'live-account', door: 'tls', seed: 0 }, () => 0)
  const lines = { fetch: async () => answer.clone() } as unknown as Lines
  const tokens = (): readonly ObservedLive['live.tokens'][] =>
    journal.soFar().flatMap((each) => (each.type === 'live.tokens' ? [each.fields as never] : []))
  return { secrets, tokens, fetch: recordedFetch({ lines, journal, secrets }, account) }
}
const json = (status: number, members: object): Response =>
  new Response(JSON.stringify(members), { status, headers: { 'content-type': 'application/json' } })
const refresh = {
  method: 'POST',
  body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
}
const idToken = (claims: object): string => ['e30', btoa(JSON.stringify(claims)).replaceAll('=', ''), 'c2ln'].join('.')

test('an answer is recorded without its secrets, which are all known by then, and given on as it came', async () => {
  const { fetch, secrets, tokens } = answering(
    json(200, {
      access_token: accessToken,
      id_token: idToken({ email: 'alice@EXAMPLE.com' }),
      ...{ token_type: 'Bearer', expires_in: 3599, refresh_token_expires_in: 604_799, scope: 'openid email' },
      [`x-${accessToken}`]: 1,
    }),
  )
  const answer = (await (await fetch(url, refresh)).json()) as { readonly access_token: string }
  expect(answer.access_token).toBe(accessToken)
  expect(tokens()).toEqual([
    {
      ...{ by: 'refresh_token', status: 200, error: null, description: null, tokenType: 'Bearer' },
      ...{ expiresIn: 3599, refreshTokenExpiresIn: 604_799, scope: ['openid', 'email'], refreshToken: false },
      members: [
        ...['access_token', 'id_token', 'token_type', 'expires_in', 'refresh_token_expires_in', 'scope'],
        'x-‹access-token-1›',
      ],
      identity: 'the account',
    },
  ])
  expect([...secrets.values()].map(({ kind }) => kind)).toEqual(['refresh-token', 'access-token', 'id-token'])
})

test.for([
  [idToken({ email: 'bob@example.com' }), 'another account'],
  [idToken({ email: account }), 'the account'],
  [idToken({}), 'not told'],
  ['no.!!.token', 'not told'],
  [17, 'not told'],
] as const)('an id_token %# names %s', async ([token, identity]) => {
  const { fetch, tokens } = answering(json(200, { id_token: token, expires_in: '3599', scope: 5 }))
  await fetch(url, refresh)
  expect(tokens()).toMatchObject([{ identity, expiresIn: null, scope: null }])
})

const page = (status: number, body = '<!doctype html><p>Log in'): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8' } })

test.for([
  ['captive-portal', () => page(200)],
  ['captive-portal', () => page(403)],
  ['captive-portal', () => page(511)],
  ['captive-portal', () => new Response('\n<html>', { headers: { 'content-type': 'application/json' } })],
  ['captive-portal', () => new Response('', { status: 302, headers: { location: 'https://portal.example/' } })],
  ['throttled', () => json(429, {})],
  ['throttled', () => json(403, { error: 'rate_limit_exceeded' })],
  ['throttled', () => json(403, { error_code: 'rate_limit_exceeded' })],
  ['throttled', () => page(403, '<title>Error 403 (Forbidden)!!1</title>')],
  ['server-error', () => page(502)],
  ['server-error', () => json(500, { error: 'internal_failure' })],
] as const)('%s', async ([cause, answer]) => {
  const { fetch, tokens } = answering(answer())
  const error = await fetch(url, refresh).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(LiveTrouble)
  expect([(error as LiveTrouble).trouble, tokens().length]).toEqual([cause, 1])
})

test.for([() => json(400, { error: 'invalid_grant' }), () => page(404), () => new Response(null, { status: 204 })])(
  'what an issuer may answer is its client’s to understand: %#',
  async (answer) => {
    const { fetch } = answering(answer())
    expect((await fetch(url, refresh)).status).toBe(answer().status)
  },
)

test('only what the token endpoint is asked for is recorded', async () => {
  const { fetch, tokens } = answering(json(200, { issuer: url }))
  await fetch('https://issuer.example/.well-known/openid-configuration')
  await fetch('https://issuer.example/revoke', { method: 'POST', body: `token=${refreshToken}` })
  expect(tokens()).toEqual([])
})
