import { describe, expect, test } from 'vitest'
import type { ProjectSetup } from '../../../harness/model/google-setup.ts'
import { authorizationParameters, redirectUri } from '../flow.fixture.ts'
import { desktop, openGoogle, web } from '../google.fixture.ts'
import { PlainBrowser, authorize, googleWith, headingOf } from './browser.fixture.ts'

type Changes = Readonly<Record<string, string | null>>
const site = { client_id: web.client_id }

const accepted: readonly (readonly [name: string, changes: Changes])[] = [
  ['loopback without a port', { redirect_uri: 'http://127.0.0.1/cb' }],
  ['IPv6 loopback', { redirect_uri: 'http://[::1]:53789/cb' }],
  ['localhost with any port and path', { redirect_uri: 'http://localhost:1/a/b/c?d=e' }],
  ['loopback with characters that a header cannot hold', { redirect_uri: 'http://127.0.0.1:1/日本?ü=é' }],
  ['the exact redirect of a web client', { ...site, redirect_uri: 'http://localhost:8080/callback' }],
  ['its public one', { ...site, redirect_uri: 'https://mail.example.test/callback' }],
  ['plain as challenge method', { code_challenge_method: 'plain' }],
  ['a challenge without a method', { code_challenge_method: null }],
  ['a method without a challenge', { code_challenge: null }],
  ['a challenge of 128 characters', { code_challenge: 'a'.repeat(128), code_challenge_method: 'plain' }],
  ['no state and no nonce', { state: null, nonce: null }],
  ['an empty state', { state: '' }],
  ['both prompts', { prompt: 'select_account consent' }],
  ['online access', { access_type: 'online' }],
  ['an empty access type', { access_type: '' }],
  ['parameters that nobody knows', { x_unknown: '1', hd: '*', display: 'page', enable_granular_consent: 'false' }],
  ['scopes named twice', { scope: 'openid openid  email' }],
]

test.each(accepted)('%s', async (_, changes) => {
  const { location } = await new PlainBrowser(openGoogle()).signIn(changes)
  expect(location?.searchParams.get('code')).toMatch(/^4\/0A/)
  expect(location!.href.startsWith(new URL(changes['redirect_uri'] ?? redirectUri).href)).toBe(true)
  expect(location!.searchParams.get('state')).toBe(
    changes['state'] === undefined ? 'hQ2vN8sKx4TbW7mZp9RcLd3F' : changes['state'],
  )
})

describe('redirects of other client types', () => {
  const own = `com.googleusercontent.apps.${desktop.client_id.replace(/\.apps.*/, '')}:/callback`
  const redirect_uris = ['com.example.mail:/']
  test.each([
    ['ios', own, {}],
    ['ios', 'com.example.mail:callback', { redirect_uris }],
    ['android', 'com.example.mail:/callback', { redirect_uris, customScheme: true }],
  ] as const)('%s at %s', async (type, uri, changes) => {
    const browser = new PlainBrowser(googleWith({}, undefined, {}, { type, ...changes }))
    const { location } = await browser.signIn({ redirect_uri: uri })
    expect(location?.href.startsWith(`${uri}?state=`)).toBe(true)
  })
})

describe('the out-of-band redirect of an application in Testing', () => {
  const testing: Partial<ProjectSetup> = { publishingStatus: 'testing', testUsers: ['alice@example.test'] }
  const oob = { redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' }

  test('ends on a page from which the user copies the code', async () => {
    const google = googleWith(testing)
    const browser = new PlainBrowser(google)
    const { location } = await browser.signIn(oob)
    expect(location!.origin + location!.pathname).toBe(
      'https://accounts.google.com/o/oauth2/approval/v2/approvalnativeapp',
    )
    const code = location!.searchParams.get('approvalCode')!
    expect(code).toMatch(/^4\/0A/)
    expect(new URLSearchParams(location!.searchParams.get('response')!).get('code')).toBe(code)
    const page = await browser.visit(new Request(location!))
    expect(headingOf(page)).toBe('Sign in')
    expect(page.html).toContain(`readonly>${code}</textarea>`)
    expect(google.secrets.scanner.scanText(JSON.stringify(google.sealed().observations))).toEqual([])
  })

  test('ends on a page without one when the user refuses', async () => {
    const browser = new PlainBrowser(googleWith(testing))
    await browser.open(oob)
    await browser.press('Alice')
    await browser.press('Continue')
    const { location } = await browser.press('Cancel')
    expect(location!.searchParams.get('response')).toContain('error=access_denied')
    expect((await browser.visit(new Request(location!))).html).toContain('There is no code to copy: access_denied.')
  })
})

describe('how it may be asked', () => {
  const ask = (method: string, url: string) => openGoogle().respond(new Request(url, { method }), 'user-agent')
  const asked = async (address = authorize) => `${address}?${await authorizationParameters()}`

  test('on the older address too', async () => {
    expect((await ask('GET', await asked('https://accounts.google.com/o/oauth2/auth'))).status).toBe(200)
  })

  test('with HEAD, which has no body', async () => {
    const response = await ask('HEAD', await asked())
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect((await ask('HEAD', authorize)).headers.get('location')).toContain('authError=')
  })

  test('with a form in place of the query', async () => {
    const browser = new PlainBrowser(openGoogle())
    expect(headingOf(await browser.send(authorize, [...(await authorizationParameters())]))).toBe('Choose an account')
    expect((await browser.send(authorize, [])).location?.searchParams.has('authError')).toBe(true)
  })

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('never with %s', async (method) => {
    const response = await ask(method, await asked())
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  })

  test('the pages between take nothing but their forms', async () => {
    const response = await ask('GET', 'https://accounts.google.com/signin/oauth/consent')
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('never without TLS', async () => {
    expect((await ask('GET', await asked('http://accounts.google.com/o/oauth2/v2/auth'))).type).toBe('error')
  })

  test.each([
    ['a lone percent sign', '%'],
    ['broken percent-encodings', '%zz=%q'],
    ['octets that are no UTF-8', 'client_id=%ff%fe'],
    ['a broken sequence of them', 'state=%c3%28'],
    ['a character beyond the first plane', 'scope=\u{10ffff}'],
    ['one long name', 'a'.repeat(10_000)],
    ['nothing, ten thousand times', '&'.repeat(9999)],
  ])('a query of %s is refused like any other', async (_, query) => {
    const response = await ask('GET', `${authorize}?${query}`)
    expect(response.headers.get('location')).toContain('https://accounts.google.com/signin/oauth/error?authError=')
  })

  test('octets that are no UTF-8 in an otherwise good request reach the client as what they decode to', async () => {
    const query = String(await authorizationParameters()).replace(/state=[^&]*/, 'state=%ff')
    const browser = new PlainBrowser(openGoogle())
    await browser.visit(new Request(`${authorize}?${query}`))
    await browser.press('Alice')
    await browser.press('Continue')
    expect((await browser.press('Continue', 'https://mail.google.com/')).location!.searchParams.get('state')).toBe(
      '\ufffd',
    )
  })
})
