import { describe, expect, test } from 'vitest'
import { post, refreshForm, tokenUrl, userAgentFor } from '../flow.fixture.ts'
import { type OpenGoogle, alice, web } from '../google.fixture.ts'
import { type WorldSetup, day, login, mail, openLife, pass, refreshed, revoke, stranger } from '../life.fixture.ts'

const dead = '400 invalid_grant Token has been expired or revoked.'
const testing = { project: { publishingStatus: 'testing' } } as const

describe('a consent', () => {
  const endings: readonly (readonly [
    name: string,
    world: WorldSetup,
    end: (google: OpenGoogle) => unknown,
    prompt: string,
  ])[] = [
    ['that lives is not asked for again', {}, (google) => pass(google, 100 * day), 'none'],
    ['of Testing is asked for again after seven days', testing, (google) => pass(google, 7 * day), 'consent'],
    ['of Testing is not asked for before', testing, (google) => pass(google, 7 * day - 1), 'none'],
    ['that the user took away is asked for again', {}, ({ google }) => google.removeAccess(alice.address), 'consent'],
    ['survives a change of password', {}, ({ google }) => google.changePassword(alice.address), 'none'],
  ]
  test.each(endings)('%s', async (_name, world, end, prompt) => {
    const google = openLife(world)
    const browser = userAgentFor(google)
    await login(google, { browser })
    end(google)
    expect((await login(google, { browser })).prompt).toBe(prompt)
  })

  test.each([
    ['of Testing can be declared over', testing, 1, dead, 'consent'],
    ['that nothing limits cannot', {}, 0, 'granted', 'none'],
  ])('%s', async (_name, world, ended, answer, prompt) => {
    const google = openLife(world)
    const browser = userAgentFor(google)
    const { refreshToken } = await login(google, { browser })
    expect(google.google.expire(alice.address, 'consents')).toBe(ended)
    expect(await refreshed(google, refreshToken)).toBe(answer)
    expect(google.google.expire(alice.address, 'consents')).toBe(0)
    expect(google.seen('as.grant.state').map(({ fields }) => [fields.state, fields.reason])).toEqual([
      ['live', 'consent'],
      ...(ended === 1 ? [['expired', 'seven days of Testing']] : []),
    ])
    expect((await login(google, { browser })).prompt).toBe(prompt)
  })

  test('that ran out is followed by a new grant, and its code by nothing', async () => {
    const google = openLife({ switches: { codeLifetime: day, timeLimits: [60] } })
    const browser = userAgentFor(google)
    browser.script({ accessFor: 60 })
    const { form } = await login(google, { browser })
    pass(google, 60_000)
    expect((await post(google, tokenUrl, form)).body).toMatchObject({ error: 'invalid_grant' })
    await login(google)
    expect(google.seen('as.token.issued').map(({ fields }) => fields.grant)).toEqual(['grant-1', 'grant-2'])
  })

  test('of Testing lasts no longer because the user signs in for name and e-mail', async () => {
    const google = openLife(testing)
    const browser = userAgentFor(google)
    await login(google, { browser })
    pass(google, 5 * day)
    await login(google, { browser, changes: { scope: 'openid email', prompt: 'consent' } })
    pass(google, 2 * day)
    expect((await login(google, { browser })).prompt).toBe('consent')
  })

  test('is one for the account and the project, and grows', async () => {
    const google = openLife()
    await login(google, { changes: { scope: mail } })
    await login(google, { changes: { scope: 'openid' } })
    await login(google, { client: stranger })
    const grants = google.seen('as.token.issued').map(({ fields }) => fields.grant)
    expect(grants).toEqual(['grant-1', 'grant-1', 'grant-2'])
  })

  test.each(['accessToken', 'refreshToken'] as const)(
    'ends for all clients of the project when one %s is revoked, and for no other project',
    async (kind) => {
      const google = openLife()
      const first = await login(google)
      const second = await login(google, { client: web, changes: { access_type: 'offline' } })
      const other = await login(google, { client: stranger })
      expect((await revoke(google, first[kind])).status).toBe(200)
      expect(await refreshed(google, first.refreshToken)).toBe(dead)
      expect(await refreshed(google, second.refreshToken, web)).toBe(dead)
      expect(google.google.lookup(second.accessToken).status).toBe('revoked')
      expect(await refreshed(google, other.refreshToken, stranger)).toBe('granted')
      expect(google.google.lookup(other.accessToken).status).toBe('live')
    },
  )

  test('gives a token what was ticked for it', async () => {
    const google = openLife()
    const browser = userAgentFor(google)
    browser.script({ ticks: [mail] })
    const drive = 'https://www.googleapis.com/auth/drive'
    const { body, refreshToken } = await login(google, { browser, changes: { scope: `${mail} ${drive}` } })
    expect(body['scope']).toBe(mail)
    const answer = await post(google, tokenUrl, { ...refreshForm(refreshToken), scope: drive })
    expect(answer.body).toMatchObject({ error: 'invalid_scope' })
  })

  test('is rolled into one token on request, whichever client asked before; for Web clients alone', async () => {
    const google = openLife()
    await login(google, { changes: { scope: 'https://www.googleapis.com/auth/drive' } })
    const asked = { scope: mail, include_granted_scopes: 'true', access_type: 'offline' }
    const combined = await login(google, { client: web, changes: asked })
    expect(combined.scope).toBe(`${mail} https://www.googleapis.com/auth/drive`)
    const again = await post(google, tokenUrl, refreshForm(combined.refreshToken, web))
    expect(again.body['scope']).toBe(combined.scope)
    expect((await login(google, { changes: asked })).scope).toBe(mail)
    expect((await login(google, { client: web, changes: { scope: mail } })).scope).toBe(mail)
  })
})

test('a director that is told of somebody unknown says so', () => {
  const { google } = openLife()
  expect(() => google.removeAccess('nobody@example.test')).toThrow('knows no nobody@example.test')
  expect(() => google.setClient('nobody', 'deleted')).toThrow('knows no nobody')
})
