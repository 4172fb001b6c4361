import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createPki } from '../../mocks/doors/pki.ts'
import { driftAreas } from '../model/drift.ts'
import { browserOf, person } from './live-foreign-issuer.fixture.ts'
import { type Wishes, openHome, play, unlikePass } from './live-foreign-play.fixture.ts'
import { type ForeignWorld, openForeignWorld } from './live-foreign.fixture.ts'

/**
 * A live run against an issuer and a mail server that nobody here wrote: panva’s oidc-provider, and Dovecot with its own
 * passdb oauth2. What it finds there is found in each broken one too, and nothing else.
 */

let world: ForeignWorld
let untouched: string
beforeAll(async () => {
  // oidc-provider tells everybody that it keeps its tokens in memory.
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => {})
  world = await openForeignWorld()
  untouched = await world.mail()
  expect(untouched).toContain('(MESSAGES 3 UIDNEXT 4 UNSEEN 1)')
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  vi.restoreAllMocks()
})

const noMailScope = { 'live/mail-scope': 'inapplicable: no scope of this issuer opens a mailbox' }
const untold = { 'live/same-account': 'inapplicable: no answer names an account by its address' }
const unwritten = { 'live/label': 'inapplicable: nothing is written without --write' }
const unrevoked = { 'live/revocation': 'inapplicable: nothing is revoked without --revoke' }
const notGoogle = Object.fromEntries(
  driftAreas.map((area) => [
    `drift/${area}`,
    'inapplicable: what our fixtures say is about Google, and this is another service',
  ]),
)
const always = { ...noMailScope, ...notGoogle }
const asEver = { ...always, ...untold, ...unwritten, ...unrevoked }

