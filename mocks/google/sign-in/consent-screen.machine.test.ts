import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Pki, createPki } from '../../doors/pki.ts'
import { alice, bob, openGoogle } from '../google.fixture.ts'
import { drive, googleWith, mail } from './browser.fixture.ts'
import { type Visitor, launchChromium, visit } from './chromium.fixture.ts'

let chromium: Browser
let pki: Pki
beforeAll(async () => {
  ;[chromium, pki] = await Promise.all([launchChromium(), createPki()])
})
afterAll(() => chromium.close())

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const headingOf = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()
const scope = `openid ${mail} ${drive}`

/** The page is the one that is due, and nothing is wrong with it. */
async function stands({ page, inspect }: Visitor, name: string, heading: string | RegExp): Promise<void> {
  const [found, violations] = [await headingOf(page), await inspect(name)]
  expect(found).toMatch(heading)
  expect(violations, name).toEqual([])
}

describe('a person with a mouse, in a browser without scripts', () => {
  test('chooses an account, passes the warning, unticks a scope, and the application gets a code', async () => {
    const google = googleWith({ verified: false })
    await using visitor = await visit(chromium, google, pki)
    const { page } = visitor
    await visitor.open({ scope })
    await stands(visitor, 'account-chooser', 'Choose an account')
    await press(page, /alice@example\.test/)
    await stands(visitor, 'warning-unverified', 'Google hasn’t verified this app')
    expect(await page.getByRole('button', { name: /unsafe/ }).isVisible()).toBe(false)
    await page.getByText('Advanced').click()
    await visitor.inspect('warning-unverified-advanced')
    await press(page, 'Go to Example Mail (unsafe)')
    await stands(visitor, 'identity', 'Sign in to Example Mail')
    await press(page, 'Continue')
    await stands(visitor, 'consent', 'Example Mail wants access to your Google Account')
    await page.getByLabel(/permanently delete all your email from Gmail/).check()
    expect(await page.getByLabel(/specific Google Drive files/).isChecked()).toBe(false)
    await press(page, 'Continue')
    const answer = await visitor.callback()
    expect(answer.get('code')).toMatch(/^4\/0A/)
    expect(answer.get('scope')?.split(' ')).toEqual([mail, 'openid'])
    expect(google.seen('as.code.issued')[0]!.fields.account).toBe(alice.address)

    await visitor.open({ scope })
    await stands(visitor, 'consent-additional', 'Example Mail wants additional access to your Google Account')
  })

  test('is warned of a test, and may go back to safety', async () => {
    const testing = { publishingStatus: 'testing', testUsers: [alice.address] } as const
    await using visitor = await visit(chromium, googleWith(testing), pki)
    await visitor.open()
    await press(visitor.page, /alice@example\.test/)
    await stands(visitor, 'warning-testing', 'Google hasn’t verified this app')
    await press(visitor.page, 'Back to safety')
    expect((await visitor.callback()).get('error')).toBe('access_denied')
  })

  test('refuses', async () => {
    await using visitor = await visit(chromium, openGoogle(), pki)
    await visitor.open({ scope: mail })
    await press(visitor.page, /bob@example\.test/)
    await stands(visitor, 'consent-all-or-nothing', 'Example Mail wants access to your Google Account')
    await press(visitor.page, 'Cancel')
    const answer = await visitor.callback()
    expect([answer.get('error'), answer.get('state')]).toEqual(['access_denied', 'hQ2vN8sKx4TbW7mZp9RcLd3F'])
  })

  test('grants access for a week', async () => {
    const google = googleWith({}, [alice, bob], { timeLimits: [86_400, 604_800] })
    await using visitor = await visit(chromium, google, pki)
    await visitor.open({ scope })
    await press(visitor.page, /alice@example\.test/)
    await press(visitor.page, 'Continue')
    await stands(visitor, 'consent-time-limit', 'Example Mail wants access to your Google Account')
    await visitor.page.getByLabel('7 days').check()
    await visitor.page.getByLabel(/Gmail/).check()
    await press(visitor.page, 'Continue')
    expect((await visitor.callback()).has('code')).toBe(true)
    await visitor.open({ scope, prompt: 'consent' })
    await stands(visitor, 'consent-again', 'Example Mail wants additional access')
    await visitor.page.getByText('See the 2 services').click()
    await visitor.inspect('consent-again-services')
  })

  test('copies a code from the page of the out-of-band flow', async () => {
    const testing = { publishingStatus: 'testing', testUsers: [alice.address] } as const
    await using visitor = await visit(chromium, googleWith(testing), pki)
    await visitor.open({ redirect_uri: 'urn:ietf:wg:oauth:2.0:oob', scope: mail })
    await press(visitor.page, /alice@example\.test/)
    await press(visitor.page, 'Continue')
    await press(visitor.page, 'Continue')
    await stands(visitor, 'approval', 'Sign in')
    expect(await visitor.page.getByLabel('Authorization code').inputValue()).toMatch(/^4\/0A/)
  })
})

