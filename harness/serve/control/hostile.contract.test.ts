import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifier } from '../../../mocks/google/flow.fixture.ts'
import { desktop } from '../../../mocks/google/google.fixture.ts'
import { type Client, account, authorize, last, openClient, token } from './client.fixture.ts'
import { listenControl } from './control.ts'

/** Deno does not show what its parser refused on a connection without TLS. */
const unknownMethod = process.versions['deno'] === undefined ? 501 : 400
const authorized = `Authorization: Bearer ${token}\r\n`

let client: Client
beforeAll(async () => {
  client = await openClient()
})
afterAll(() => client[Symbol.asyncDispose]())
beforeEach(() => client.served.reset())

describe('nobody else comes in', () => {
  test.each([
    ['no credentials', {}, 401, 'Bearer realm="oauth-imap"'],
    ['another scheme', { authorization: `Basic ${btoa(`a:${token}`)}` }, 401, 'Bearer realm="oauth-imap"'],
    [
      'another token',
      { authorization: `Bearer ${token.slice(1)}` },
      401,
      'Bearer realm="oauth-imap", error="invalid_token"',
    ],
    ['no token', { authorization: 'Bearer' }, 400, 'Bearer realm="oauth-imap", error="invalid_request"'],
    [
      'two tokens',
      { authorization: `Bearer ${token} ${token}` },
      400,
      'Bearer realm="oauth-imap", error="invalid_request"',
    ],
  ])('with %s', async (_, headers, status, challenge) => {
    for (const path of ['/clock', '/journal', '/openapi.json', '/nowhere']) {
      const response = await fetch(client.control.url + path, { headers })
      await response.body?.cancel()
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([status, challenge])
    }
  })

  test('with a token in the query', async () => {
    const response = await fetch(`${client.control.url}/clock?access_token=${token}`)
    expect([response.status, (await response.text()).includes(token)]).toEqual([401, false])
  })

  test('from a web page', async () => {
    for (const origin of ['https://evil.example', 'null', client.control.url]) {
      const octets = `${client.head('GET /clock')}Origin: ${origin}\r\n${last}`
      expect((await client.raw(octets)).statuses).toEqual([403])
    }
  })

  test.each([
    ['another name', 'GET /clock HTTP/1.1\r\nHost: evil.example\r\n', 403],
    ['another name at our port', 'GET /clock HTTP/1.1\r\nHost: evil.example:PORT\r\n', 403],
    ['a name that begins like ours', 'GET /clock HTTP/1.1\r\nHost: localhost.evil.example:PORT\r\n', 403],
    ['another port', 'GET /clock HTTP/1.1\r\nHost: 127.0.0.1:1\r\n', 403],
    ['another host in the target', 'GET http://evil.example/clock HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n', 403],
    ['no host', 'GET /clock HTTP/1.1\r\n', 400],
    ['two hosts', 'GET /clock HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT\r\n', 400],
    ['localhost', 'GET /clock HTTP/1.1\r\nHost: localhost:PORT\r\n', 200],
    ['the address of IPv6', 'GET /clock HTTP/1.1\r\nHost: [::1]:PORT\r\n', 200],
    ['our host in the target', 'GET http://127.0.0.1:PORT/clock HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n', 200],
  ])('at %s', async (_, start, status) => {
    expect(
      (await client.raw(start.replaceAll('PORT', String(client.control.port)) + authorized + last)).statuses,
    ).toEqual([status])
  })

  test('at an address of no loopback', async () => {
    await expect(listenControl(client.served, { token, at: { host: '0.0.0.0' } })).rejects.toMatchObject({
      code: 'USAGE',
    })
  })

  test('at a port that is taken', async () => {
    await expect(listenControl(client.served, { token, at: { port: client.control.port } })).rejects.toMatchObject({
      code: 'ADDRESS_UNAVAILABLE',
    })
  })
})

