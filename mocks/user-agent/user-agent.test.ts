import { describe, expect, test } from 'vitest'
import type { CallbackVariant } from '../../harness/model/observation.ts'
import type { UserScript } from '../../harness/model/scenario.ts'
import { authorizationParameters, redirectUri, userAgentFor } from '../google/flow.fixture.ts'
import { type OpenGoogle, alice, bob, openGoogle } from '../google/google.fixture.ts'
import { googleWith } from '../google/sign-in/browser.fixture.ts'
import { createUserAgent } from './user-agent.ts'

const authorize = 'https://accounts.google.com/o/oauth2/v2/auth'
const open = async (google: OpenGoogle, callbacks: readonly CallbackVariant[], browser = userAgentFor(google)) => {
  browser.script({ callbacks })
  await browser.open(`${authorize}?${await authorizationParameters()}`)
  return browser.arrived
}

test('it reads the real pages, chooses its account, ticks every scope and delivers the response', async () => {
  const google = openGoogle()
  const browser = userAgentFor(google, bob)
  await open(google, ['true'], browser)
  expect(google.seen('ua.decision').map(({ fields }) => fields)).toEqual([
    { decision: 'allow', account: bob.address, scopes: [] },
    { decision: 'allow', account: bob.address, scopes: ['https://mail.google.com/'] },
  ])
  expect(google.seen('as.code.issued')[0]!.fields.account).toBe(bob.address)
  const title = 'Sign in - Google Accounts'
  expect(google.seen('ua.navigated').map(({ fields }) => fields)).toEqual([
    { url: authorize, status: 200, title },
    { url: 'https://accounts.google.com/v3/signin/identifier', status: 200, title },
    { url: 'https://accounts.google.com/signin/oauth/id', status: 200, title },
    { url: 'https://accounts.google.com/signin/oauth/consent', status: 302, title: '' },
  ])
})

test('it delivers the scripted variants in their order', async () => {
  const google = openGoogle()
  const arrived = await open(google, ['stray', 'forged-state', 'without-state', 'true'])
  const [stray, forged, stateless, genuine] = arrived
  expect(stray!.href).toBe('http://127.0.0.1:53789/favicon.ico')
  expect(genuine!.href.startsWith(`${redirectUri}?state=`)).toBe(true)
  for (const name of ['state', 'code']) expect(forged!.searchParams.get(name)).not.toBe(genuine!.searchParams.get(name))
  expect(forged!.searchParams.get('code')).toMatch(/^4\/0A[\w-]{69}$/)
  expect(stateless!.searchParams.has('state')).toBe(false)
  expect(stateless!.searchParams.get('code')).toBe(genuine!.searchParams.get('code'))
  expect(google.seen('ua.callback.sent').map(({ fields }) => [fields.variant, fields.to, fields.status])).toEqual([
    ['stray', 'http://127.0.0.1:‹port›/favicon.ico', 200],
    ['forged-state', 'http://127.0.0.1:‹port›/callback', 200],
    ['without-state', 'http://127.0.0.1:‹port›/callback', 200],
    ['true', 'http://127.0.0.1:‹port›/callback', 200],
  ])
})

test('the forged code is worth nothing, and its references differ from the genuine ones', async () => {
  const google = openGoogle()
  await open(google, ['forged-state', 'true'])
  const refs = google
    .seen('ua.callback.sent')
    .map(({ fields }) => fields.parameters.map(([, value]) => (typeof value === 'string' ? value : value.ref)))
  expect(refs.map((values) => values.slice(0, 3))).toEqual([
    ['state-2', 'https://accounts.google.com', 'authorization-code-2'],
    ['state-1', 'https://accounts.google.com', 'authorization-code-1'],
  ])
})

const drive = 'https://www.googleapis.com/auth/drive.file'
const mail = 'https://mail.google.com/'

/** Opens a request for mail and files with a script, and tells where it ended. */
async function play(google: OpenGoogle, script: Partial<UserScript>, account = alice) {
  const browser = userAgentFor(google, account)
  browser.script(script)
  await browser.open(`${authorize}?${await authorizationParameters({ scope: `openid ${mail} ${drive}` })}`)
  return browser.arrived[0]?.searchParams
}
const decisions = (google: OpenGoogle) =>
  google.seen('ua.decision').map(({ fields }) => [fields.decision, fields.scopes])

