import { expect, test } from 'vitest'
import type { CallbackVariant } from '../../harness/model/observation.ts'
import { authorizationParameters, redirectUri, userAgentFor } from '../google/flow.fixture.ts'
import { type OpenGoogle, alice, bob, openGoogle } from '../google/google.fixture.ts'

const authorize = 'https://accounts.google.com/o/oauth2/v2/auth'
const open = async (google: OpenGoogle, callbacks: readonly CallbackVariant[], browser = userAgentFor(google)) => {
  browser.script({ callbacks })
  await browser.open(`${authorize}?${await authorizationParameters()}`)
  return browser.arrived
}

test('it reads the real page, chooses its account, ticks every scope and delivers the response', async () => {
  const google = openGoogle()
  const browser = userAgentFor(google, bob)
  await open(google, ['true'], browser)
  expect(google.seen('ua.decision')[0]!.fields).toEqual({
    decision: 'allow',
    account: bob.address,
    scopes: ['https://mail.google.com/'],
  })
  expect(google.seen('as.code.issued')[0]!.fields.account).toBe(bob.address)
  expect(google.seen('ua.navigated').map(({ fields }) => fields)).toEqual([
    { url: authorize, status: 200, title: 'Sign in - Google Accounts' },
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
