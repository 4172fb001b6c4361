import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect as connectImap, xoauth2Of } from '../../../mocks/gmail/gmail.fixture.ts'
import { desktop } from '../../../mocks/google/google.fixture.ts'
import { type Client, account, authorize, openClient } from './client.fixture.ts'
import { epoch } from './control.fixture.ts'

let client: Client
beforeAll(async () => {
  client = await openClient()
})
afterAll(() => client[Symbol.asyncDispose]())
beforeEach(() => client.served.reset())

describe('a person with a token', () => {
  test('consents, and gets a code that can be redeemed', async () => {
    const { status, headers, body } = await client.post('/consent', { url: authorize, account, decision: 'grant' })
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'application/json',
      'no-store',
    ])
    expect(String(body['location'])).toMatch(
      /^http:\/\/127\.0\.0\.1:8080\/\?state=hQ2vN8sKx4TbW7mZp9RcLd3F&.*code=4%2F0A/,
    )
    expect((await client.signIn()).accessToken).toMatch(/^ya29\./)
  })

  test('denies, and unticks', async () => {
    const denied = await client.post('/consent', { url: authorize, account, decision: 'deny' })
    expect(denied.body['location']).toContain('error=access_denied')
    const bare = await client.post('/consent', { url: authorize, account, decision: 'grant', scopes: [] })
    expect(new URL(String(bare.body['location'])).searchParams.get('scope')).toBe('openid')
  })

  test('hears at which page of Google’s a sign-in ended', async () => {
    const url = authorize.replace(desktop.client_id, 'nobody')
    const { status, headers, body } = await client.post('/consent', { url, account, decision: 'grant' })
    const lines = [
      'Access blocked: Authorization Error',
      'The OAuth client was not found.',
      'Learn more about this error',
      'Error 401: invalid_client',
      'Request details:',
      'flowName=GeneralOAuthFlow',
    ]
    const page = { status: 400, title: 'Access blocked: Authorization Error', lines }
    expect([status, headers.get('content-type')]).toEqual([422, 'application/problem+json'])
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Content',
      status: 422,
      detail: `The sign-in ended at a page of Google’s, “${page.title}” (status 400; Error 401: invalid_client).`,
      page,
    })
  })

  test('reads the clock and puts it forward; what falls due on the way happens', async () => {
    const { accessToken } = await client.signIn()
    expect((await client.ask('GET', '/clock')).body).toEqual({
      now: '2026-11-23T09:00:00.000Z',
      epochMilliseconds: epoch,
    })
    const { body } = await client.post('/clock', { advance: 3600.5 })
    expect(body).toEqual({ now: '2026-11-23T10:00:00.500Z', epochMilliseconds: epoch + 3_600_500 })
    expect(client.served.inner.google.lookup(accessToken).status).toBe('expired')
  })

  test('expires tokens and sessions, and hears how many', async () => {
    const { accessToken, refreshToken } = await client.signIn()
    const session = connectImap(client.served.inner.gmail)
    session.say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(account, accessToken)}`)
    const ended = async (what: string) => (await client.post('/expire', { account, what })).body['ended']
    expect(await ended('sessions')).toBe(1)
    expect([session.heard(), session.ended]).toEqual(['* BYE Session expired, please login again.\r\n', true])
    expect([await ended('access-tokens'), await client.refresh(refreshToken)]).toEqual([1, 'granted'])
    expect(client.served.inner.google.lookup(accessToken).status).toBe('expired')
    expect([await ended('consents'), await ended('refresh-tokens')]).toEqual([0, 1])
    expect(await client.refresh(refreshToken)).toBe('invalid_grant')
  })

  test('takes access away', async () => {
    const { refreshToken } = await client.signIn()
    expect((await client.post('/revoke', { account })).status).toBe(204)
    expect(await client.refresh(refreshToken)).toBe('invalid_grant')
  })

  test.each([
    ['a text', { message: 'Subject: Hi\n\nGrüße\n' }, 'Subject: Hi\r\n\r\nGrüße\r\n'],
    ['octets as they are', { base64: btoa('Subject: Hi\n\n\xff') }, 'Subject: Hi\n\n\xff'],
    ['a message of the example', { fixture: 'bare.eml' }, /\r\n/],
  ])('delivers %s, to the inbox and under labels', async (_, content, expected) => {
    const before = await client.served.inner.gmail.messageBytes(account, 'Work', 1)
    expect((await client.post('/deliver', { account, ...content })).status).toBe(204)
    expect((await client.post('/deliver', { account, ...content, labels: ['Work', '\\Starred'] })).status).toBe(204)
    const bytes = await client.served.inner.gmail.messageBytes(account, 'Work', 1)
    const text = 'base64' in content ? String.fromCharCode(...bytes!) : new TextDecoder().decode(bytes)
    expect(before).toBeUndefined()
    if (typeof expected === 'string') expect(text).toBe(expected)
    else expect(text).toMatch(expected)
    expect(await client.served.inner.gmail.messageBytes(account, '[Gmail]/Starred', 1)).toBeDefined()
  })

  test('arms faults of Google and Gmail, and disarms them', async () => {
    const { refreshToken } = await client.signIn()
    const down = {
      name: 'down',
      endpoint: 'token-endpoint',
      occurrence: 'every',
      status: 503,
      body: '{"error":"down"}',
    }
    const bye = { name: 'bye', at: 'greeting', occurrence: 'every', effect: { kind: 'end', bye: 'Later' } }
    expect((await client.post('/fault', { google: down, gmail: bye })).status).toBe(204)
    expect(await client.refresh(refreshToken)).toBe('down')
    expect(connectImap(client.served.inner.gmail).greeting).toContain('* BYE Later\r\n')
    expect((await client.ask('DELETE', '/fault')).status).toBe(204)
    expect([await client.refresh(refreshToken), connectImap(client.served.inner.gmail).ended]).toEqual([
      'granted',
      false,
    ])
  })

  test('reads the journal as lines, and goes on where it had stopped', async () => {
    await client.signIn()
    const { headers, text } = await client.ask('GET', '/journal')
    const lines = text.split('\n')
    expect([headers.get('content-type'), lines.pop()]).toEqual(['application/jsonl', ''])
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      JSON.parse(JSON.stringify(client.served.world.observations())),
    )
    expect((await client.ask('GET', `/journal?after=${lines.length}`)).text).toBe('')
    await client.post('/fault', { google: { name: 'slow', endpoint: 'jwks', occurrence: 1, delay: 5 } })
    const more = (await client.ask('GET', `/journal?after=${lines.length}`)).text
    expect(JSON.parse(more)).toMatchObject({ type: 'fault.armed', fields: { fault: 'slow' } })
  })

  test('begins anew', async () => {
    const { refreshToken } = await client.signIn()
    await client.post('/clock', { advance: 60 })
    expect((await client.ask('POST', '/reset')).status).toBe(204)
    expect((await client.ask('GET', '/clock')).body['epochMilliseconds']).toBe(epoch)
    expect([(await client.ask('GET', '/journal')).text, await client.refresh(refreshToken)]).toEqual([
      '',
      'invalid_grant',
    ])
  })

  test('asks only for the head', async () => {
    const { status, headers, text } = await client.ask('HEAD', '/clock')
    expect([status, headers.get('content-type'), text]).toEqual([200, 'application/json', ''])
  })
})
