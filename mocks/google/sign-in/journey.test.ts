import { describe, expect, test } from 'vitest'
import type { ProjectSetup } from '../../../harness/model/google-setup.ts'
import { exchangeForm, post, tokenUrl } from '../flow.fixture.ts'
import { alice, bob, openGoogle, web } from '../google.fixture.ts'
import { PlainBrowser, type Visit, drive, googleWith, headingOf, mail } from './browser.fixture.ts'

const identity = 'openid email'
const grantedScope = ({ location }: Visit) => location?.searchParams.get('scope')?.split(' ') ?? null
const ticksOf = ({ screen }: Visit) => screen.form?.checkboxes.map(({ value }) => value)
/** Chooses Alice and stops at the page that follows. */
const asAlice = async (browser: PlainBrowser, changes: Readonly<Record<string, string | null>> = {}) => {
  await browser.open(changes)
  return browser.press('Alice')
}

describe('the consent screen', () => {
  test('asks who the user is first, then for data, each data scope with a tick that is not set', async () => {
    const browser = new PlainBrowser(openGoogle())
    const first = await asAlice(browser, { scope: `${identity} ${mail} ${drive}` })
    expect(headingOf(first)).toBe('Sign in to Example Mail')
    expect(ticksOf(first)).toEqual([])
    expect(first.html).toContain('See your primary Google Account email address')
    const second = await browser.press('Continue')
    expect(headingOf(second)).toBe('Example Mail wants access to your Google Account')
    expect(ticksOf(second)).toEqual([mail, drive])
    expect(second.html).toContain('Select what Example Mail can access')
    expect(second.html).toContain('Read, compose, send, and permanently delete all your email from Gmail')
    expect(second.html).toContain('alice@example.test')
    expect(second.html).not.toContain('checked')
  })

  test('grants what was ticked, and identity', async () => {
    const browser = new PlainBrowser(openGoogle())
    await asAlice(browser, { scope: `openid ${mail} ${drive}` })
    await browser.press('Continue')
    expect(grantedScope(await browser.press('Continue', mail))).toEqual([mail, 'openid'])
  })

  test('grants identity alone to whoever ticks nothing, for that is something', async () => {
    const google = openGoogle()
    const browser = new PlainBrowser(google)
    await asAlice(browser, { scope: `openid ${mail}` })
    await browser.press('Continue')
    const answer = await browser.press('Continue')
    expect(grantedScope(answer)).toEqual(['openid'])
    const tokens = await post(google, tokenUrl, exchangeForm(answer.location!.searchParams.get('code')!))
    expect(tokens.body['scope']).toBe('openid')
  })

  test('is an error for whoever grants nothing new', async () => {
    const browser = new PlainBrowser(openGoogle())
    await asAlice(browser, { scope: `${mail} ${drive}` })
    expect((await browser.press('Continue')).location?.searchParams.get('error')).toBe('access_denied')
  })

  test('grants no scope that was never asked for', async () => {
    const browser = new PlainBrowser(openGoogle())
    await asAlice(browser, { scope: `openid ${mail}` })
    const { screen } = await browser.press('Continue')
    const entries = screen.form!.hidden.map(({ name, value }) => [name, value] as const)
    const answer = await browser.send(screen.form!.action, [
      ...entries,
      ['scope', mail],
      ['scope', 'https://www.googleapis.com/auth/drive'],
      ['decision', 'allow'],
    ])
    expect(grantedScope(answer)).toEqual([mail, 'openid'])
  })

  test.each([
    ['one data scope alone', mail, {}],
    ['an application that the administrator trusts', `${mail} ${drive}`, { policy: 'trusted' as const }],
  ])('offers no ticks for %s: all or nothing', async (_, scope, account) => {
    const browser = new PlainBrowser(googleWith({}, [{ ...alice, ...account }, bob]))
    const page = await asAlice(browser, { scope })
    expect(ticksOf(page)).toEqual([])
    expect(page.html).toContain('When you allow this access, Example Mail will be able to:')
    expect(grantedScope(await browser.press('Continue'))).toEqual(scope.split(' '))
  })

  test('is one page for identity alone', async () => {
    const browser = new PlainBrowser(openGoogle())
    await asAlice(browser, { scope: 'openid' })
    expect(grantedScope(await browser.press('Continue'))).toEqual(['openid'])
  })

  test.each([0, 1])('a refusal on page %i grants nothing', async (page) => {
    const google = openGoogle()
    const browser = new PlainBrowser(google)
    await asAlice(browser, { scope: `openid ${mail}` })
    if (page === 1) await browser.press('Continue')
    const { location } = await browser.press('Cancel')
    expect(Object.fromEntries(location!.searchParams)).toEqual({
      state: 'hQ2vN8sKx4TbW7mZp9RcLd3F',
      iss: 'https://accounts.google.com',
      error: 'access_denied',
    })
    expect(google.seen('as.grant.state')).toEqual([])
  })
})

