import { X509Certificate, createPublicKey } from 'node:crypto'
import { type JSONWebKeySet, createLocalJWKSet, importX509, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { signIn } from '../flow.fixture.ts'
import { type OpenGoogle, openGoogle } from '../google.fixture.ts'
import { publishedKeys, signingKey, unpublishedKey } from './keys.ts'

const hour = 3_600_000
const day = 24 * hour
/** The world begins two days behind a turn. */
const turn = Date.UTC(2026, 0, 20)

const kids = async (now: number): Promise<readonly string[]> => (await publishedKeys(now)).map(({ kid }) => kid)

async function fetched(google: OpenGoogle, version = 3) {
  const address = `https://www.googleapis.com/oauth2/v${version}/certs`
  const response = await google.respond(new Request(address), 'subject')
  return { headers: response.headers, body: JSON.parse(await response.text()) }
}

describe('the keys', () => {
  test('are two; a new one comes every eight days, and for half a day the oldest stays', async () => {
    const [before, at, late, after] = [
      await kids(turn - 1),
      await kids(turn),
      await kids(turn + 12 * hour - 1),
      await kids(turn + 12 * hour),
    ]
    expect(before).toHaveLength(2)
    expect(at).toEqual([at[0], ...before])
    expect(late).toEqual(at)
    expect(after).toEqual(at.slice(0, 2))
    expect(await kids(turn + 8 * day - 1)).toEqual(after)
    expect((await kids(turn + 8 * day)).slice(1)).toEqual(after)
  })

  test('never come again, though their material does', async () => {
    const turns = await Promise.all(Array.from({ length: 12 }, (_, index) => publishedKeys(turn + index * 8 * day)))
    const newest = turns.map(([key]) => key!)
    expect(new Set(newest.map(({ kid }) => kid)).size).toBe(12)
    for (const { kid } of newest) expect(kid).toMatch(/^[0-9a-f]{40}$/)
    for (const set of turns) expect(new Set(set.map(({ material }) => material)).size).toBe(3)
  })

  test('sign only when they have been published for eight days, and stay for the hour that a token lives', async () => {
    for (let now = turn - day; now < turn + 9 * day; now += hour) {
      const { kid } = await signingKey(now)
      expect(await kids(now - 8 * day + 1)).not.toContain((await unpublishedKey(now)).kid)
      for (const then of [now - 7 * day, now, now + 3600_000]) expect(await kids(then)).toContain(kid)
      expect(await kids(now)).not.toContain((await unpublishedKey(now)).kid)
    }
  })

  test('are the same for times before the first that was tracked', async () => {
    expect(await kids(Date.UTC(2020, 0, 1, 23))).toHaveLength(2)
  })
})

test('a verifier that asks again when the directives say so never misses a key', async () => {
  const google = openGoogle()
  google.clock.set(turn - 2 * day)
  let cached: { readonly until: number; readonly keys: JSONWebKeySet } | undefined
  let asked = 0
  for (let step = 0; step < 24; step++) {
    google.clock.set(google.clock.now() + 3 * hour)
    const idToken = String((await signIn(google)).tokens.body['id_token'])
    if (cached === undefined || cached.until <= google.clock.now()) {
      asked += 1
      const { headers, body } = await fetched(google)
      const [, seconds] = /max-age=(\d+)/.exec(headers.get('cache-control')!)!
      cached = { until: google.clock.now() + Number(seconds) * 1000, keys: body }
    }
    const verified = await jwtVerify(idToken, createLocalJWKSet(cached.keys), {
      currentDate: new Date(google.clock.now()),
    })
    expect(verified.payload.sub).toBe('100000000000000000001')
  }
  expect(asked).toBe(8)
})

test('an id_token’s key is gone two turns later', async () => {
  const google = openGoogle()
  const idToken = String((await signIn(google)).tokens.body['id_token'])
  const currentDate = new Date(google.clock.now())
  const verify = async () => jwtVerify(idToken, createLocalJWKSet((await fetched(google)).body), { currentDate })
  await verify()
  google.clock.set(turn + 12 * hour)
  await expect(verify()).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
})

test('they are served as a set, without their private parts, to be kept as long as was captured', async () => {
  const google = openGoogle()
  const { body, headers } = await fetched(google)
  for (const key of body.keys) expect(Object.keys(key)).toEqual(['n', 'e', 'kty', 'alg', 'use', 'kid'])
  expect(headers.get('cache-control')).toBe('public, max-age=23641, must-revalidate, no-transform')
  expect(Date.parse(headers.get('expires')!)).toBe(google.clock.now() + 23641_000)
  expect(google.seen('as.jwks.served')[0]!.fields.kids).toEqual(await kids(google.clock.now()))
})

test('they are served as certificates too, valid from 2000 to 2049, of the same keys', async () => {
  const google = openGoogle()
  const { body } = await fetched(google, 1)
  const { body: set } = await fetched(google)
  expect(Object.keys(body)).toEqual(set.keys.map(({ kid }: { kid: string }) => kid))
  for (const { kid, n } of set.keys) {
    const certificate = new X509Certificate(body[kid])
    expect(
      createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' })).export({ format: 'jwk' }).n,
    ).toBe(n)
    expect([new Date(certificate.validFrom), new Date(certificate.validTo)]).toEqual([
      new Date(Date.UTC(2000, 0, 1)),
      new Date(Date.UTC(2049, 11, 31)),
    ])
  }
  const idToken = String((await signIn(google)).tokens.body['id_token'])
  const kid = JSON.parse(atob(idToken.split('.', 1)[0]!)).kid
  const verified = await jwtVerify(idToken, await importX509(body[kid], 'RS256'), {
    currentDate: new Date(google.clock.now()),
  })
  expect(verified.protectedHeader).toEqual({ alg: 'RS256', kid, typ: 'JWT' })
})
