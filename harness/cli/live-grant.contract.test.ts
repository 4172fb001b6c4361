import { describe, expect, test } from 'vitest'
import { obtainGrant, refreshNow } from '../live/account/grant.ts'
import { lookAtStorage } from '../live/account/storage.ts'
import { makeTemporaryDirectory, removeTree, writeWhole } from '../runtime/files.ts'
import { openRedirectionEndpoint } from '../runtime/redirection-endpoint.ts'
import { openFarWorld } from './far-world.fixture.ts'
import { eachInFarWorld, troubleOf } from './live-grant.fixture.ts'

const far = eachInFarWorld()

describe('a grant', () => {
  test('is asked for, stored with its day, and used again without anybody', async () => {
    const one = await far.signing()
    const given = await obtainGrant(one.context, one.access({ asking: one.asking(far.world.browser()) }))
    expect(given).toMatchObject({ scope: expect.stringContaining('https://mail.google.com/') })
    expect(await one.store.load(one.account)).toEqual(given)
    expect(await obtainGrant(one.context, one.access())).toEqual(given)
    expect(one.fields('live.consent')).toEqual([{ answer: 'granted', error: null }])
    expect(one.fields('live.grant')).toEqual([
      { from: 'consent', days: 0 },
      { from: 'vault', days: 0 },
    ])
    expect(one.fields('live.tokens')).toMatchObject([
      { by: 'authorization_code', status: 200, error: null, refreshToken: true, identity: 'the account' },
    ])
    expect(one.hints).toEqual([])
  })

  test('is not asked for where nobody could answer', async () => {
    const one = await far.signing()
    expect((await troubleOf(obtainGrant(one.context, one.access()))).cause).toBe('no-grant')
    expect((await troubleOf(refreshNow(one.context, one.access()))).cause).toBe('no-grant')
  })

  test('of which no secret stands in the journal, and a planted one would be seen', async () => {
    const one = await far.signing()
    const grant = await obtainGrant(one.context, one.access({ asking: one.asking(far.world.browser()) }))
    const { accessToken } = await refreshNow(one.context, one.access())
    const recorded = JSON.stringify(one.journal())
    const { scanner } = one.context.secrets
    expect(scanner.scanText(recorded)).toEqual([])
    for (const value of [grant.accessToken!, grant.refreshToken, accessToken!])
      expect(scanner.scanText(`${recorded}${btoa(value)}`).length).toBeGreaterThan(0)
    const kinds = new Set([...one.context.secrets.values()].map(({ kind }) => kind))
    for (const kind of ['authorization-code', 'code-verifier', 'state', 'nonce', 'id-token', 'client-secret'] as const)
      expect(kinds).toContain(kind)
  })

  test('is refreshed whether or not it is due, and a new refresh token takes the place of the old', async () => {
    const one = await far.signing()
    const given = await obtainGrant(one.context, one.access({ asking: one.asking(far.world.browser()) }))
    const rotated = ['1//', 'rotated'].join('')
    const members = { refresh_token: rotated }
    far.world.world.google.fault({ name: 'rotation', endpoint: 'token-endpoint', occurrence: 1, members })
    const refreshed = await refreshNow(one.context, one.access())
    expect(refreshed.accessToken).not.toBe(given.accessToken)
    expect(refreshed).toMatchObject({ refreshToken: rotated, grantedAt: given.grantedAt })
    expect(await one.store.load(one.account)).toEqual(refreshed)
    expect(one.fields('live.tokens').at(-1)).toMatchObject({ by: 'refresh_token', status: 200, refreshToken: true })
  })

  test('is looked at as it is stored', async () => {
    const one = await far.signing()
    const grant = await obtainGrant(one.context, one.access({ asking: one.asking(far.world.browser()) }))
    const { account, directory } = one
    await lookAtStorage(one.context, { account, directory, grant })
    expect(one.fields('live.storage')).toEqual([{ directoryMode: '0700', fileMode: '0600', leaks: 0, planted: true }])
  })
})

test('a web client answers at the loopback address that it has registered', async () => {
  const free = await openRedirectionEndpoint()
  await free.close()
  const home = await makeTemporaryDirectory('oauth-imap-web')
  try {
    await writeWhole(`${home}/world.yaml`, `clients: [{ type: web, redirectUris: ['${free.redirectUri}back'] }]\n`)
    await using web = await openFarWorld(`${home}/world.yaml`)
    const one = await far.signing({}, web)
    await obtainGrant(one.context, one.access({ asking: one.asking(web.browser()) }))
    expect(one.fields('live.tokens')).toMatchObject([{ status: 200, refreshToken: true }])
  } finally {
    await removeTree(home)
  }
})