describe('a person with a keyboard alone', () => {
  /** The text of what has the focus, or of its label. */
  const focused = (page: Page): Promise<string> =>
    page.evaluate<string>(`(({ labels, textContent }) =>
      [...(labels ?? [])].map((label) => label.textContent).join(' ') || textContent)(document.activeElement)`)

  /** Moves on until the control has the focus; a person gives up too. */
  async function tabTo(page: Page, name: RegExp): Promise<void> {
    for (let stop = 0; stop < 20; stop++) {
      await page.keyboard.press('Tab')
      if (name.test((await focused(page)).trim())) return
    }
    throw new Error(`the keyboard never reached ${name}`)
  }
  const enter = (page: Page) => Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])

  test('does all of it', async () => {
    await using visitor = await visit(chromium, googleWith({ verified: false }), pki)
    const { page } = visitor
    await visitor.open({ scope })
    await tabTo(page, /^Alice Example/)
    await visitor.inspect('keyboard-focus')
    await enter(page)
    await tabTo(page, /^Advanced$/)
    await page.keyboard.press('Enter')
    await tabTo(page, /unsafe\)$/)
    await enter(page)
    await tabTo(page, /^Continue$/)
    await enter(page)
    await tabTo(page, /^Read, compose/)
    await page.keyboard.press('Space')
    await tabTo(page, /^Continue$/)
    await enter(page)
    expect((await visitor.callback()).get('scope')?.split(' ')).toEqual([mail, 'openid'])
  })

  test('meets the way back first at the warning', async () => {
    await using visitor = await visit(chromium, googleWith({ verified: false }), pki)
    const { page } = visitor
    await visitor.open()
    await tabTo(page, /^Alice Example/)
    await enter(page)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Back to safety')
    await enter(page)
    expect((await visitor.callback()).get('error')).toBe('access_denied')
  })
})

