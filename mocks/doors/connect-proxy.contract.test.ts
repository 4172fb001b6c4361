import { once } from 'node:events'
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createRandom } from '../../harness/random.ts'
import { type OpenGoogle, openGoogle } from '../google/google.fixture.ts'
import { type ConnectProxy, listenConnect } from './connect-proxy.ts'
import { type Pki, createPki } from './pki.ts'
import { type TlsDoor, listenHttps } from './tls-listener.ts'

let pki: Pki
let google: OpenGoogle
let door: TlsDoor
let proxy: ConnectProxy
/** Sends back what it gets; it stands for any server of the mocks, and for one that must never be reached. */
let echo: Server
let visits: number
const opened: Socket[] = []

beforeAll(async () => {
  pki = await createPki()
})
beforeEach(async () => {
  visits = 0
  echo = createServer((socket) => {
    visits += 1
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  google = openGoogle()
  door = await listenHttps(google.world, google.google.handlers, pki)
  proxy = await listenConnect(google.world, {
    'accounts.google.com:443': door.port,
    'imap.gmail.com:993': portOf(echo),
    'www.googleapis.com:443': await deadPort(),
  })
})
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy()
  await proxy[Symbol.asyncDispose]()
  await door[Symbol.asyncDispose]()
  await new Promise((resolve) => echo.close(resolve))
})

const portOf = (server: Server): number => (server.address() as AddressInfo).port

/** A port where nobody listens any more. */
async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function dial(): Socket {
  const socket = connect(proxy.port, '127.0.0.1')
  socket.on('error', () => {})
  opened.push(socket)
  return socket
}

/** However it ends: a reset is an end too. */
const ended = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.resume().once('close', resolve))

/** Sends octets as they are and returns everything that comes back until the proxy closes. */
async function raw(octets: string): Promise<string> {
  const socket = dial()
  let answer = ''
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    answer += text
  })
  socket.write(octets, 'latin1')
  await ended(socket)
  return answer
}

const head = (...lines: string[]): string => [...lines, '', ''].join('\r\n')
const statusOf = (answer: string): number => Number(answer.split(' ')[1])
const requests = () => google.seen('http.request').map(({ stream, fields }) => ({ stream, ...fields }))

/** A tunnel, and what came behind the proxy's own answer. */
async function tunnel(to: string, early = ''): Promise<Socket> {
  const socket = dial()
  socket.write(head(`CONNECT ${to} HTTP/1.1`, `Host: ${to}`) + early)
  let answer = ''
  while (!answer.includes('\r\n\r\n')) answer += String((await once(socket, 'data'))[0])
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  const rest = answer.slice(answer.indexOf('\r\n\r\n') + 4)
  if (rest !== '') socket.unshift(Buffer.from(rest))
  return socket
}

/** The proxy still serves who behaves. */
async function serves(): Promise<void> {
  const socket = await tunnel('imap.gmail.com:993')
  socket.write('hello')
  expect(String((await once(socket, 'data'))[0])).toBe('hello')
}

test('a mocked host and port is joined to its door, TLS and all', async () => {
  const socket = await tunnel('Accounts.Google.com:443')
  const secure = connectTls({ socket, ca: pki.ca, servername: 'accounts.google.com' })
  secure.write(head('GET /.well-known/openid-configuration HTTP/1.1', 'Host: accounts.google.com', 'Connection: close'))
  let answer = ''
  secure.on('data', (octets: Buffer) => {
    answer += String(octets)
  })
  await once(secure, 'end')
  expect(answer).toContain('"issuer": "https://accounts.google.com"')
  expect(google.seen('tls.done')[0]!.fields.sni).toBe('accounts.google.com')
  expect(requests()).toMatchObject([{ stream: 'discovery', origin: 'https://accounts.google.com' }])
})

test('what a client sends with its request, or too fast, arrives whole', async () => {
  const socket = await tunnel('imap.gmail.com:993', 'early')
  const sent = createRandom(5).text(3_000_000, 'abcdefghijklmnopqrstuvwxyz')
  socket.write(sent)
  let length = 0
  let text = ''
  for await (const chunk of socket) {
    text += String(chunk)
    length += (chunk as Buffer).length
    if (length >= sent.length + 5) break
  }
  expect(text === `early${sent}`).toBe(true)
})

