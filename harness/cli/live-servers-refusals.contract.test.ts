import { describe, expect, test } from 'vitest'
import { compare } from '../live/drift/compare.ts'
import type { IssuerMetadata } from '../live/servers/metadata.ts'
import { lookAtTokenErrors } from '../live/servers/token-errors.ts'
import { openStand, troubleOf } from './live-mail.fixture.ts'
import { googleExpectations } from './live/expectations.ts'

const metadata: IssuerMetadata = {
  tokenEndpoint: 'https://oauth2.googleapis.com/token',
  jwksUri: null,
  revocationEndpoint: null,
  clientAuthentication: 'client_secret_post',
}

describe.each(['client_secret_post', 'client_secret_basic'] as const)('with %s', (clientAuthentication) => {
  test('what is made up is refused as the fixtures say, and nothing of it is told', async () => {
    await using stand = await openStand()
    const { context, looks, far } = stand
    await lookAtTokenErrors(context, { ...metadata, clientAuthentication })
    expect(looks.map(({ look }) => look)).toEqual([
      ...['made-up-code', 'unknown-client', 'made-up-refresh-token', 'unknown-grant-type'],
    ])
    const rows = compare(looks, googleExpectations).filter(({ area }) => area === 'token-errors')
    expect(rows.filter(({ state }) => state !== 'same')).toEqual([])
    expect(rows.length).toBe(20)
    // Each reached the rule that it was meant for: the same answers could have other reasons.
    const reasons = far.world
      .observations()
      .flatMap(({ type, fields }) => (type === 'as.error.sent' ? [(fields as { reason: string }).reason] : []))
    expect(reasons).toEqual(['code-unknown', 'client-unknown', 'refresh-token-unknown', 'grant-type-unknown'])
    expect(stand.everything()).not.toMatch(/4\/0A|1\/\/0|apps\.googleusercontent/)
  })
})

test('two runs see the same, whatever was made up', async () => {
  await using stand = await openStand()
  const { context, looks } = stand
  await lookAtTokenErrors(context, metadata)
  await lookAtTokenErrors(context, metadata)
  expect(looks.slice(4)).toEqual(looks.slice(0, 4))
})

test('what a server says back of what was made up makes no difference', async () => {
  const google: NonNullable<Parameters<typeof openStand>[0]>['alterations'] = {
    google: (answer) => async (request) => {
      if (!request.url.endsWith('/token')) return answer(request)
      const form = new URLSearchParams(await request.text())
      const description = `no such thing: ${form.get('code')} ${form.get('refresh_token')} of ${form.get('client_id')}`
      return Response.json({ error: 'invalid_grant', error_description: description }, { status: 400 })
    },
  }
  await using stand = await openStand({ alterations: google })
  await lookAtTokenErrors(stand.context, metadata)
  expect(stand.looks.map(({ facts }) => facts['error_description'])).toEqual([
    'no such thing: {made up} null of {made up}',
    'no such thing: null {made up} of {made up}',
    'no such thing: null {made up} of {made up}',
    'no such thing: null null of {made up}',
  ])
})

test('a server that gives tokens for what nobody issued is seen, and its tokens are not told', async () => {
  const token = ['ya29', 'given-to-whoever-asks-for-it'].join('.')
  await using stand = await openStand({
    alterations: {
      google: (answer) => (request) =>
        request.url.endsWith('/token') ? Promise.resolve(Response.json({ access_token: token })) : answer(request),
    },
  })
  await lookAtTokenErrors(stand.context, metadata)
  expect(stand.looks[2]?.facts).toEqual({
    ...{ status: '200', 'content-type': 'application/json', members: '["access_token"]' },
  })
  expect(stand.everything()).not.toContain(token)
})

test.each([
  ['a wrong secret', 'client_secret_post', { client_secret: 'not-the-secret' }],
  ['a wrong secret', 'client_secret_basic', { client_secret: 'not-the-secret' }],
  ['no secret', 'client_secret_post', { client_secret: '' }],
  ['an identifier of nobody', 'client_secret_post', { client_id: 'nobody' }],
] as const)(
  'a client with %s by %s is the client’s own trouble, and no drift',
  async (_, clientAuthentication, own) => {
    await using stand = await openStand()
    const client = { ...stand.context.client, ...own }
    const trouble = await troubleOf(
      lookAtTokenErrors({ ...stand.context, client }, { ...metadata, clientAuthentication }),
    )
    expect(trouble?.cause).toBe('client-refused')
    expect(stand.looks).toEqual([])
  },
)

test.each([
  ['server-error', { status: 503, body: '{"error": "internal_failure"}' }],
  ['throttled', { status: 429, body: '{}' }],
  ['captive-portal', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }],
] as const)('%s in the middle ends it without a look', async (cause, fault) => {
  await using stand = await openStand()
  stand.far.world.google.fault({ name: cause, endpoint: 'token-endpoint', occurrence: 3, ...fault })
  expect((await troubleOf(lookAtTokenErrors(stand.context, metadata)))?.cause).toBe(cause)
  expect(stand.looks).toEqual([])
})