describe('every page that blocks access', () => {
  const school = { ...alice, organisation: 'school.example.test' }
  const web = { kind: 'web', type: 'web', redirect_uris: ['https://mail.example.test/callback'] } as const
  const oob = 'urn:ietf:wg:oauth:2.0:oob'
  const blocked = 'Example Mail’s request is invalid'

  test.each([
    ['authorization-error', { scope: 'gmail.readonly' }, {}, 'Authorization Error'],
    ['unknown-client', { client_id: 'nobody' }, {}, 'Authorization Error'],
    ['redirect-mismatch', { redirect_uri: 'https://mail.example.test/other' }, web, 'This app’s request is invalid'],
    ['redirect-policy', { redirect_uri: 'http://mail.example.test/callback' }, web, 'Authorization Error'],
    ['private-address', { redirect_uri: 'http://192.168.1.5/callback' }, web, 'Authorization Error'],
    ['out-of-band', { redirect_uri: oob }, {}, blocked],
    ['out-of-band-web', { redirect_uri: oob }, web, 'This app’s request is invalid'],
    ['loopback-blocked', {}, { type: 'ios' }, blocked],
    ['custom-scheme', { redirect_uri: 'com.example.mail:/callback' }, { type: 'android' }, blocked],
  ] as const)('%s', async (name, changes, client, title) => {
    await using visitor = await visit(chromium, googleWith({}, [alice], {}, client), pki)
    await visitor.open(changes)
    await stands(visitor, `blocked-${name}`, `Access blocked: ${title}`)
    await visitor.page.getByText(/see error details/).click()
    expect(await visitor.inspect(`blocked-${name}-details`)).toEqual([])
    expect(await visitor.page.getByText('Request details:').isVisible()).toBe(true)
  })

  test.each([
    [
      'not-a-test-user',
      { publishingStatus: 'testing' },
      alice,
      'Example Mail has not completed the Google verification process',
    ],
    ['outside-organisation', { userType: 'internal' }, alice, 'Example Mail can only be used within its organization'],
    ['admin-policy', {}, { ...school, policy: 'restricted' }, 'Authorization Error'],
    [
      'not-configured',
      {},
      { ...school, policy: 'not-configured' },
      'Your institution’s admin needs to review Example Mail',
    ],
    ['user-cap', { verified: false, earlierUsers: 100 }, alice, 'Authorization Error'],
  ] as const)('%s', async (name, project, account, title) => {
    await using visitor = await visit(chromium, googleWith(project, [account]), pki)
    await visitor.open()
    await press(visitor.page, /alice@example\.test/)
    await stands(visitor, `blocked-${name}`, `Access blocked: ${title}`)
    await visitor.page.getByText(/see error details/).click()
    expect(await visitor.inspect(`blocked-${name}-details`)).toEqual([])
  })

  test.each(['disabled', 'deleted'] as const)('an account that was %s', async (state) => {
    const google = googleWith({}, [alice, bob])
    await using visitor = await visit(chromium, google, pki)
    await visitor.open()
    google.google.setAccount(alice.address, state)
    await press(visitor.page, /alice@example\.test/)
    await stands(
      visitor,
      `account-${state}`,
      state === 'disabled' ? 'Account disabled' : 'Couldn’t find your Google Account',
    )
    google.google.setAccount(bob.address, state)
    await visitor.open()
    await stands(visitor, 'account-chooser-empty', 'Choose an account')
  })

  test('an embedded browser', async () => {
    const google = openGoogle()
    await using visitor = await visit(chromium, google, pki)
    const webView = 'Mozilla/5.0 (Linux; Android 10; Phone; wv) AppleWebKit/537.36 Chrome/81.0 Mobile Safari/537.36'
    await visitor.page.setExtraHTTPHeaders({ 'user-agent': webView })
    await visitor.open()
    await stands(visitor, 'blocked-embedded-browser', 'Access blocked: Authorization Error')
    expect(google.seen('as.error.sent')[0]!.fields.error).toBe('disallowed_useragent')
  })

  test('a form that another site sends', async () => {
    const google = openGoogle()
    await using visitor = await visit(chromium, google, pki)
    const { page } = visitor
    await visitor.open({ scope: mail })
    await press(page, /alice@example\.test/)
    const form = await page.content()
    await page.goto('about:blank')
    await page.setContent(form)
    await press(page, 'Continue')
    await stands(visitor, 'blocked-stale', 'Access blocked: Authorization Error')
    expect(google.seen('as.code.issued')).toEqual([])
  })

  test('an address that names no error', async () => {
    await using visitor = await visit(chromium, openGoogle(), pki)
    await visitor.page.goto('https://accounts.google.com/signin/oauth/error?authError=x')
    await stands(visitor, 'blocked-nothing', 'Something went wrong')
  })
})