test.each([
  ['a host that is not mocked', 'CONNECT evil.example:443', 403, 'https://evil.example'],
  ['another port of a mocked host', 'CONNECT accounts.google.com:8443', 403, 'https://accounts.google.com:8443'],
  ['plain HTTP in a tunnel', 'CONNECT evil.example:80', 403, 'http://evil.example'],
  ['a mocked host with a final dot', 'CONNECT accounts.google.com.:443', 403, 'https://accounts.google.com.'],
  ['a name that every object has', 'CONNECT constructor:443', 403, 'https://constructor'],
  ['IPv6', 'CONNECT [::1]:443', 403, 'https://[::1]'],
  ['a door that is gone', 'CONNECT www.googleapis.com:443', 502, 'https://www.googleapis.com'],
  ['plain HTTP', 'GET http://accounts.google.com/token', 405, 'http://accounts.google.com'],
  ['plain HTTP elsewhere', 'POST http://evil.example/collect', 405, 'http://evil.example'],
  ['origin form', 'GET /', 405, 'http://proxy.example'],
  ['no port', 'CONNECT accounts.google.com', 400, 'https://accounts.google.com'],
  ['port 0', 'CONNECT accounts.google.com:0', 400, 'https://accounts.google.com:0'],
  ['a port that is too high', 'CONNECT accounts.google.com:65536', 400, ''],
  ['a user in the authority', 'CONNECT someone:secret@accounts.google.com:443', 400, 'https://accounts.google.com'],
  ['a URL', 'CONNECT https://accounts.google.com/', 400, 'https://https'],
] as const)('%s is refused and recorded', async (_, request, status, origin) => {
  expect(statusOf(await raw(head(`${request} HTTP/1.1`, 'Host: proxy.example')))).toBe(status)
  expect(requests()).toMatchObject([{ stream: 'elsewhere', method: request.split(' ')[0], origin, actor: 'subject' }])
  expect(google.seen('http.response')[0]!.fields).toMatchObject({ to: 'elsewhere#1', status })
  await serves()
})

test('no address of this machine is dialled because a client names it', async () => {
  const planted = portOf(echo)
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '127.1', '0x7f000001', '2130706433'])
    expect(statusOf(await raw(head(`CONNECT ${host}:${planted} HTTP/1.1`)))).toBe(403)
  for (const request of [`GET http://127.0.0.1:${planted}/`, 'GET /', `OPTIONS 127.0.0.1:${planted}`])
    expect(statusOf(await raw(head(`${request} HTTP/1.1`, `Host: 127.0.0.1:${planted}`)))).toBe(405)
  // A field never says where a tunnel leads.
  const fields = [`Host: 127.0.0.1:${planted}`, `X-Forwarded-Host: 127.0.0.1:${planted}`, 'Host: imap.gmail.com:993']
  expect(statusOf(await raw(head('CONNECT evil.example:443 HTTP/1.1', ...fields)))).toBe(403)
  expect(visits).toBe(0)
  await serves()
  expect(visits).toBe(1)
})

test('a refusal says what was refused, and how to go on', async () => {
  const mocked = 'Mocked: accounts.google.com:443, imap.gmail.com:993, www.googleapis.com:443.'
  const refused = await raw(head('CONNECT API.example.test:443 HTTP/1.1', 'Host: API.example.test:443'))
  // Python, Go and others show the first line alone.
  expect(refused).toMatch(/^HTTP\/1\.1 403 Forbidden: api\.example\.test:443 is not mocked\r\n/)
  expect(refused).toContain(
    `\n\r\napi.example.test:443 is not mocked, and nothing was sent there. ${mocked} To go on, `,
  )
  expect(await raw(head('CONNECT accounts.google.com:80 HTTP/1.1'))).toContain('accounts.google.com:80 is not mocked, ')
  const plain = await raw(head('GET http://someone:pass@example.test/path?code=4/0Asecret HTTP/1.1'))
  expect(plain).toContain('\n\r\nhttp://example.test is not mocked, ')
  expect(plain).not.toMatch(/someone|pass@|path|code/)
  expect(requests().at(-1)).toMatchObject({ method: 'GET', origin: 'http://example.test', path: '/path' })
  expect(await raw(head('GET gopher://example.test/ HTTP/1.1'))).toContain('\n\r\nthis host is not mocked, ')
  const unencrypted = await raw(head('GET http://accounts.google.com/ HTTP/1.1'))
  expect(unencrypted).toContain('http://accounts.google.com is not mocked, only its https:// is.')
  expect(await raw(head('GET / HTTP/1.1'))).toContain('name it in HTTPS_PROXY')
  expect(await raw(head('CONNECT accounts.google.com HTTP/1.1'))).toContain('such as accounts.google.com:443')
})

