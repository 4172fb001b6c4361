import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../../mocks/google/sign-in/chromium.fixture.ts'
import { openFarWorld } from './far-world.fixture.ts'
import { visitWith } from './live-browser.fixture.ts'
import { openHome, play, unlikePass } from './live-foreign-play.fixture.ts'

/** A live run whose sign-in a real browser plays: by the address that hides the request, through pages, and back. */

let chromium: Awaited<ReturnType<typeof launchChromium>>
beforeAll(async () => {
  chromium = await launchChromium()
})
afterAll(() => chromium.close())

const passed = ['Choose an account', 'Sign in to Example Mail', 'Example Mail wants access to your Google Account']

test('a person presses through, and what comes back signs in, is stored, and opens the mailbox', async () => {
  await using far = await openFarWorld()
  await using home = await openHome()
  const account = far.accounts[0]!
  const visit = visitWith(chromium, far.world.ports.proxy, 'Continue')
  const report = await play(far, home, { client: far.client, account, browser: visit.open })
  expect(await visit.seen()).toEqual([...passed, 'You may close this page.'])
  expect(report.live!.accounts).toEqual([expect.objectContaining({ verdict: 'pass' })])
  expect(unlikePass(report)).not.toHaveProperty('live/consent')
  expect(unlikePass(report)).not.toHaveProperty('live/xoauth2')
  expect((await home.store.load(account))!.refreshToken).toMatch(/^1\/\//)
})

test('a person presses Cancel, is told that it was heard, and nothing is stored', async () => {
  await using far = await openFarWorld()
  await using home = await openHome()
  const account = far.accounts[0]!
  const visit = visitWith(chromium, far.world.ports.proxy, 'Cancel')
  const report = await play(far, home, { client: far.client, account, browser: visit.open })
  expect(await visit.seen()).toEqual([...passed, 'Access was not granted. You may close this page.'])
  expect(report.live!.accounts[0]!.cause).toMatchObject({ id: 'consent-denied' })
  expect(await home.store.load(account)).toBeUndefined()
})
