import { describe, expect, test } from 'vitest'
import { authorizationParameters, exchangeForm, post, tokenUrl } from '../google/flow.fixture.ts'
import { type OpenGoogle, alice, bob, desktop, openGoogle, web } from '../google/google.fixture.ts'
import { googleWith } from '../google/sign-in/browser.fixture.ts'
import { type Consent, createConsents } from './consent.ts'

const authorize = 'https://accounts.google.com/o/oauth2/v2/auth'
const drive = 'https://www.googleapis.com/auth/drive.file'
const mail = 'https://mail.google.com/'

const consentsOf = ({ world, respond }: OpenGoogle) =>
  createConsents(world, { accounts: [alice, bob], fetch: (request) => respond(request, 'user-agent') })
const urlOf = async (changes: Readonly<Record<string, string | null>> = {}) =>
  `${authorize}?${await authorizationParameters(changes)}`

/** Plays one consent in a world of its own, and tells where it ended: as a URL where that is the client. */
async function play(
  consent: Partial<Consent> = {},
  changes: Readonly<Record<string, string | null>> = {},
  google = openGoogle(),
) {
  const end = await consentsOf(google)({
    url: await urlOf(changes),
    account: alice.address,
    decision: 'grant',
    ...consent,
  })
  return { google, end, location: end.end === 'redirected' ? end.location : '' }
}

describe('a consent', () => {
  test('ends at the redirect, with a code that can be redeemed; no callback is claimed', async () => {
    const { google, location } = await play()
    const { searchParams } = new URL(location)
    expect(searchParams.get('state')).toBe('hQ2vN8sKx4TbW7mZp9RcLd3F')
    const answer = await post(google, tokenUrl, exchangeForm(searchParams.get('code')!))
    expect([answer.status, google.seen('ua.callback.sent')]).toEqual([200, []])
    expect(google.seen('ua.decision').map(({ fields }) => fields.decision)).toEqual(['allow', 'allow'])
  })

  test('may be that of any account, each with cookies of its own', async () => {
    const google = openGoogle()
    const consent = consentsOf(google)
    for (const { address } of [alice, bob, alice])
      await consent({ url: await urlOf(), account: address, decision: 'grant' })
    expect(google.seen('as.code.issued').map(({ fields }) => fields.account)).toEqual(
      [alice, bob, alice].map(({ address }) => address),
    )
    const visited = google.seen('ua.navigated').map(({ fields }) => fields.url.split('/').at(-1))
    expect(visited.filter((page) => page === 'consent')).toHaveLength(2)
  })

  test('unticks scopes', async () => {
    const { location } = await play({ scopes: [drive] }, { scope: `openid ${mail} ${drive}` })
    expect(new URL(location).searchParams.get('scope')).toBe(`${drive} openid`)
  })

  test('is refused', async () => {
    const { google, location } = await play({ decision: 'deny' })
    expect(new URL(location).searchParams.get('error')).toBe('access_denied')
    expect(google.seen('as.code.issued')).toEqual([])
  })

  test('goes past the warning of an unverified application', async () => {
    const { location } = await play({}, {}, googleWith({ verified: false }))
    expect(new URL(location).searchParams.has('code')).toBe(true)
  })

  const scheme = { redirect_uris: ['com.example.mail:/oauth2redirect'], type: 'ios' } as const
  test.each([
    ['https', { client_id: web.client_id, redirect_uri: web.redirect_uris[0]! }, openGoogle()],
    ['a custom scheme', { redirect_uri: scheme.redirect_uris[0] }, googleWith({}, [alice, bob], {}, scheme)],
  ])('leads to a redirect URI of %s as it is', async (_, changes, google) => {
    const { location } = await play({}, { client_id: desktop.client_id, ...changes }, google)
    expect(location.startsWith(`${changes.redirect_uri}?state=`)).toBe(true)
    expect(location).toContain('&code=4%2F0A')
  })
})

describe('a consent that reaches no client tells the page where it ended', () => {
  const refused = (why: string) => ({ end: 'page', status: 400, title: `Access blocked: ${why}` })
  test.each([
    ['an unknown client', {}, { client_id: 'nobody' }, refused('Authorization Error')],
    [
      'a redirect URI that is not registered',
      {},
      { redirect_uri: 'https://evil.example/' },
      refused('This app’s request is invalid'),
    ],
    ['another page of Google’s', { url: 'https://accounts.google.com/nowhere' }, {}, { end: 'page', status: 404 }],
  ])('%s', async (_, consent, changes, end) => {
    expect((await play(consent, changes)).end).toMatchObject(end)
  })

  test('an account that is not a test user', async () => {
    const google = googleWith({ publishingStatus: 'testing', testUsers: [bob.address] })
    expect((await play({}, {}, google)).end).toMatchObject(
      refused('Example Mail has not completed the Google verification process'),
    )
  })
})

test.each([
  'https://evil.example/o/oauth2/v2/auth',
  'http://accounts.google.com/o/oauth2/v2/auth',
  'https://accounts.google.com:444/o/oauth2/v2/auth',
  'https://accounts.google.com.evil.example/',
  'https://accounts.google.com@evil.example/',
  'no url',
  '',
])('%j is refused and not opened', async (url) => {
  const google = openGoogle()
  await expect(play({ url }, {}, google)).rejects.toThrow('The URL is no address of Google’s.')
  expect(google.size()).toBe(0)
})

test('an account that the world does not have is refused', async () => {
  await expect(play({ account: 'carol@example.test' })).rejects.toMatchObject({
    code: 'UNKNOWN_NAME',
    hint: 'Its accounts: alice@example.test, bob@example.test.',
  })
})

test('no secret stands in what is recorded', async () => {
  const { google } = await play()
  expect(google.secrets.scanner.scanText(JSON.stringify(google.sealed().observations))).toEqual([])
})
