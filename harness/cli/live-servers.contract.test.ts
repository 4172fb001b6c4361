import { describe, expect, test } from 'vitest'
import type { ResponseFault } from '../model/response-fault.ts'
import { compare } from '../live/drift/compare.ts'
import { lookAtKeys } from '../live/servers/keys.ts'
import { type IssuerMetadata, lookAtMetadata } from '../live/servers/metadata.ts'
import { lookAtTls } from '../live/servers/tls-versions.ts'
import { openStand, troubleOf } from './live-mail.fixture.ts'
import { googleExpectations } from './live/expectations.ts'

const every = (endpoint: ResponseFault['endpoint'], fault: Partial<ResponseFault>): ResponseFault => ({
  ...{ name: 'another answer', endpoint, occurrence: 'every' },
  ...fault,
})
const page = { headers: { 'content-type': 'text/html; charset=utf-8' } }
const portal = '<!doctype html><html><head><title>Hotel Wifi: please log in</title></head></html>'

test('metadata, keys and versions of TLS are seen as they are, and are those of the fixtures', async () => {
  await using stand = await openStand()
  const { context, looks, seen } = stand
  const metadata = await lookAtMetadata(context)
  expect(metadata).toEqual({
    tokenEndpoint: 'https://oauth2.googleapis.com/token',
    jwksUri: 'https://www.googleapis.com/oauth2/v3/certs',
    revocationEndpoint: 'https://oauth2.googleapis.com/revoke',
    clientAuthentication: 'client_secret_post',
  } satisfies IssuerMetadata)
  await lookAtKeys(context, metadata)
  expect(await lookAtTls(context)).toBe('issuer: TLSv1.2, TLSv1.3; imap: TLSv1.2, TLSv1.3')
  const url = 'https://accounts.google.com/.well-known/openid-configuration'
  expect(seen('live.metadata')).toEqual([
    { url, status: 200, issuer: 'https://accounts.google.com', missing: [], insecure: [] },
  ])
  const [clock] = seen('live.clock')
  expect(clock?.host).toBe('accounts.google.com')
  expect(Math.abs(clock!.seconds)).toBeLessThanOrEqual(2)
  expect(seen('live.keys')).toEqual([
    { url: metadata.jwksUri, status: 200, keys: expect.any(Number), usable: seen('live.keys')[0]!.keys },
  ])
  // Not every machine can ask for the old ones.
  const answers = seen('live.tls').map(({ server, asked, accepted }) => `${server} ${asked} ${accepted ?? false}`)
  expect(answers).toEqual([
    ...['issuer TLSv1 false', 'issuer TLSv1.1 false', 'issuer TLSv1.2 true', 'issuer TLSv1.3 true'],
    ...['imap TLSv1 false', 'imap TLSv1.1 false', 'imap TLSv1.2 true', 'imap TLSv1.3 true'],
  ])
  const rows = compare(looks, googleExpectations).filter(({ area }) => area === 'as-metadata' || area === 'imap-tls')
  expect(rows.length).toBeGreaterThan(40)
  expect(rows.filter(({ state }) => state === 'unknown')).toEqual([])
  const unseen = rows.filter(({ state }) => state === 'not-observed').map(({ look }) => look)
  const unasked = seen('live.tls').flatMap(({ server, asked, accepted }) =>
    accepted === null ? [`${server}-${asked}`] : [],
  )
  expect(unseen.toSorted()).toEqual(unasked.toSorted())
})

