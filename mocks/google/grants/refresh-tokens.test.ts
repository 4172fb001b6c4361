import { describe, expect, test } from 'vitest'
import type { UserScript } from '../../../harness/model/scenario.ts'
import { post, refreshForm, tokenUrl, userAgentFor } from '../flow.fixture.ts'
import { alice, desktop, web } from '../google.fixture.ts'
import { type WorldSetup, cloud, day, hour, login, mail, openLife, pass, refreshed, stranger } from '../life.fixture.ts'

const dead = '400 invalid_grant Token has been expired or revoked.'
const testing = { project: { publishingStatus: 'testing' } } as const

describe('a refresh token', () => {
  test('is told as "expired or revoked" for twelve hours, then as a "Bad Request"', async () => {
    for (const [switches, remembered] of [
      [{}, 12 * hour],
      [{ deadTokenRemembered: day }, day],
    ] as const) {
      const google = openLife({ switches })
      const { refreshToken } = await login(google)
      google.google.removeAccess(alice.address)
      pass(google, remembered - 1)
      expect(await refreshed(google, refreshToken)).toBe(dead)
      pass(google, 1)
      expect(await refreshed(google, refreshToken)).toBe('400 invalid_grant Bad Request')
    }
  })

  test('counts from its death, not from the first refusal', async () => {
    const google = openLife(testing)
    const { refreshToken } = await login(google)
    pass(google, 7 * day + 12 * hour)
    expect(await refreshed(google, refreshToken)).toBe('400 invalid_grant Bad Request')
  })

  test('that is declared idle ends alone: its consent stays, and its access token', async () => {
    const google = openLife()
    const browser = userAgentFor(google)
    const { accessToken, refreshToken } = await login(google, { browser })
    expect(google.google.expire(alice.address, 'refresh-tokens')).toBe(1)
    expect(await refreshed(google, refreshToken)).toBe(dead)
    expect(google.google.expire(alice.address, 'refresh-tokens')).toBe(0)
    expect(google.google.lookup(accessToken).status).toBe('live')
    expect((await login(google, { browser })).prompt).toBe('none')
  })

  test('under session control goes on when the user has signed in again', async () => {
    const google = openLife({ account: { sessionLength: hour } })
    const { refreshToken } = await login(google, { changes: { scope: cloud } })
    pass(google, hour)
    const form = { ...refreshForm(refreshToken), rapt: 'a-proof-that-nobody-issued' }
    expect((await post(google, tokenUrl, form)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'reauth related error (invalid_rapt)',
      error_uri: 'https://support.google.com/a/answer/9368756',
      error_subtype: 'invalid_rapt',
    })
    await login(google, { changes: { scope: cloud } })
    expect(await refreshed(google, refreshToken)).toBe('granted')
    pass(google, hour - 1)
    expect(await refreshed(google, refreshToken)).toBe('granted')
  })

  test('of Testing goes on beside one that was minted after publishing', async () => {
    const google = openLife(testing)
    const old = await login(google)
    pass(google, 5 * day)
    google.google.publish(desktop.client_id)
    const renewed = await login(google, { changes: { prompt: 'consent' } })
    pass(google, 2 * day)
    expect(await refreshed(google, old.refreshToken)).toBe(dead)
    expect(await refreshed(google, renewed.refreshToken)).toBe('granted')
    pass(google, 100 * day)
    expect(await refreshed(google, renewed.refreshToken)).toBe('granted')
  })

  test('is pushed out in the order of minting, and by the living alone', async () => {
    const google = openLife({ switches: { refreshTokensPerAccount: 3 } })
    const drive = { scope: 'https://www.googleapis.com/auth/drive' }
    const tokens: string[] = []
    for (const changes of [drive, {}, {}]) tokens.push((await login(google, { changes })).refreshToken)
    google.google.changePassword(alice.address)
    for (const changes of [{}, {}]) tokens.push((await login(google, { changes })).refreshToken)
    const answers = async () => Promise.all(tokens.map((token) => refreshed(google, token)))
    expect(await answers()).toEqual(['granted', dead, dead, 'granted', 'granted'])
    await login(google, { client: stranger })
    expect(await answers()).toEqual([dead, dead, dead, 'granted', 'granted'])
  })

  test('is rotated with its whole reach and no longer life, and only the newest serves', async () => {
    const google = openLife({ ...testing, switches: { refreshTokenRotation: true } })
    const { refreshToken } = await login(google, { changes: { scope: `${mail} openid` } })
    pass(google, day)
    const narrowed = await post(google, tokenUrl, { ...refreshForm(refreshToken), scope: 'openid' })
    const successor = String(narrowed.body['refresh_token'])
    expect(narrowed.body).toMatchObject({ scope: 'openid', refresh_token_expires_in: 6 * 86_400 - 1 })
    expect(await refreshed(google, refreshToken)).toBe(dead)
    const next = await post(google, tokenUrl, refreshForm(successor))
    expect(next.body).toMatchObject({ scope: `${mail} openid` })
    pass(google, 6 * day)
    expect(await refreshed(google, String(next.body['refresh_token']))).toBe(dead)
  })
})