test('a refusal never repeats a secret', async () => {
  const label = google.secrets.mint('state', { prefix: '', length: 32, alphabet: 'abcdefghijklmnopqrstuvwxyz' })
  const refused = await raw(head(`CONNECT ${label}.example.test:443 HTTP/1.1`))
  expect(refused).toMatch(/^HTTP\/1\.1 403 Forbidden: this host is not mocked\r\n/)
  expect(refused).not.toContain(label)
  expect(JSON.stringify(google.sealed().observations)).not.toContain(label)
})

test('HTTP/1.0 gets a tunnel too', async () => {
  const socket = dial()
  socket.write(head('CONNECT imap.gmail.com:993 HTTP/1.0') + 'hello')
  let answer = ''
  for await (const chunk of socket) {
    answer += String(chunk)
    if (answer.endsWith('hello')) break
  }
  expect(answer).toMatch(/^HTTP\/1\.1 200 [^\r]*\r\n\r\nhello$/)
})

test.each([
  ['TLS', [0x16, 0x03, 0x01, 0x02, 0x00, 0x01]],
  ['SOCKS 5', [0x05, 0x01, 0x00]],
  ['SOCKS 4', [0x04, 0x01, 0x01, 0xbb, 0x00, 0x00, 0x00, 0x01, 0x00]],
])('a client that speaks %s to the proxy is told at once', async (_, octets) => {
  expect(await raw(String.fromCharCode(...octets))).toContain('its address begins with http://')
  expect(google.seen('http.refused')).toMatchObject([{ stream: 'elsewhere', fields: { problem: 'malformed' } }])
})

test('a program that was told that the proxy speaks TLS fails soon', async () => {
  const secure = connectTls({ port: proxy.port, host: '127.0.0.1', ca: pki.ca, servername: 'localhost' })
  const failed = await new Promise<boolean>((resolve) => {
    secure.once('secureConnect', () => resolve(false)).once('error', () => resolve(true))
  })
  secure.destroy()
  expect(failed).toBe(true)
  await serves()
})

test('the method that is allowed is named (RFC 9110 §15.5.6)', async () => {
  expect(await raw(head('GET http://accounts.google.com/ HTTP/1.1'))).toContain('\r\nAllow: CONNECT\r\n')
})

test.each([
  ['garbage', 'garbage'],
  ['nothing', ''],
  ['another version', 'CONNECT accounts.google.com:443 HTTP/2.0'],
  ['two spaces', 'CONNECT  accounts.google.com:443 HTTP/1.1'],
  ['a NUL', 'CONNECT accounts.google.com\0:443 HTTP/1.1'],
  ['a header without a colon', 'CONNECT accounts.google.com:443 HTTP/1.1\r\nHost'],
  ['a folded header', 'CONNECT accounts.google.com:443 HTTP/1.1\r\nHost: a\r\n b'],
  ['a bare line feed', 'CONNECT accounts.google.com:443 HTTP/1.1\nHost: a'],
])('%s is no request, and leads nowhere', async (_, text) => {
  expect(statusOf(await raw(head(text)))).toBe(400)
  expect(requests()).toEqual([])
  expect(google.seen('http.refused')).toMatchObject([{ fields: { problem: 'malformed', status: 400 } }])
  await serves()
})

test('who is no tunnel in time is given up, even if it never falls silent', async () => {
  await using impatient = await listenConnect(google.world, { 'imap.gmail.com:993': portOf(echo) }, { patience: 300 })
  const at = (octets: string): Socket => {
    const socket = connect(impatient.port, '127.0.0.1')
    socket.on('error', () => {})
    opened.push(socket)
    socket.write(octets)
    return socket
  }
  const silent = at('CONN')
  const dripping = at('CONNECT imap.gmail.com:993 HTTP/1.1\r\nX: ')
  const refused = at(head('CONNECT evil.example:443 HTTP/1.1'))
  const joined = at(head('CONNECT imap.gmail.com:993 HTTP/1.1'))
  await once(joined, 'data')
  const drips = setInterval(() => [dripping, refused].forEach((socket) => !socket.destroyed && socket.write('a')), 20)
  await Promise.all([silent, dripping, refused].map(ended))
  clearInterval(drips)
  // A tunnel has all the time that the door at its end gives it.
  joined.write('still here')
  expect(String((await once(joined, 'data'))[0])).toBe('still here')
})

