import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { obtainGrant, refreshNow, revokeNow } from '../live/account/grant.ts'
import { lookAtStorage } from '../live/account/storage.ts'
import type { LiveContext } from '../live/context.ts'
import { makeTemporaryDirectory, removeTree, writeWhole } from '../runtime/files.ts'
import { openRedirectionEndpoint } from '../runtime/redirection-endpoint.ts'
import { openVault } from '../vault/vault.ts'
import { type FarWorld, openFarWorld } from './far-world.fixture.ts'
import { type Signing, openSigning, troubleOf } from './live-grant.fixture.ts'

let world: FarWorld
const signings: Signing[] = []

beforeEach(async () => {
  world = await openFarWorld()
})
afterEach(async () => {
  for (const signing of signings.splice(0)) await signing[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

const signing = async (told?: Partial<LiveContext>, of = world): Promise<Signing> => {
  const opened = await openSigning(of, told)
  signings.push(opened)
  return opened
}

const earlier = { refreshToken: ['1//', 'a grant of an earlier run'].join(''), scope: 'https://mail.google.com/' }

describe('a grant', () => {
  test('is asked for, stored with its day, and used again without anybody', async () => {
    const one = await signing()
    const given = await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
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
    const one = await signing()
    expect((await troubleOf(obtainGrant(one.context, one.access()))).cause).toBe('no-grant')
    expect((await troubleOf(refreshNow(one.context, one.access()))).cause).toBe('no-grant')
  })

  test('of which no secret stands in the journal, and a planted one would be seen', async () => {
    const one = await signing()
    const grant = await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
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
    const one = await signing()
    const given = await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
    const rotated = ['1//', 'rotated'].join('')
    const members = { refresh_token: rotated }
    world.world.google.fault({ name: 'rotation', endpoint: 'token-endpoint', occurrence: 1, members })
    const refreshed = await refreshNow(one.context, one.access())
    expect(refreshed.accessToken).not.toBe(given.accessToken)
    expect(refreshed).toMatchObject({ refreshToken: rotated, grantedAt: given.grantedAt })
    expect(await one.store.load(one.account)).toEqual(refreshed)
    expect(one.fields('live.tokens').at(-1)).toMatchObject({ by: 'refresh_token', status: 200, refreshToken: true })
  })

  test('is ended at the issuer, shown to be dead, and forgotten', async () => {
    const one = await signing()
    await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
    expect(await revokeNow(one.context, one.access())).toContain('invalid_grant')
    expect(one.fields('live.revocation')).toEqual([{ status: 200, after: 'refused', error: 'invalid_grant' }])
    expect(await one.vault()).toEqual({})
    expect(one.fields('live.tokens')).toHaveLength(1)
  })

  test('is given some time to end everywhere', async () => {
    const one = await signing()
    await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
    const late = {
      token_type: 'Bearer',
      expires_in: 3599,
      access_token: ['ya29', 'of a server that knows later'].join('.'),
    }
    const answer = { status: 200, body: JSON.stringify(late), headers: { 'content-type': 'application/json' } }
    world.world.google.fault({ name: 'late', endpoint: 'token-endpoint', occurrence: [1, 2], ...answer })
    expect(await revokeNow(one.context, one.access({ revocationPatience: 60 }))).toContain('invalid_grant')
    expect(one.fields('live.revocation')).toEqual([{ status: 200, after: 'refused', error: 'invalid_grant' }])
    expect(await one.vault()).toEqual({})
  })

  test('that still lives when a person gives up the wait stays in the vault', async () => {
    const interruption = new AbortController()
    const one = await signing({ signal: interruption.signal })
    await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
    const before = await one.vault()
    world.world.google.fault({ name: 'a lie', endpoint: 'revocation-endpoint', occurrence: 1, status: 200, body: '{}' })
    const revoking = revokeNow(one.context, one.access({ revocationPatience: 3_600_000 }))
    const refreshes = () => world.world.observations().filter(({ type }) => type === 'as.token.issued').length
    await expect.poll(refreshes).toBe(2)
    interruption.abort()
    expect(await revoking).toContain('stays in the vault')
    expect(await one.vault()).toEqual(before)
  })

  test('that lives on after its revocation stays in the vault', async () => {
    const one = await signing()
    await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
    const before = await one.vault()
    const revoked = { name: 'a lie', endpoint: 'revocation-endpoint', occurrence: 1, status: 200, body: '{}' } as const
    world.world.google.fault(revoked)
    await revokeNow(one.context, one.access({ revocationPatience: 0 }))
    expect(one.fields('live.revocation')).toEqual([{ status: 200, after: 'granted', error: null }])
    expect(await one.vault()).toEqual(before)
    const rotated = ['1//', 'rotated'].join('')
    world.world.google.fault({ ...revoked, name: 'another lie' })
    const members = { refresh_token: rotated }
    world.world.google.fault({ name: 'rotation', endpoint: 'token-endpoint', occurrence: 1, members })
    await revokeNow(one.context, one.access({ revocationPatience: 0 }))
    expect(await one.store.load(one.account)).toMatchObject({ refreshToken: rotated })
  })

  test.for([
    ['has a trouble of its own', { status: 503, body: '' }],
    ['has no time', { status: 503, body: '{"error":"temporarily_unavailable"}' }],
    ['refuses the client', { status: 401, body: '{"error":"invalid_client"}' }],
  ] as const)('that was not seen dead, because the issuer %s, stays in the vault', async ([, answer]) => {
    const one = await signing()
    await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
    const before = await one.vault()
    const headers = { 'content-type': 'application/json' }
    world.world.google.fault({ name: 'no word', endpoint: 'token-endpoint', occurrence: 'every', headers, ...answer })
    expect(await revokeNow(one.context, one.access())).toContain('stays in the vault')
    expect(await one.vault()).toEqual(before)
  })

  test('is looked at as it is stored', async () => {
    const one = await signing()
    const grant = await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
    const { account, directory } = one
    await lookAtStorage(one.context, { account, directory, grant })
    expect(one.fields('live.storage')).toEqual([{ directoryMode: '0700', fileMode: '0600', leaks: 0, planted: true }])
  })
})

interface Hindrance {
  readonly cause: string
  readonly said?: RegExp
  readonly told?: Partial<LiveContext>
  /** Does what goes wrong, and gives what plays the person. */
  play(): (url: string) => Promise<void>
}

const fault = (more: object) => (): ((url: string) => Promise<void>) => {
  world.world.google.fault({ name: 'planted', endpoint: 'token-endpoint', occurrence: 'every', ...more })
  return world.browser()
}
/** A browser that comes back with an error, as a server of another make may send it. */
const comesBack =
  (error: string, own: object = { iss: 'https://accounts.google.com' }) =>
  () =>
  async (url: string) => {
    const { searchParams } = new URL(url)
    const back = new URL(searchParams.get('redirect_uri')!)
    back.search = new URLSearchParams({ error, state: searchParams.get('state')!, ...own }).toString()
    await fetch(back)
  }
const hour = 3_600_000

const hindrances: Readonly<Record<string, Hindrance>> = {
  'denied on the screen': { cause: 'consent-denied', play: () => world.browser({ decision: 'deny' }) },
  'ended with another error': {
    cause: 'consent-refused',
    said: /^temporarily_unavailable/,
    play: comesBack('temporarily_unavailable'),
  },
  'denied, by an answer without the issuer that was announced': {
    cause: 'consent-denied',
    said: /^access_denied$/,
    play: comesBack('access_denied', {}),
  },
  'an error in the name of another issuer': {
    cause: 'not-understood',
    play: comesBack('access_denied', { iss: 'https://issuer.example' }),
  },
  'signed in to another account': {
    cause: 'wrong-account',
    play: () => world.browser({ account: world.accounts[1]! }),
  },
  'mail left unticked': { cause: 'scope-unticked', play: () => world.browser({ scopes: [] }) },
  'no refresh token': { cause: 'no-refresh-token', play: fault({ without: ['refresh_token'] }) },
  'too many requests': { cause: 'throttled', said: /HTTP 429/, play: fault({ status: 429, body: '{}' }) },
  'a trouble of its own': { cause: 'server-error', said: /HTTP 503/, play: fault({ status: 503, body: 'no' }) },
  'a page of somebody else': {
    cause: 'captive-portal',
    play: fault({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Log in here' }),
  },
  'a way to somebody else': {
    cause: 'captive-portal',
    play: fault({ status: 302, headers: { location: 'https://portal.example/' }, body: '' }),
  },
  'an answer that says nothing': { cause: 'not-understood', play: fault({ status: 200, body: '{"half":' }) },
  'a wrong secret': {
    cause: 'client-refused',
    said: /"invalid_client"/,
    get told() {
      return { client: { ...world.client, client_secret: ['GOCSPX', 'of-another-client'].join('-') } }
    },
    play: () => world.browser(),
  },
  'a client that was deleted meanwhile': {
    cause: 'client-refused',
    said: /"deleted_client"/,
    play: () => async (url) => {
      const end = await world.world.consent({ url, account: world.accounts[0]!, decision: 'grant' })
      world.world.google.setClient(world.client.client_id, 'deleted')
      if (end.end === 'redirected') await fetch(end.location)
    },
  },
  'a clock that is two hours ahead': {
    cause: 'clock-wrong',
    told: { now: () => Date.now() + 2 * hour },
    play: () => world.browser(),
  },
  'a web client without a way back to this machine': {
    cause: 'redirect-refused',
    get told() {
      const redirect_uris = ['https://app.example.com/callback', 'http://127.0.0.1:8080']
      return { client: { ...world.client, kind: 'web' as const, redirect_uris } }
    },
    play: () => world.browser(),
  },
}

describe('of a sign-in that comes to no end', () => {
  test.for(Object.entries(hindrances))('%s has its own cause and costs no grant', async ([, hindrance]) => {
    const one = await signing(hindrance.told)
    await one.store.save(one.account, earlier)
    const before = await one.vault()
    const browser = hindrance.play()
    const access = one.access({ again: true, asking: one.asking((url) => browser(url).catch(() => {})) })
    const { cause, said } = await troubleOf(obtainGrant(one.context, access))
    expect({ cause, said }).toEqual({ cause: hindrance.cause, said: expect.stringMatching(hindrance.said ?? /./) })
    expect(await one.vault()).toEqual(before)
    expect(one.fields('live.grant')).toEqual([])
    expect(one.context.secrets.scanner.scanText(JSON.stringify(one.journal()))).toEqual([])
  })

  test('a closed browser is named after a while, with what its pages mean and the address', async () => {
    const one = await signing()
    const opened: string[] = []
    const asking = one.asking(async (url) => void opened.push(url), { patience: 300, hintAfter: 10 })
    expect((await troubleOf(obtainGrant(one.context, one.access({ asking })))).cause).toBe('nobody-answered')
    expect(one.hints.at(-1)).toBe(opened[0])
    for (const text of [
      'has not completed the Google verification process',
      'redirect_uri_mismatch',
      'org_internal',
      'loopback flow',
      ': policy_enforced',
      'restricted_client',
    ])
      expect(one.hints.join('\n')).toContain(text)
  })

  test('without a browser the address is shown at once', async () => {
    const one = await signing()
    const addresses: string[] = []
    const asking = one.asking(
      async (url) => {
        addresses.push(url)
        throw new Error('no browser')
      },
      { patience: 300, hintAfter: 60_000 },
    )
    await troubleOf(obtainGrant(one.context, one.access({ asking })))
    expect(one.hints).toContain(addresses[0])
  })

  test('an interruption ends the wait', async () => {
    const interruption = new AbortController()
    const one = await signing({ signal: interruption.signal })
    // For longer than this test may take: the interruption ends it, and nothing else.
    const asking = one.asking(async () => interruption.abort(), { patience: 60_000 })
    expect((await troubleOf(obtainGrant(one.context, one.access({ asking })))).cause).toBe('interrupted')
  })
})

test('a web client answers at the loopback address that it has registered', async () => {
  const free = await openRedirectionEndpoint()
  await free.close()
  const home = await makeTemporaryDirectory('oauth-imap-web')
  try {
    await writeWhole(`${home}/world.yaml`, `clients: [{ type: web, redirectUris: ['${free.redirectUri}back'] }]\n`)
    await using web = await openFarWorld(`${home}/world.yaml`)
    const one = await signing({}, web)
    await obtainGrant(one.context, one.access({ asking: one.asking(web.browser()) }))
    expect(one.fields('live.tokens')).toMatchObject([{ status: 200, refreshToken: true }])
  } finally {
    await removeTree(home)
  }
})

describe('a refresh that is refused', () => {
  const day = 24 * hour

  test('after eight days in status Testing says why, and leaves the vault alone', async () => {
    await using testing = await openFarWorld('fixtures/worlds/presets/testing-7-days.yaml')
    let later = 0
    const one = await signing({ now: () => Date.now() + later }, testing)
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
    ['access was removed', 'grant-dead', () => world.world.google.removeAccess(world.accounts[0]!)],
    [
      'the client was disabled',
      'client-refused',
      () => world.world.google.setClient(world.client.client_id, 'disabled'),
    ],
    ['too many ask', 'throttled', () => fault({ status: 429, body: '{}' })()],
    ['Google has a trouble', 'server-error', () => fault({ status: 500, body: '' })()],
  ] as const)('because %s leaves the vault alone', async ([, expected, happen]) => {
    const one = await signing()
    await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
    const before = await one.vault()
    happen()
    expect((await troubleOf(refreshNow(one.context, one.access()))).cause).toBe(expected)
    expect(await one.vault()).toEqual(before)
  })

  test('does not hide a vault that cannot be read', async () => {
    const one = await signing()
    await one.store.save(one.account, earlier)
    const store = await openVault({ directory: one.directory, key: new Uint8Array(32).fill(8) })
    const { cause, said } = await troubleOf(refreshNow(one.context, one.access({ store })))
    expect({ cause, said }).toEqual({ cause: 'vault-unusable', said: expect.stringContaining('another key') })
  })
})