describe('a server as it should be', () => {
  test('passes whatever applies to it: sign-in, vault, refresh, both logins, headers, label, revocation', async () => {
    await using home = await openHome()
    const report = await play(world, home, { writes: true, revokes: true })
    expect(unlikePass(report)).toEqual({ ...always, ...untold })
    const passed = report.checks.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id)
    expect(passed).toEqual(
      expect.arrayContaining([
        ...['live/metadata', 'live/keys', 'live/client-accepted', 'live/consent', 'live/tokens', 'live/storage'],
        ...['live/refresh', 'live/bad-token', 'live/xoauth2', 'live/oauthbearer', 'live/read-only', 'live/label'],
        'live/revocation',
      ]),
    )
    expect(report.live!.drift).toEqual([])
    expect(report.live!.accounts).toEqual([expect.objectContaining({ address: 'a…@e….com', verdict: 'pass' })])
    expect(await home.store.load(person.address)).toBeUndefined()
    expect(await world.mail()).toEqual(untouched)
    expect(JSON.stringify(report)).not.toContain(person.address)
  })

  test('asks nobody again, and finds the mail as it was', async () => {
    await using home = await openHome()
    await play(world, home)
    const again = await play(world, home, { browser: undefined })
    expect(unlikePass(again)).toEqual({
      ...asEver,
      'live/consent': expect.stringMatching(/^inapplicable: /),
      'live/refresh-token': expect.stringMatching(/^inapplicable: /),
    })
  })

  test('may tell the address in the id_token', async () => {
    await using other = await openForeignWorld('introspection', { addressInIdToken: true })
    await using home = await openHome()
    expect(unlikePass(await play(other, home))).toEqual({ ...always, ...unwritten, ...unrevoked })
  })

  test('may ask userinfo: what Dovecot says of a made-up token then, it says of its own trouble too', async () => {
    await using other = await openForeignWorld('userinfo')
    await using home = await openHome()
    expect(unlikePass(await play(other, home))).toEqual({
      ...asEver,
      'live/bad-token': expect.stringMatching(/^inconclusive: server error: NO \[UNAVAILABLE\]/),
    })
  })

  test('may take the client’s secret by HTTP Basic alone', async () => {
    await using other = await openForeignWorld('introspection', { clientAuthentication: 'client_secret_basic' })
    await using home = await openHome()
    expect(unlikePass(await play(other, home))).toEqual(asEver)
  })

  test('may be one whose name ends with a slash, and have a public client, which it gives another refresh token', async () => {
    await using other = await openForeignWorld('introspection', { slash: true, clientAuthentication: 'none' })
    await using home = await openHome()
    const report = await play(other, home, { client: { client_secret: '' }, revokes: true })
    expect(unlikePass(report)).toEqual({ ...always, ...untold, ...unwritten })
  })

  test.each([
    ['know XOAUTH2 alone', 'auth_mechanisms = plain xoauth2', 'live/oauthbearer', /^inapplicable: .* no OAUTHBEARER$/],
    ['know OAUTHBEARER alone', 'auth_mechanisms = plain oauthbearer', 'live/xoauth2', /^inapplicable: .* no XOAUTH2$/],
    ['announce hardly anything', 'imap_capability = IMAP4rev1', '', /^$/],
    ['have all folders below a prefix', 'namespace inbox {\n  separator = .\n  prefix = INBOX.\n}', '', /^$/],
  ])('may %s', async (_, more, id, finding) => {
    await using other = await openForeignWorld('introspection', { more: `${more}\n` })
    await using home = await openHome()
    const before = await other.mail()
    expect(unlikePass(await play(other, home, { writes: true }))).toEqual({
      ...{ ...always, ...untold, ...unrevoked },
      ...(id === '' ? {} : { [id]: expect.stringMatching(finding) }),
    })
    expect(await other.mail()).toBe(before)
  })

  test('may give another refresh token each time: the vault holds the one that is good', async () => {
    await using other = await openForeignWorld('introspection', { rotates: true })
    await using home = await openHome()
    const held: string[] = []
    for (let run = 0; run < 3; run++) {
      expect(unlikePass(await play(other, home))).toMatchObject(unrevoked)
      held.push((await home.store.load(person.address))!.refreshToken)
    }
    expect(new Set(held).size).toBe(3)
    const last = await play(other, home, { revokes: true, browser: undefined })
    expect(last.live!.accounts[0]!.verdict).toBe('pass')
  })
})

interface Broken {
  readonly what: string
  readonly cause: string
  readonly opens?: Parameters<typeof openForeignWorld>
  readonly wishes?: (world: ForeignWorld) => Wishes | Promise<Wishes>
  /** Checks that find it; all others are undecided, or do not apply. */
  readonly fails?: Readonly<Record<string, string | RegExp>>
  /** A check that would show that the run went on all the same. */
  readonly undecided?: string
}

const refusedLogins = {
  'live/xoauth2':
    /^expected OK; saw NO \[AUTHENTICATIONFAILED\] .*\{"status":"401","schemes":"bearer","scope":"mail"\}$/,
  'live/oauthbearer': /^expected OK; saw NO \[AUTHENTICATIONFAILED\] .*\{"status":"invalid_token"\}$/,
  'live/refresh': /^expected a login with the new token; saw NO \[AUTHENTICATIONFAILED\]/,
}

