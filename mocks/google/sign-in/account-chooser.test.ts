import { describe, expect, test } from 'vitest'
import { alice, bob, openGoogle } from '../google.fixture.ts'
import { PlainBrowser, googleWith, headingOf, mail } from './browser.fixture.ts'

const carol = {
  address: 'carol@work.example.test',
  sub: '100000000000000000003',
  name: 'Carol Example',
  organisation: 'work.example.test',
}
const both = async (google = openGoogle()) => {
  const browser = new PlainBrowser(google)
  await browser.signIn({ scope: 'openid' })
  await browser.signIn({ scope: 'openid', prompt: 'select_account' }, bob.name)
  return browser
}
const choices = async (browser: PlainBrowser, changes: Readonly<Record<string, string | null>>) =>
  (await browser.open(changes)).screen.form?.buttons.map(({ label }) => label)

describe('the account chooser', () => {
  test('offers every account to a browser that nobody signed in to', async () => {
    const page = await new PlainBrowser(openGoogle()).open()
    expect([page.screen.title, headingOf(page)]).toEqual(['Sign in - Google Accounts', 'Choose an account'])
    expect(page.html).toContain('to continue to <strong>Example Mail</strong>')
    // RFC 6749 §10.13: no other site may frame the pages; and no cache may keep them.
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(page.headers.get('cache-control')).toContain('no-store')
    expect(page.screen.form!.buttons.map(({ label }) => label)).toEqual([
      'Alice Example alice@example.test Signed out',
      'Bob Example bob@example.test Signed out',
    ])
  })

  test('is skipped with one account, and comes with two, or with prompt=select_account', async () => {
    const browser = new PlainBrowser(openGoogle())
    await browser.signIn({ scope: 'openid' })
    expect((await browser.open({ scope: 'openid' })).location?.searchParams.get('prompt')).toBe('none')
    expect(await choices(browser, { scope: 'openid', prompt: 'select_account' })).toEqual([
      'Alice Example alice@example.test',
      'Bob Example bob@example.test Signed out',
    ])
    await browser.press('Bob')
    expect(headingOf(await browser.open({ scope: 'openid' }))).toBe('Choose an account')
  })

  test.each([bob.address, bob.address.toUpperCase(), bob.sub])(
    'puts the account of login_hint %s first',
    async (hint) => {
      const browser = new PlainBrowser(openGoogle())
      await browser.signIn({ scope: 'openid' })
      expect((await choices(browser, { login_hint: hint }))![0]).toBe('Bob Example bob@example.test Signed out')
    },
  )

  test('is skipped for the one of several that login_hint names', async () => {
    const browser = await both()
    expect(
      (await browser.open({ scope: 'openid', login_hint: bob.address })).location?.searchParams.get('authuser'),
    ).toBe('1')
    expect(
      (await browser.open({ scope: 'openid', login_hint: alice.sub })).location?.searchParams.get('authuser'),
    ).toBe('0')
    expect(headingOf(await browser.open({ login_hint: 'nobody@example.test' }))).toBe('Choose an account')
  })

  test.each(['work.example.test', '*'])('puts accounts of the hosted domain %s first, and names theirs', async (hd) => {
    const browser = new PlainBrowser(googleWith({}, [alice, bob, carol]))
    expect((await choices(browser, { hd }))![0]).toContain('Carol')
    const { location } = await browser.signIn({ hd }, carol.name)
    expect(location!.searchParams.get('hd')).toBe('work.example.test')
    expect([...location!.searchParams.keys()]).toEqual(['state', 'iss', 'code', 'scope', 'authuser', 'hd', 'prompt'])
  })

  test('offers no dead account, nor does login_hint bring one back', async () => {
    const google = openGoogle()
    const browser = new PlainBrowser(google)
    await browser.signIn()
    google.google.setAccount(alice.address, 'disabled')
    expect(await choices(browser, { login_hint: alice.address })).toEqual(['Bob Example bob@example.test Signed out'])
    google.google.setAccount(bob.address, 'deleted')
    expect((await browser.open()).html).toContain('There is no account to choose.')
  })

  test.each([
    ['disabled', 'Account disabled'],
    ['deleted', 'Couldn’t find your Google Account'],
  ] as const)('tells whoever chooses an account that was %s meanwhile', async (state, heading) => {
    const google = openGoogle()
    const browser = new PlainBrowser(google)
    await browser.open()
    google.google.setAccount(alice.address, state)
    expect(headingOf(await browser.press('Alice'))).toBe(heading)
    expect(google.seen('as.code.issued')).toEqual([])
  })

  test('asks again for an account that there is not', async () => {
    const browser = new PlainBrowser(openGoogle())
    const { screen } = await browser.open()
    const part = screen.form!.hidden[0]!.value
    expect(
      headingOf(
        await browser.send(screen.form!.action, [
          ['part', part],
          ['account', '7'],
        ]),
      ),
    ).toBe('Choose an account')
  })
})

describe('signing in', () => {
  const hour = 3_600_000

  test('counts for session control from the moment that an account is chosen', async () => {
    const google = googleWith({}, [{ ...alice, sessionLength: hour }, bob])
    const browser = new PlainBrowser(google)
    google.clock.set(google.clock.now() + hour)
    await browser.signIn({ scope: mail })
    google.clock.set(google.clock.now() + hour - 1)
    expect((await browser.open({ scope: mail })).location?.searchParams.get('prompt')).toBe('none')
    google.clock.set(google.clock.now() + 1)
    expect((await choices(browser, { scope: mail }))![0]).toBe('Alice Example alice@example.test Signed out')
    expect((await browser.press('Alice')).location?.searchParams.get('prompt')).toBe('none')
    google.clock.set(google.clock.now() + hour - 1)
    expect((await browser.open({ scope: mail })).location).not.toBeNull()
  })

  test('belongs to one browser', async () => {
    const google = openGoogle()
    await new PlainBrowser(google).signIn()
    expect(headingOf(await new PlainBrowser(google).open())).toBe('Choose an account')
  })
})

describe('prompt=none', () => {
  const none = { prompt: 'none', scope: 'openid' }

  test('answers for one account, and cannot choose between two', async () => {
    const browser = await both()
    expect((await browser.open(none)).location?.searchParams.get('error')).toBe('interaction_required')
    expect((await browser.open({ ...none, login_hint: bob.sub })).location?.searchParams.get('prompt')).toBe('none')
  })
})