describe('metadata', () => {
  test.each([
    ['server-error', '503', { status: 503, body: portal, ...page }],
    ['throttled', '429', { status: 429, body: '{}' }],
    ['captive-portal', 'Hotel Wifi: please log in', { status: 200, body: portal, ...page }],
    ['captive-portal', 'Hotel Wifi: please log in', { status: 403, body: portal, headers: { 'content-type': null } }],
    [
      'throttled',
      'Error 403 (Forbidden)!!1',
      { status: 403, body: '<!DOCTYPE html>\n<title>Error 403 (Forbidden)!!1</title>', ...page },
    ],
    ['captive-portal', '511', { status: 511, body: '{}' }],
    [
      'captive-portal',
      'login.hotel.example',
      { status: 302, body: '', headers: { location: 'http://login.hotel.example/?a=b', 'content-type': null } },
    ],
    ['not-understood', '200', { status: 200, body: '[]' }],
    ['not-understood', '404', { status: 404, body: portal, ...page }],
    ['not-understood', '404', { status: 404, body: '{"error": "not_found"}' }],
    ['not-understood', '200', { status: 200, body: '{"issuer": "https://acc' }],
  ] as const)('%s: %s', async (cause, said, fault) => {
    await using stand = await openStand()
    const { context, far, seen } = stand
    far.world.google.fault(every('discovery', fault))
    const trouble = await troubleOf(lookAtMetadata(context))
    expect(trouble?.cause).toBe(cause)
    expect(trouble?.said).toContain(said)
    expect(seen('live.metadata')).toEqual([])
  })

  test.each([
    ['a slash too many', 'https://accounts.google.com/'],
    ['another host', 'https://accounts.example'],
    ['no text', 7],
  ])('of an issuer with %s is another issuer’s', async (_, issuer) => {
    await using stand = await openStand()
    const { context, far, seen } = stand
    far.world.google.fault(every('discovery', { members: { issuer } }))
    expect((await troubleOf(lookAtMetadata(context)))?.cause).toBe('not-the-issuer')
    expect(seen('live.metadata')).toMatchObject([{ issuer: typeof issuer === 'string' ? issuer : null }])
  })

  test('is recorded before it is too little to go on with', async () => {
    await using stand = await openStand()
    const { context, far, seen } = stand
    const members = {
      token_endpoint: 'token',
      userinfo_endpoint: 'http://userinfo.example/',
      revocation_endpoint: 'http://127.0.0.1/',
    }
    far.world.google.fault(every('discovery', { members, without: ['authorization_endpoint', 'jwks_uri'] }))
    expect((await troubleOf(lookAtMetadata(context)))?.cause).toBe('not-understood')
    expect(seen('live.metadata')).toMatchObject([
      { missing: ['authorization_endpoint', 'token_endpoint', 'jwks_uri'], insecure: ['userinfo_endpoint'] },
    ])
  })

  test('is taken from where RFC 8414 has it, where OpenID’s place is empty', async () => {
    await using stand = await openStand()
    const { context, far, seen, looks } = stand
    far.world.google.fault({ ...every('discovery', { status: 404, body: portal, ...page }), occurrence: 1 })
    expect((await lookAtMetadata(context)).tokenEndpoint).toBe('https://oauth2.googleapis.com/token')
    expect(seen('live.metadata')).toMatchObject([
      { url: 'https://accounts.google.com/.well-known/oauth-authorization-server', missing: [] },
    ])
    expect(looks.map(({ look }) => look)).toEqual(['oauth-authorization-server', 'oauth-authorization-server-headers'])
  })

  test('that is at neither place has what befell the second for its cause', async () => {
    await using stand = await openStand()
    const { context, far } = stand
    far.world.google.fault({ ...every('discovery', { status: 404, body: portal, ...page }), occurrence: 1 })
    far.world.google.fault({ ...every('discovery', { status: 503, body: '{}' }), occurrence: 2 })
    expect((await troubleOf(lookAtMetadata(context)))?.cause).toBe('server-error')
  })

  test('needs no second document: what befalls that is no trouble, and its absence is what a look shows', async () => {
    await using stand = await openStand()
    const { context, far, looks } = stand
    far.world.google.fault({ ...every('discovery', { status: 503, body: '{}' }), occurrence: 2 })
    await lookAtMetadata(context)
    expect(looks.map(({ look }) => look)).toEqual(['openid-configuration', 'openid-configuration-headers'])
    far.world.google.clearFaults()
    far.world.google.fault({ ...every('discovery', { status: 404, body: portal, ...page }), occurrence: 2 })
    await lookAtMetadata(context)
    expect(looks.at(-1)).toMatchObject({ look: 'oauth-authorization-server', facts: { status: '404' } })
  })

  test.each([-600, 86_400])('comes with a clock that is %i seconds away from ours', async (seconds) => {
    await using stand = await openStand({ now: () => Date.now() + seconds * 1000 })
    await lookAtMetadata(stand.context)
    const [clock] = stand.seen('live.clock')
    expect(Math.abs(clock!.seconds - seconds)).toBeLessThanOrEqual(2)
  })

  test('ends with an interruption, whichever document was asked for', async () => {
    await using stand = await openStand()
    stand.far.world.google.fault({ ...every('discovery', { delay: 3_600_000 }), occurrence: 2 })
    const looking = troubleOf(lookAtMetadata(stand.context))
    await stand.until(() => stand.far.world.observations().some(({ type }) => type === 'fault.fired'))
    stand.interrupt()
    expect((await looking)?.cause).toBe('interrupted')
  })

  test('says no more when it is asked for after an interruption', async () => {
    await using stand = await openStand()
    stand.interrupt()
    expect((await troubleOf(lookAtMetadata(stand.context)))?.cause).toBe('interrupted')
  })
})