const broken: readonly Broken[] = [
  {
    what: 'the issuer’s metadata names another issuer',
    cause: 'not-the-issuer',
    wishes: ({ issuer }) => ({ farSide: { issuer: `https://127.0.0.1:${issuer.port}` } }),
    fails: { 'live/metadata': /^expected issuer https:\/\/127\.0\.0\.1:\d+; saw https:\/\/localhost:\d+$/ },
    undecided: 'live/client-accepted',
  },
  {
    what: 'the mail server cannot ask what a token is worth',
    cause: 'server-error',
    opens: ['introspection that is down'],
  },
  {
    what: 'the mail server knows passwords alone',
    cause: 'mechanism-missing',
    opens: ['passwords alone'],
    fails: { 'live/mechanism-offered': /^expected AUTH=XOAUTH2 or AUTH=OAUTHBEARER; saw .* AUTH=PLAIN AUTH=LOGIN$/ },
  },
  {
    what: 'an authority signed that nobody trusts',
    cause: 'tls-intercepted',
    wishes: async () => ({ farSide: { authorities: (await createPki()).ca } }),
  },
  {
    what: 'the port of the mail server has no TLS',
    cause: 'tls-refused',
    wishes: ({ dovecot }) => ({ farSide: { imap: { host: '127.0.0.1', port: dovecot.port } } }),
  },
  {
    what: 'nobody listens where the mail server should be',
    cause: 'unreachable',
    wishes: () => ({ farSide: { imap: { host: '127.0.0.1', port: 1 } } }),
  },
  {
    what: 'access is denied',
    cause: 'consent-denied',
    wishes: ({ pki }) => ({ browser: browserOf(pki.ca, 'deny') }),
  },
  {
    what: 'the client’s secret is another one',
    cause: 'client-refused',
    wishes: () => ({ client: { client_secret: ['not', 'the', 'secret'].join('-') } }),
    fails: { 'live/client-accepted': /^expected the client taken; saw 401 invalid_client/ },
  },
  {
    what: 'no refresh token is asked for',
    cause: 'no-refresh-token',
    wishes: () => ({ farSide: { scope: 'openid email' } }),
    fails: { 'live/refresh-token': /^expected refresh_token; saw / },
  },
  {
    what: 'somebody else signs in, and the issuer tells who',
    cause: 'wrong-account',
    opens: ['introspection', { addressInIdToken: true }],
    wishes: () => ({ account: 'bob@example.com' }),
    fails: { 'live/same-account': 'expected the account; saw another account' },
  },
  {
    what: 'somebody else signs in, and only the mail server knows',
    cause: 'login-refused',
    wishes: () => ({ account: 'bob@example.com' }),
    fails: refusedLogins,
  },
]

describe('a broken one is found', () => {
  test('that takes any token', async () => {
    await using other = await openForeignWorld('nobody')
    await using home = await openHome()
    expect(unlikePass(await play(other, home))).toEqual({
      ...asEver,
      'live/bad-token': expect.stringMatching(/^fail: expected a refusal; saw (?:XOAUTH2|OAUTHBEARER) accepted/),
    })
  })

  test.each(broken)('$what: $cause', async ({ cause, opens, wishes, fails = {}, undecided }) => {
    await using opened = opens === undefined ? undefined : await openForeignWorld(...opens)
    await using home = await openHome()
    const other = opened ?? world
    const report = await play(other, home, await wishes?.(other))
    const [row] = report.live!.accounts
    expect(row!.cause).toMatchObject({ id: cause })
    expect(`${row!.cause!.title} ${row!.cause!.next}`).not.toMatch(/google|gmail/i)
    if (undecided !== undefined) expect(unlikePass(report)[undecided]).toMatch(/^inconclusive: /)
    const failed = report.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
    expect(Object.fromEntries(failed.map(({ id, reason }) => [id, reason]))).toEqual(
      Object.fromEntries(Object.entries(fails).map(([id, reason]) => [id, expect.stringMatching(reason)])),
    )
  })

  test('and what was stored before outlives whatever keeps a refresh from its end', async () => {
    await using home = await openHome()
    await play(world, home)
    const before = await home.store.load(person.address)
    const without = ['not-the-issuer', 'tls-intercepted', 'client-refused']
    for (const { wishes } of broken.filter(({ cause }) => without.includes(cause)))
      await play(world, home, { ...(await wishes?.(world)), browser: undefined })
    expect((await home.store.load(person.address))?.refreshToken).toBe(before?.refreshToken)
    expect((await play(world, home, { browser: undefined })).live!.accounts[0]!.verdict).toBe('pass')
  })
})
