import { describe, expect, test } from 'vitest'
import { obtainGrant, revokeNow } from '../live/account/grant.ts'
import { eachInFarWorld } from './live-grant.fixture.ts'

const far = eachInFarWorld()

describe('a grant that is revoked', () => {
  test('is ended at the issuer, shown to be dead, and forgotten', async () => {
    const one = await far.signing()
    await obtainGrant(one.context, one.access({ asking: one.asking(far.world.browser()) }))
    expect(await revokeNow(one.context, one.access())).toContain('invalid_grant')
    expect(one.fields('live.revocation')).toEqual([{ status: 200, after: 'refused', error: 'invalid_grant' }])
    expect(await one.vault()).toEqual({})
    expect(one.fields('live.tokens')).toHaveLength(1)
  })

  test('is given some time to end everywhere', async () => {
    const one = await far.signing()
    await obtainGrant(one.context, one.access({ asking: one.asking(far.world.browser()) }))
    const late = {
      token_type: 'Bearer',
      expires_in: 3599,
      access_token: ['ya29', 'of a server that knows later'].join('.'),
    }
    const answer = { status: 200, body: JSON.stringify(late), headers: { 'content-type': 'application/json' } }
    far.world.world.google.fault({ name: 'late', endpoint: 'token-endpoint', occurrence: [1, 2], ...answer })
    expect(await revokeNow(one.context, one.access({ revocationPatience: 60 }))).toContain('invalid_grant')
    expect(one.fields('live.revocation')).toEqual([{ status: 200, after: 'refused', error: 'invalid_grant' }])
    expect(await one.vault()).toEqual({})
  })

  test('that still lives when a person gives up the wait stays in the vault', async () => {
    const interruption = new AbortController()
    const one = await far.signing({ signal: interruption.signal })
    await obtainGrant(one.context, one.access({ asking: one.asking(far.world.browser()) }))
    const before = await one.vault()
    far.world.world.google.fault({
      name: 'a lie',
      endpoint: 'revocation-endpoint',
      occurrence: 1,
      status: 200,
      body: '{}',
    })
    const revoking = revokeNow(one.context, one.access({ revocationPatience: 3_600_000 }))
    const refreshes = () => far.world.world.observations().filter(({ type }) => type === 'as.token.issued').length
    await expect.poll(refreshes).toBe(2)
    interruption.abort()
    expect(await revoking).toContain('stays in the vault')
    expect(await one.vault()).toEqual(before)
  })

  test('that lives on after its revocation stays in the vault', async () => {
    const one = await far.signing()
    await obtainGrant(one.context, one.access({ asking: one.asking(far.world.browser()) }))
    const before = await one.vault()
    const revoked = { name: 'a lie', endpoint: 'revocation-endpoint', occurrence: 1, status: 200, body: '{}' } as const
    far.world.world.google.fault(revoked)
    await revokeNow(one.context, one.access({ revocationPatience: 0 }))
    expect(one.fields('live.revocation')).toEqual([{ status: 200, after: 'granted', error: null }])
    expect(await one.vault()).toEqual(before)
    const rotated = ['1//', 'rotated'].join('')
    far.world.world.google.fault({ ...revoked, name: 'another lie' })
    const members = { refresh_token: rotated }
    far.world.world.google.fault({ name: 'rotation', endpoint: 'token-endpoint', occurrence: 1, members })
    await revokeNow(one.context, one.access({ revocationPatience: 0 }))
    expect(await one.store.load(one.account)).toMatchObject({ refreshToken: rotated })
  })

  test.for([
    ['has a trouble of its own', { status: 503, body: '' }],
    ['has no time', { status: 503, body: '{"error":"temporarily_unavailable"}' }],
    ['refuses the client', { status: 401, body: '{"error":"invalid_client"}' }],
  ] as const)('that was not seen dead, because the issuer %s, stays in the vault', async ([, answer]) => {
    const one = await far.signing()
    await obtainGrant(one.context, one.access({ asking: one.asking(far.world.browser()) }))
    const before = await one.vault()
    const headers = { 'content-type': 'application/json' }
    far.world.world.google.fault({
      name: 'no word',
      endpoint: 'token-endpoint',
      occurrence: 'every',
      headers,
      ...answer,
    })
    expect(await revokeNow(one.context, one.access())).toContain('stays in the vault')
    expect(await one.vault()).toEqual(before)
  })
})