describe('keys', () => {
  const jwksUri = 'https://www.googleapis.com/oauth2/v3/certs'
  const metadata = {
    tokenEndpoint: '',
    jwksUri,
    revocationEndpoint: null,
    clientAuthentication: 'client_secret_post',
  } as const

  test('are counted by whether an id_token can be verified with them', async () => {
    await using stand = await openStand()
    const rsa = { kty: 'RSA', kid: 'a', n: 'AQAB', e: 'AQAB' }
    const ec = { kty: 'EC', kid: 'b', crv: 'P-256', x: 'AQ', y: 'AQ', use: 'sig', alg: 'ES256' }
    const unusable = [
      { ...rsa, kid: 1 },
      { ...rsa, kid: '' },
      { ...rsa, use: 'enc' },
      { ...ec, x: undefined },
      { ...ec, key_ops: ['sign'] },
    ]
    const others = [{ kty: 'oct', kid: 'c', k: 'AQ' }, { kty: 'toString', kid: 'd' }, null, 'key']
    const body = JSON.stringify({ keys: [rsa, ec, ...unusable, ...others] })
    stand.far.world.google.fault(every('jwks', { status: 200, body, headers: { 'content-type': 'application/json' } }))
    expect(await lookAtKeys(stand.context, metadata)).toBe('2 of 11 keys can verify id_tokens')
    expect(stand.seen('live.keys')).toEqual([{ url: jwksUri, status: 200, keys: 11, usable: 2 }])
    expect(stand.looks[0]?.facts).toMatchObject({ kty: '["EC","RSA","oct","toString"]', alg: '["ES256"]' })
  })

  test.each([
    ['server-error', { status: 500, body: '{}' }],
    ['not-understood', { status: 200, body: '{"keys": {}}' }],
    ['captive-portal', { status: 200, body: portal, ...page }],
  ] as const)('%s', async (cause, fault) => {
    await using stand = await openStand()
    stand.far.world.google.fault(every('jwks', fault))
    expect((await troubleOf(lookAtKeys(stand.context, metadata)))?.cause).toBe(cause)
    expect(stand.looks).toEqual([])
  })

  test('of an issuer that names none are not asked for', async () => {
    await using stand = await openStand()
    expect(await lookAtKeys(stand.context, { ...metadata, jwksUri: null })).toBe('the issuer publishes no keys')
    expect(stand.seen('live.keys')).toEqual([])
  })
})

describe('versions of TLS', () => {
  test('that this machine cannot ask for are no look', async () => {
    await using stand = await openStand()
    const { context, seen, looks } = stand
    const asks: typeof context.lines.asks = async (server, version) =>
      version === 'TLSv1' ? null : version === 'TLSv1.1' ? false : context.lines.asks(server, version)
    await lookAtTls({ ...context, lines: { ...context.lines, asks } })
    expect(seen('live.tls').filter(({ accepted }) => accepted === null)).toHaveLength(2)
    expect(looks.map(({ look }) => look)).toEqual([
      ...['issuer-TLSv1.1', 'issuer-TLSv1.2', 'issuer-TLSv1.3', 'imap-TLSv1.1', 'imap-TLSv1.2', 'imap-TLSv1.3'],
    ])
    const rows = compare(looks, googleExpectations).filter(
      ({ area, look }) => area === 'imap-tls' && look.endsWith('-TLSv1'),
    )
    expect(rows.map(({ state }) => state)).toEqual(['not-observed', 'not-observed'])
  })

  test('that one server agrees to and another does not are told apart', async () => {
    await using stand = await openStand()
    const { context, looks } = stand
    const asks: typeof context.lines.asks = async (server, version) =>
      (server === 'imap' && version === 'TLSv1.1') || context.lines.asks(server, version)
    expect(await lookAtTls({ ...context, lines: { ...context.lines, asks } })).toBe(
      'issuer: TLSv1.2, TLSv1.3; imap: TLSv1.1, TLSv1.2, TLSv1.3',
    )
    expect(compare(looks, googleExpectations).filter(({ state }) => state === 'known')).toMatchObject([
      { look: 'imap-TLSv1.1', expected: 'refused', observed: 'accepted' },
    ])
  })

  test('of a server that cannot be reached keep nobody from seeing those of the other', async () => {
    const gone = { host: '127.0.0.1', port: 1 }
    await using stand = await openStand({ at: { 'imap.gmail.com:993': gone } })
    expect((await troubleOf(lookAtTls(stand.context)))?.cause).toBe('unreachable')
    expect(stand.seen('live.tls').map(({ server }) => server)).toEqual(['issuer', 'issuer', 'issuer', 'issuer'])
  })
})