describe('a script', () => {
  test('leaves scopes unticked', async () => {
    const google = openGoogle()
    expect((await play(google, { ticks: [drive] }))?.get('scope')).toBe(`${drive} openid`)
    expect(decisions(google)).toEqual([
      ['allow', []],
      ['allow', [drive]],
    ])
  })

  test('refuses', async () => {
    const google = openGoogle()
    expect((await play(google, { decision: 'deny' }))?.get('error')).toBe('access_denied')
    expect(decisions(google)).toEqual([['deny', []]])
  })

  test('leaves, and nobody hears of it', async () => {
    const google = openGoogle()
    expect(await play(google, { decision: 'leave' })).toBeUndefined()
    expect(decisions(google)).toEqual([])
    expect(google.seen('ua.navigated')).toHaveLength(2)
  })

  const unverified = { verified: false }
  const testing = { publishingStatus: 'testing', testUsers: [alice.address] } as const
  test.each([
    ['past', 'the warning', unverified],
    ['past', 'the warning of a test', testing],
  ])('goes %s %s', async (_, _warning, project) => {
    expect((await play(googleWith(project), {}))?.has('code')).toBe(true)
  })

  test.each([unverified, testing])('goes back at the warning: %j', async (project) => {
    const google = googleWith(project)
    expect((await play(google, { warning: 'back' }))?.get('error')).toBe('access_denied')
    expect(decisions(google)).toEqual([['deny', []]])
  })

  test.each([
    [86_400, 86_400],
    [null, null],
    [60, null],
  ])('limits access to %j seconds where that is offered', async (accessFor, limit) => {
    const google = googleWith({}, undefined, { timeLimits: [3600, 86_400] })
    await play(google, { accessFor })
    google.clock.set(google.clock.now() + 86_400_000)
    await play(google, { decision: 'leave' })
    const again = google.seen('ua.navigated').at(-1)!.fields
    expect(again.status).toBe(limit === null ? 302 : 200)
  })

  test('finds its account among those of the same beginning', async () => {
    const google = googleWith({}, [{ ...bob, address: `${alice.address}.au` }, alice])
    await play(google, {})
    expect(google.seen('as.code.issued')[0]!.fields.account).toBe(alice.address)
  })

  test('ends where its account is not offered', async () => {
    const google = openGoogle()
    google.google.setAccount(alice.address, 'disabled')
    expect(await play(google, {})).toBeUndefined()
    expect(google.seen('ua.navigated')).toHaveLength(1)
  })
})

test('it reads names as a person does', async () => {
  const google = googleWith({ name: 'Tom & <Jerry> (unsafe)', verified: false })
  expect((await play(google, {}))?.has('code')).toBe(true)
})

test('it gives up a journey without an end', async () => {
  const google = openGoogle()
  const asked: string[] = []
  const userAgent = createUserAgent(google.world, {
    account: alice,
    fetch: async ({ url }) => {
      asked.push(url)
      return new Response(null, { status: 302, headers: { location: authorize } })
    },
    callback: async () => ({ status: 200 }),
  })
  await userAgent.open(authorize)
  expect(asked).toHaveLength(20)
})

test('what a script does not name stays as it was', async () => {
  const google = openGoogle()
  const browser = userAgentFor(google)
  browser.script({ decision: 'deny' })
  await open(google, ['stray', 'true'], browser)
  expect(browser.arrived.at(-1)?.searchParams.get('error')).toBe('access_denied')
})

test('on an error page it records what it sees and stops', async () => {
  const google = openGoogle()
  const browser = userAgentFor(google)
  await browser.open(`${authorize}?client_id=nobody`)
  expect(google.seen('ua.navigated').map(({ fields }) => [fields.status, fields.title])).toEqual([
    [302, ''],
    [400, 'Access blocked: Authorization Error'],
  ])
  expect(browser.arrived).toEqual([])
})

test.each(['no url', 'https://evil.example/'])('%s leads nowhere', async (url) => {
  const google = openGoogle()
  await userAgentFor(google).open(url)
  expect(google.seen('ua.opened')).toHaveLength(1)
  expect(google.seen('ua.decision')).toEqual([])
})

test('nobody at the redirection endpoint is recorded as no status', async () => {
  const google = openGoogle()
  const browser = userAgentFor(google, alice, () => Promise.reject(new Error('refused')))
  await open(google, ['true'], browser)
  expect(google.seen('ua.callback.sent')[0]!.fields.status).toBeNull()
})

test('no secret stands in what it records', async () => {
  const google = openGoogle()
  await open(google, ['stray', 'forged-state', 'without-state', 'true'])
  const journal = JSON.stringify(google.sealed().observations)
  expect(google.secrets.scanner.scanText(journal)).toEqual([])
  expect(journal).not.toContain('53789')
})
