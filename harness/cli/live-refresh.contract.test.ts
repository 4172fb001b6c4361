import { describe, expect, test } from 'vitest'
import { obtainGrant, refreshNow } from '../live/account/grant.ts'
import { openVault } from '../vault/vault.ts'
import { openFarWorld } from './far-world.fixture.ts'
import { earlierGrant, eachInFarWorld, troubleOf } from './live-grant.fixture.ts'

const far = eachInFarWorld()
const hour = 3_600_000

describe('a refresh that is refused', () => {
  const day = 24 * hour

  test('after eight days in status Testing says why, and leaves the vault alone', async () => {
    await using testing = await openFarWorld('fixtures/worlds/presets/testing-7-days.yaml')
    let later = 0
    const one = await far.signing({ now: () => Date.now() + later }, testing)
    await obtainGrant(one.context, one.access({ asking: one.asking(testing.browser()) }))
    expect(one.fields('live.tokens')[0]!.refreshTokenExpiresIn).toBeGreaterThan(6 * 86_400)
    const before = await one.vault()
    later = 8 * day
    testing.world.clock.advance(later)
    const { cause, said } = await troubleOf(refreshNow(one.context, one.access()))
    expect(cause).toBe('grant-dead')
    expect(said).toMatch(/"invalid_grant".*given 8 days ago.*7 days/)
    expect(await one.vault()).toEqual(before)
    expect(one.fields('live.tokens').at(-1)).toMatchObject({
      by: 'refresh_token',
      status: 400,
      error: 'invalid_grant',
    })
  })

  test.for([
    ['access was removed', 'grant-dead', () => far.world.world.google.removeAccess(far.world.accounts[0]!)],
    [
      'the client was disabled',
      'client-refused',
      () => far.world.world.google.setClient(far.world.client.client_id, 'disabled'),
    ],
    [
      'its owner joined Advanced Protection',
      'consent-refused',
      () => {
        const headers = { 'content-type': 'application/json' }
        return far.planted({ status: 400, headers, body: '{"error":"policy_enforced"}' })
      },
    ],
    ['too many ask', 'throttled', () => far.planted({ status: 429, body: '{}' })],
    ['Google has a trouble', 'server-error', () => far.planted({ status: 500, body: '' })],
  ] as const)('because %s leaves the vault alone', async ([, expected, happen]) => {
    const one = await far.signing()
    await obtainGrant(one.context, one.access({ asking: one.asking(far.world.browser()) }))
    const before = await one.vault()
    happen()
    expect((await troubleOf(refreshNow(one.context, one.access()))).cause).toBe(expected)
    expect(await one.vault()).toEqual(before)
  })

  test('does not hide a vault that cannot be read', async () => {
    const one = await far.signing()
    await one.store.save(one.account, earlierGrant)
    const store = await openVault({ directory: one.directory, key: new Uint8Array(32).fill(8) })
    const { cause, said } = await troubleOf(refreshNow(one.context, one.access({ store })))
    expect({ cause, said }).toEqual({ cause: 'vault-unusable', said: expect.stringContaining('another key') })
  })
})
