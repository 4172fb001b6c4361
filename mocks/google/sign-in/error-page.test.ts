import { describe, expect, test } from 'vitest'
import { desktop, openGoogle } from '../google.fixture.ts'
import { encodeAuthError } from './auth-error.ts'
import { PlainBrowser, authorize, googleWith, headingOf } from './browser.fixture.ts'

const errorPage = 'https://accounts.google.com/signin/oauth/error'
const refused = async (changes: Readonly<Record<string, string | null>>, google = openGoogle()) => {
  const { status, location } = await new PlainBrowser(google).open(changes)
  expect(status).toBe(302)
  return { google, location: location!, page: await new PlainBrowser(google).visit(new Request(location!)) }
}

test('the browser is sent to the captured address, with the client when there was one', async () => {
  const { location } = await refused({ scope: 'nonsense' })
  expect(location.origin + location.pathname).toBe(errorPage)
  expect([...location.searchParams.keys()]).toEqual(['authError', 'client_id', 'flowName'])
  expect(location.searchParams.get('client_id')).toBe(desktop.client_id)
  const without = await refused({ client_id: null })
  expect([...without.location.searchParams.keys()]).toEqual(['authError', 'flowName'])
})

test('a request without anything gets the captured address octet for octet', async () => {
  const { location } = await new PlainBrowser(openGoogle()).visit(new Request(authorize))
  expect(location!.search).toBe(
    '?authError=Cg9pbnZhbGlkX3JlcXVlc3QSLFJlcXVpcmVkIHBhcmFtZXRlciBpcyBtaXNzaW5nOiByZXNwb25zZV90eXBlGjdodHRwczovL2RldmVsb3BlcnMuZ29vZ2xlLmNvbS9pZGVudGl0eS9wcm90b2NvbHMvb2F1dGgyIJAD&flowName=GeneralOAuthFlow',
  )
})

describe('titles and texts of captured pages', () => {
  const blocked = 'You can’t sign in because Example Mail sent an invalid request.'
  test.each([
    [{ client_id: 'x' }, 'Access blocked: Authorization Error', 'The OAuth client was not found.'],
    [{ redirect_uri: 'oob' }, 'Access blocked: Example Mail’s request is invalid', blocked],
    [
      { redirect_uri: 'https://mail.example.test/' },
      'Access blocked: This app’s request is invalid',
      'You can’t sign in because this app sent an invalid request.',
    ],
    [{ redirect_uri: '/x' }, 'Access blocked: Authorization Error', 'You can&#39;t sign in to this app because'],
  ])('%j', async (changes, title, text) => {
    const { page } = await refused(changes)
    expect([page.screen.title, headingOf(page)]).toEqual([title, title])
    expect(page.html).toContain(text)
  })

  test.each([
    [{ userType: 'internal' as const }, 'Access blocked: Example Mail can only be used within its organization'],
    [
      { publishingStatus: 'testing' as const },
      'Access blocked: Example Mail has not completed the Google verification process',
    ],
  ])('%j', async (project, title) => {
    const google = googleWith(project)
    const browser = new PlainBrowser(google)
    await browser.open()
    const { location } = await browser.press('Alice')
    const page = await browser.visit(new Request(location!))
    expect(page.screen.title).toBe(title)
  })

  test('the developer’s part tells the error and the request', async () => {
    const { page } = await refused({ redirect_uri: 'oob' })
    for (const text of [
      'Error 400: invalid_request',
      'The out-of-band (OOB) flow has been blocked',
      '<li>redirect_uri=oob</li>',
      '<li>flowName=GeneralOAuthFlow</li>',
      'href="https://developers.google.com/identity/protocols/oauth2/resources/oob-migration"',
    ])
      expect(page.html).toContain(text)
  })
})

test('the switch chooses the page’s status', async () => {
  expect((await refused({ scope: null })).page.status).toBe(400)
  expect((await refused({ scope: null }, openGoogle({ errorPageStatus: 200 }))).page.status).toBe(200)
})

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ["$& $' {app} {value}", '$&amp; $&#39; {app} {value}'],
])('what a request brings is shown as it is: %s', async (response_type, shown) => {
  const { page } = await refused({ response_type })
  expect(page.html).toContain(`Invalid response_type: ${shown}`)
  expect(page.html).not.toContain('<script>')
})

test('whoever forges the address makes no link but to a web page', async () => {
  const error = { code: 'x', message: 'y', number: 400, details: [], developer: null }
  const forged = (help: string) => `${errorPage}?authError=${encodeAuthError({ ...error, help })}`
  const browser = new PlainBrowser(openGoogle())
  for (const help of ['javascript:alert(1)', 'http://example.test/', '//example.test'])
    expect((await browser.visit(new Request(forged(help)))).html).not.toContain('<a ')
  expect((await browser.visit(new Request(forged('https://example.test/"onclick="x')))).html).toContain(
    '<a href="https://example.test/&quot;onclick=&quot;x">',
  )
})

test.each(['', '?authError=', '?authError=%E0%A4%A', '?authError=AAAA'])('%j names no error', async (query) => {
  const page = await new PlainBrowser(openGoogle()).visit(new Request(`${errorPage}/v2${query}`))
  expect([page.status, headingOf(page)]).toEqual([400, 'Something went wrong'])
})

test('the journal learns the error, and neither state nor port from the address', async () => {
  const google = googleWith({ userType: 'internal' })
  const browser = new PlainBrowser(google)
  await browser.open()
  const { location } = await browser.press('Alice')
  await browser.visit(new Request(location!))
  const [asked] = google.seen('http.request').filter(({ fields }) => fields.path === '/signin/oauth/error')
  expect(asked!.fields.query).toEqual([
    ['authError', 'org_internal'],
    ['client_id', desktop.client_id],
    ['flowName', 'GeneralOAuthFlow'],
  ])
  const journal = JSON.stringify(google.sealed().observations)
  expect(google.secrets.scanner.scanText(journal)).toEqual([])
  expect(journal).not.toContain(location!.searchParams.get('authError')!.slice(200, 220))
})