describe('a second consent', () => {
  test('is skipped when everything is granted, for every client of the project', async () => {
    const browser = new PlainBrowser(openGoogle())
    await browser.signIn()
    expect((await browser.open()).location?.searchParams.get('prompt')).toBe('none')
    const other = { client_id: web.client_id, redirect_uri: 'http://localhost:8080/callback' }
    expect((await browser.open(other)).location?.searchParams.get('prompt')).toBe('none')
  })

  test('asks for what is new alone, and names the rest', async () => {
    const browser = new PlainBrowser(openGoogle())
    await browser.signIn({ scope: `openid ${mail}` })
    const page = await browser.open({ scope: `openid ${mail} ${drive}` })
    expect(headingOf(page)).toBe('Example Mail wants additional access to your Google Account')
    expect(ticksOf(page)).toEqual([drive])
    expect(page.html).toContain('See the 2 services that Example Mail has some access to.')
    expect(grantedScope(await browser.press('Continue', drive))).toEqual([mail, drive, 'openid'])
  })

  test('comes without ticks for prompt=consent when nothing is new', async () => {
    const browser = new PlainBrowser(openGoogle())
    await browser.signIn({ scope: `openid ${mail}` })
    const page = await browser.open({ scope: `openid ${mail}`, prompt: 'consent' })
    expect(headingOf(page)).toBe('Example Mail wants access to your Google Account')
    expect(page.html).toContain('Example Mail already has some access')
    expect(ticksOf(page)).toEqual([])
    expect((await browser.press('Continue')).location?.searchParams.get('prompt')).toBe('consent')
  })

  test('brings scopes of earlier ones with include_granted_scopes, to a web client alone', async () => {
    const browser = new PlainBrowser(openGoogle())
    await browser.signIn({ scope: drive })
    const added = { scope: 'openid', include_granted_scopes: 'true' }
    expect(grantedScope(await browser.signIn(added))).toEqual(['openid'])
    const site = { ...added, client_id: web.client_id, redirect_uri: web.redirect_uris[0]! }
    expect(grantedScope(await browser.open(site))).toEqual([drive, 'openid'])
    expect(grantedScope(await browser.open({ ...site, include_granted_scopes: null }))).toEqual(['openid'])
  })
})