describe('the seconds that remain to a refresh token', () => {
  const announcements: readonly (readonly [
    name: string,
    world: WorldSetup,
    user: Partial<UserScript>,
    seconds: unknown,
  ])[] = [
    ['no limit', {}, {}, undefined],
    ['status Testing', testing, {}, 604_799],
    ['status Testing, not announced', { ...testing, switches: { testingExpiryAnnounced: false } }, {}, undefined],
    ['time-based access', { switches: { timeLimits: [3600] } }, { accessFor: 3600 }, 3599],
    [
      'time-based access, Testing not announced',
      { switches: { timeLimits: [60], testingExpiryAnnounced: false } },
      { accessFor: 60 },
      59,
    ],
  ]
  test.each(announcements)('%s', async (_name, world, user, seconds) => {
    const google = openLife(world)
    const browser = userAgentFor(google)
    browser.script(user)
    const { body, refreshToken } = await login(google, { browser, changes: { scope: `${mail} openid` } })
    expect(body['refresh_token_expires_in']).toBe(seconds)
    if (seconds !== undefined) expect(Object.keys(body).slice(-2)).toEqual(['id_token', 'refresh_token_expires_in'])
    pass(google, 10_500)
    const later = await post(google, tokenUrl, refreshForm(refreshToken))
    expect(later.body['refresh_token_expires_in']).toBe(seconds === undefined ? seconds : Number(seconds) - 10)
  })

  test('are nobody’s where no refresh token is', async () => {
    const { body } = await login(openLife(testing), { client: web })
    expect(body).not.toHaveProperty('refresh_token')
    expect(body).not.toHaveProperty('refresh_token_expires_in')
  })
})

describe('an exchange brings a refresh token', () => {
  const offline = { access_type: 'offline' }
  const cases = [
    ['Web, nothing asked', web, [{}], [false]],
    ['Web, online', web, [{ access_type: 'online', prompt: 'consent' }], [false]],
    ['Web, offline: the first time alone', web, [offline, offline, offline], [true, false, false]],
    ['Web, offline: and with prompt=consent', web, [offline, { ...offline, prompt: 'consent' }], [true, true]],
    ['Web, offline after online: its first', web, [{}, offline, offline], [false, true, false]],
    ['Desktop, nothing asked', desktop, [{}, {}], [true, true]],
  ] as const
  test.each(cases)('%s', async (_name, client, requests, expected) => {
    const google = openLife()
    const browser = userAgentFor(google)
    const brought = []
    for (const changes of requests)
      brought.push('refresh_token' in (await login(google, { client, browser, changes })).body)
    expect(brought).toEqual(expected)
  })

  test('to each client of the project, although the user is asked once', async () => {
    const google = openLife()
    const browser = userAgentFor(google)
    await login(google, { browser })
    const second = await login(google, { browser, client: web, changes: offline })
    expect([second.prompt, 'refresh_token' in second.body]).toEqual(['none', true])
  })

  test('not at a later login of a Desktop client under the switch installedRepeatLogin: none', async () => {
    const google = openLife({ switches: { installedRepeatLogin: 'none' } })
    const browser = userAgentFor(google)
    const brought = []
    for (const changes of [{}, {}, { prompt: 'consent' }])
      brought.push('refresh_token' in (await login(google, { browser, changes })).body)
    expect(brought).toEqual([true, false, true])
  })

  test('and tokeninfo tells offline from online', async () => {
    const google = openLife()
    const types = []
    for (const changes of [offline, {}]) {
      const { accessToken } = await login(google, { client: web, changes })
      types.push((await post(google, `https://oauth2.googleapis.com/tokeninfo`, { access_token: accessToken })).body)
    }
    expect(types.map((body) => body['access_type'])).toEqual(['offline', 'online'])
  })
})