describe('what is no request of HTTP is answered and bounded', () => {
  test.each([
    ['garbage', () => 'garbage\r\n\r\n', [400]],
    ['an unknown method', () => client.head('BREW /clock') + last, [unknownMethod]],
    ['a tunnel', () => `CONNECT accounts.google.com:443 HTTP/1.1\r\nHost: accounts.google.com:443\r\n\r\n`, [403]],
    ['long fields', () => `${client.head('GET /clock')}X-Long: ${'x'.repeat(40_000)}\r\n${last}`, [431]],
    ['a long target', () => `${client.head(`GET /${'x'.repeat(20_000)}`)}${last}`, [414]],
    ['a long content that is announced', () => `${client.head('POST /deliver')}Content-Length: 5000000\r\n\r\n`, [413]],
    ['content that is no number', () => `${client.head('POST /clock')}Content-Length: x\r\n${last}`, [400]],
    ['dot segments', () => client.head('GET /../clock') + last, [400]],
    ['content with GET', () => `${client.head('GET /clock')}Content-Length: 2\r\n${last}{}`, [400]],
    [
      'content that is not UTF-8',
      () => `${client.head('POST /clock')}Content-Type: application/json\r\nContent-Length: 1\r\n${last}\xff`,
      [400],
    ],
    [
      'requests in one go, and junk behind',
      () => `${client.head('GET /clock')}\r\n${client.head('GET /nowhere')}\r\n${client.head('BREW /')}\r\n`,
      [200, 404, unknownMethod],
    ],
  ])('%s', async (_, octets, statuses) => {
    expect((await client.raw(octets())).statuses).toEqual(statuses)
  })

  test('a long content in chunks', async () => {
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    const { statuses } = await client.raw(
      `${client.head('POST /deliver')}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(70)}0\r\n\r\n`,
    )
    expect(statuses).toEqual([413])
  })

  test('a client that never ends its request', async () => {
    expect((await client.raw(`${client.head('POST /clock')}Content-Length: 20\r\n\r\n{"adv`)).statuses).toEqual([])
    expect((await client.ask('GET', '/clock')).status).toBe(200)
  })

  test('a message of 3 MB is none too many', async () => {
    const base64 = btoa('x'.repeat(3_000_000))
    expect((await client.post('/deliver', { account, base64 })).status).toBe(204)
  })
})

test('a mistake of ours is told as one, and says nothing else', async () => {
  const { gmail } = client.served.inner
  const broken = {
    ...client.served.world,
    gmail: {
      ...gmail,
      expireSessions: () => {
        throw new Error(`no ${token}`)
      },
    },
  }
  await using other = await listenControl({ world: broken, reset: client.served.reset }, { token })
  const response = await fetch(`${other.url}/expire`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ account, what: 'sessions' }),
  })
  expect([response.status, await response.json()]).toEqual([
    500,
    {
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: 'This is a mistake of ours, not of the request.',
    },
  ])
})

test('neither the journal nor a problem shows a secret, and the search for them finds one that is planted', async () => {
  const { code, accessToken, refreshToken } = await client.signIn()
  const secrets = [code, accessToken, refreshToken, desktop.client_secret, verifier]
  for (const value of secrets) client.served.inner.secrets.learn('access-token', value)
  const told: string[] = [(await client.ask('GET', '/journal')).text]
  expect(told[0]).toContain('as.token.issued')
  for (const value of secrets) {
    const requests = [
      client.post('/consent', { url: value, account: value, decision: value, [value]: value }),
      client.post('/consent', { url: value, account, decision: 'grant' }),
      client.post('/consent', { url: `https://${encodeURIComponent(value)}.example/`, account, decision: 'grant' }),
      client.post('/consent', {
        url: authorize.replace(desktop.client_id, encodeURIComponent(value)),
        account,
        decision: 'grant',
      }),
      client.post('/expire', { account: value, what: 'sessions' }),
      client.post('/deliver', { account, fixture: value }),
      client.post('/deliver', { account: value, message: value }),
      client.post('/fault', { google: { name: value, endpoint: value, occurrence: value, headers: { [value]: 7 } } }),
      client.post('/clock', `{"advance": ${value}`),
      client.ask('POST', '/clock', `{"advance":1}`, { 'content-type': value }),
      client.ask('GET', `/journal?${encodeURIComponent(value)}=${encodeURIComponent(value)}`),
      client.ask('GET', `/${encodeURIComponent(value)}`),
    ]
    for (const { status, text } of await Promise.all(requests)) {
      expect(status).toBeGreaterThanOrEqual(400)
      told.push(text)
    }
  }
  told.push((await client.ask('GET', '/journal')).text)
  const { scanner } = client.served.inner.secrets
  expect(told.flatMap((text) => scanner.scanText(text))).toEqual([])
  expect(scanner.scanText(`${told.join('')}${accessToken}`)).not.toEqual([])
})