test('TLS that is never finished in a tunnel is bounded by the door at its end', async () => {
  await using short = await listenHttps(google.world, google.google.handlers, { ...pki, silence: 200 })
  await using through = await listenConnect(google.world, { 'accounts.google.com:443': short.port })
  const socket = connect(through.port, '127.0.0.1')
  opened.push(socket)
  socket.on('error', () => {})
  socket.write(head('CONNECT accounts.google.com:443 HTTP/1.1') + '\u0016\u0003\u0001')
  await ended(socket)
  expect(google.seen('tls.failed')).toHaveLength(1)
})

test('two hundred clients at once get their tunnels, and what they ask for', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const secure = connectTls({
        socket: await tunnel('accounts.google.com:443'),
        ca: pki.ca,
        servername: 'accounts.google.com',
      })
      secure.write(
        head('GET /.well-known/openid-configuration HTTP/1.1', 'Host: accounts.google.com', 'Connection: close'),
      )
      let answer = ''
      for await (const octets of secure) answer += String(octets)
      return answer.includes('"token_endpoint"') ? statusOf(answer) : 0
    }),
  )
  expect(statuses.filter((status) => status !== 200)).toEqual([])
  expect(statuses).toHaveLength(200)
  expect(requests()).toHaveLength(200)
})

test('a second proxy at the same port is told why there is none', async () => {
  await expect(listenConnect(google.world, {}, { port: proxy.port })).rejects.toMatchObject({
    code: 'ADDRESS_UNAVAILABLE',
    message: `Cannot listen on 127.0.0.1:${proxy.port}: another program listens there.`,
  })
})

test('a head without an end is cut off, however it goes on', async () => {
  expect(statusOf(await raw(`CONNECT accounts.google.com:443 HTTP/1.1\r\nX: ${'a'.repeat(20_000)}`))).toBe(431)
  const flood = dial()
  const chunk = 'a'.repeat(1 << 16)
  const pour = (): void => {
    while (!flood.destroyed && flood.write(chunk)) continue
  }
  flood.on('drain', pour)
  pour()
  await ended(flood)
  await serves()
})

test('what the proxy alone was told is never recorded, and what else is secret is a mark', async () => {
  const credentials = btoa('someone:proxy-password-for-tests')
  const token = 'ya29.a-token-that-goes-through-no-proxy'
  await raw(
    head(
      `GET http://www.googleapis.com/oauth2/v3/userinfo?access_token=${token} HTTP/1.1`,
      `Proxy-Authorization: Basic ${credentials}`,
      `Authorization: Bearer ${token}`,
    ),
  )
  await raw(head('CONNECT evil.example:443 HTTP/1.1', `Proxy-Authorization: Basic ${credentials}`, 'X-Other: kept'))
  const journal = JSON.stringify(google.sealed().observations)
  for (const secret of [credentials, 'proxy-password', token]) expect(journal).not.toContain(secret)
  expect(journal.toLowerCase()).not.toContain('proxy-authorization')
  expect(requests().map(({ headers }) => headers)).toEqual([
    [['authorization', 'Bearer ‹access-token-1›']],
    [['x-other', 'kept']],
  ])
})

test('who connects and leaves, in every way, harms nobody', async () => {
  dial().destroy()
  dial().end()
  const cut = dial()
  cut.write('CONNECT accounts.google.com:443 HT', () => cut.destroy())
  ;(await tunnel('imap.gmail.com:993')).destroy()
  const half = await tunnel('imap.gmail.com:993')
  half.end('last words')
  await ended(half)
  await serves()
  expect(requests()).toEqual([])
})

test('a tunnel ends when the server ends it', async () => {
  const socket = await tunnel('accounts.google.com:443')
  socket.write('no TLS at all')
  await ended(socket)
  expect(google.seen('tls.failed')).toHaveLength(1)
})

test('octets of no meaning never end the proxy, nor reach a server', async () => {
  const random = createRandom(11)
  const alphabet = 'CONNECT GET accounts.google.com:443 HTTP/1.1\r\n\r\nHost: \u0000:;%@[]é'
  const texts = Array.from({ length: 60 }, () => `${random.text(1 + random.integer(200), alphabet)}\r\n\r\n`)
  const statuses = (await Promise.all(texts.map((text) => raw(text)))).map(statusOf)
  expect(new Set(statuses)).toEqual(new Set([400]))
  expect(visits).toBe(0)
  await serves()
})

test('disposing ends tunnels and clients that never asked', async () => {
  const joined = await tunnel('imap.gmail.com:993')
  const idle = dial()
  await once(idle, 'connect')
  const closed = Promise.all([ended(joined), ended(idle)])
  await proxy[Symbol.asyncDispose]()
  await closed
})