describe('the warning', () => {
  const unverified: Partial<ProjectSetup> = { verified: false }
  const testing: Partial<ProjectSetup> = { publishingStatus: 'testing', testUsers: ['Alice@Example.TEST'] }

  test('hides the way on behind Advanced when the application is not verified', async () => {
    const browser = new PlainBrowser(googleWith(unverified))
    const page = await asAlice(browser)
    expect(headingOf(page)).toBe('Google hasn’t verified this app')
    expect(page.screen.form!.buttons.map(({ label }) => label)).toEqual([
      'Back to safety',
      'Go to Example Mail (unsafe)',
    ])
    expect(page.html).toMatch(/<details><summary>Advanced<\/summary>[^]*Go to Example Mail \(unsafe\)/)
    expect(headingOf(await browser.press('Go to'))).toBe('Sign in to Example Mail')
  })

  test('tells a test user of the test', async () => {
    const browser = new PlainBrowser(googleWith(testing))
    const page = await asAlice(browser)
    expect(page.html).toContain('You’ve been given access to an app that’s currently being tested.')
    expect(page.screen.form!.buttons.map(({ label }) => label)).toEqual(['Continue', 'Back to safety'])
    expect(headingOf(await browser.press('Continue'))).toBe('Sign in to Example Mail')
  })

  test.each([
    ['identity alone', unverified, 'openid email'],
    ['a scope that is not sensitive', unverified, drive],
    ['identity alone of an application in Testing', testing, 'openid'],
    ['an internal application', { verified: false, userType: 'internal', organisation: 'example.test' } as const, mail],
    ['a verified one', {}, mail],
  ])('does not come for %s', async (_, project, scope) => {
    const google = googleWith(project, [{ ...alice, organisation: 'example.test' }])
    expect(headingOf(await asAlice(new PlainBrowser(google), { scope }))).not.toContain('verified')
  })

  test('comes once, before something new is agreed to', async () => {
    const browser = new PlainBrowser(googleWith(unverified))
    await browser.signIn({ scope: mail })
    expect((await browser.open({ scope: mail })).location).not.toBeNull()
    expect(headingOf(await browser.open({ scope: mail, prompt: 'consent' }))).toContain('wants access')
    expect(headingOf(await browser.open({ scope: `${mail} https://www.googleapis.com/auth/drive` }))).toContain(
      'verified',
    )
  })

  test.each([
    ['access_denied', 302],
    ['nowhere', 200],
  ] as const)('goes back to %s by the switch', async (backToSafety, status) => {
    const google = googleWith(unverified, [alice], { backToSafety })
    const browser = new PlainBrowser(google)
    await asAlice(browser)
    const answer = await browser.press('Back to safety')
    expect([answer.status, answer.location?.searchParams.get('error')]).toEqual([
      status,
      status === 302 ? 'access_denied' : undefined,
    ])
    expect(google.seen('as.grant.state')).toEqual([])
  })
})

describe('the cap of an application without verification', () => {
  const cap = (earlierUsers: number) => googleWith({ verified: false, earlierUsers })

  test('lets a hundred users in, and these again', async () => {
    const google = cap(99)
    const [first, second] = [new PlainBrowser(google), new PlainBrowser(google)]
    expect((await first.signIn()).location?.searchParams.has('code')).toBe(true)
    expect((await second.signIn({}, bob.name)).location?.searchParams.has('authError')).toBe(true)
    google.google.removeAccess(alice.address)
    expect((await first.signIn()).location?.searchParams.has('code')).toBe(true)
  })

  test('does not count who only says who they are', async () => {
    const google = cap(100)
    expect((await new PlainBrowser(google).signIn({ scope: identity })).location?.searchParams.has('code')).toBe(true)
  })

  test('ends with the verification', async () => {
    expect(
      (await new PlainBrowser(googleWith({ earlierUsers: 100 })).signIn()).location?.searchParams.has('code'),
    ).toBe(true)
  })
})

describe('access for a time', () => {
  const day = 86_400

  test('is offered by the switch alone', async () => {
    expect((await asAlice(new PlainBrowser(openGoogle()), { scope: mail })).screen.form!.radios).toEqual([])
    const page = await asAlice(new PlainBrowser(googleWith({}, [alice], { timeLimits: [day, 7 * day, 90] })), {
      scope: mail,
    })
    expect(page.screen.form!.radios.map(({ label, checked }) => [label, checked])).toEqual([
      ['Until you take it away', true],
      ['1 day', false],
      ['7 days', false],
      ['90 seconds', false],
    ])
  })

  test('ends the grant, and is announced at the exchange', async () => {
    const google = googleWith({}, [alice], { timeLimits: [day] })
    const browser = new PlainBrowser(google)
    await asAlice(browser, { scope: mail })
    const { location } = await browser.press('Continue', String(day))
    const { body } = await post(google, tokenUrl, exchangeForm(location!.searchParams.get('code')!))
    expect(body['refresh_token_expires_in']).toBeGreaterThan(day - 5)
    google.clock.set(google.clock.now() + day * 1000)
    expect(headingOf(await browser.open({ scope: mail }))).toContain('wants access')
  })

  test('is no limit that was not offered', async () => {
    const google = googleWith({}, [alice], { timeLimits: [day] })
    const browser = new PlainBrowser(google)
    const { screen } = await asAlice(browser, { scope: mail })
    const { location } = await browser.send(screen.form!.action, [
      ['part', screen.form!.hidden[0]!.value],
      ['access_for', '1'],
      ['decision', 'allow'],
    ])
    const { body } = await post(google, tokenUrl, exchangeForm(location!.searchParams.get('code')!))
    expect(body['refresh_token_expires_in']).toBeUndefined()
  })
})

describe('a form', () => {
  const consentUrl = 'https://accounts.google.com/signin/oauth/consent'
  const stale = ({ location }: Visit) => location?.pathname === '/signin/oauth/error'

  test('of another browser, or a forged one, grants nothing', async () => {
    const google = openGoogle()
    const { screen } = await asAlice(new PlainBrowser(google), { scope: mail })
    const [part] = screen.form!.hidden
    for (const entries of [[['part', part!.value]], [['part', 'part-99']], []] as const)
      expect(stale(await new PlainBrowser(google).send(consentUrl, [...entries, ['decision', 'allow']]))).toBe(true)
    expect(google.seen('as.code.issued')).toEqual([])
  })

  test('that was answered is answered once', async () => {
    const google = openGoogle()
    const browser = new PlainBrowser(google)
    const { screen } = await asAlice(browser, { scope: mail })
    await browser.press('Continue')
    const entries = [
      ['part', screen.form!.hidden[0]!.value],
      ['decision', 'allow'],
    ] as const
    expect(stale(await browser.send(screen.form!.action, entries))).toBe(true)
    expect(google.seen('as.code.issued')).toHaveLength(1)
  })

  test.each(['warning', 'id', 'consent'])(
    'of the page %s that comes before its turn leads to the page that is due',
    async (page) => {
      const google = googleWith({ verified: false })
      const browser = new PlainBrowser(google)
      const { screen } = await browser.open()
      const url = `https://accounts.google.com/signin/oauth/${page}`
      const entries = [
        ['part', screen.form!.hidden[0]!.value],
        ['decision', 'allow'],
        ['choice', 'continue'],
        ['scope', mail],
      ] as const
      expect(headingOf(await browser.send(url, entries))).toBe('Choose an account')
      await browser.press('Alice')
      if (page !== 'warning')
        expect(headingOf(await browser.send(url, entries))).toBe('Google hasn’t verified this app')
      expect(google.seen('as.grant.state')).toEqual([])
    },
  )

  test('counts for the world as it is when it comes', async () => {
    const google = googleWith({}, [{ ...alice, organisation: 'example.test' }])
    const browser = new PlainBrowser(google)
    await asAlice(browser, { scope: mail })
    google.google.setPolicy(alice.address, 'restricted')
    expect(stale(await browser.press('Continue'))).toBe(true)
    const again = await asAlice(browser, { scope: mail, prompt: 'select_account' })
    expect(again.location?.searchParams.has('authError')).toBe(true)
    google.google.setPolicy(alice.address, 'allowed')
    await browser.open({ scope: mail })
    google.google.setAccount(alice.address, 'disabled')
    expect(headingOf(await browser.press('Continue'))).toBe('Account disabled')
    expect(google.seen('as.code.issued')).toEqual([])
  })
})
