import { connect } from 'node:tls'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createRandom } from '../../harness/random.ts'
import { type OpenGoogle, openGoogle } from '../google/google.fixture.ts'
import { type Pki, createPki } from './pki.ts'
import { sendRaw } from './raw-connection.fixture.ts'
import { type TlsDoor, listenHttps } from './tls-listener.ts'

let pki: Pki
let google: OpenGoogle
let door: TlsDoor
beforeAll(async () => {
  pki = await createPki()
})
beforeEach(async () => {
  google = openGoogle()
  door = await listenHttps(google.world, google.google.handlers, pki)
})
afterEach(() => door[Symbol.asyncDispose]())

/** Sends octets as they are and returns everything that comes back until the server closes. */
const raw = async (text: string): Promise<string> => (await sendRaw(door.port, pki.ca, text)).text

const lines = (...all: string[]): string => `${[...all, 'Connection: close', '', ''].join('\r\n')}`
const statusOf = (answer: string): number => Number(answer.split(' ')[1])
const discovery = '/.well-known/openid-configuration'

test('the Host header picks the origin, with the standard port, the own port or none', async () => {
  for (const host of ['accounts.google.com', 'ACCOUNTS.google.com:443', `accounts.google.com:${door.port}`])
    expect(statusOf(await raw(lines(`GET ${discovery} HTTP/1.1`, `Host: ${host}`)))).toBe(200)
  expect(google.seen('http.request').map(({ fields }) => fields.origin)).toEqual(
    Array.from({ length: 3 }, () => 'https://accounts.google.com'),
  )
})

test('the answer has the exact length of its body and no chunks', async () => {
  const answer = await raw(lines(`GET ${discovery} HTTP/1.1`, 'Host: accounts.google.com'))
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head.toLowerCase()).toContain(`content-length: ${body.length}`)
  expect(head.toLowerCase()).not.toContain('transfer-encoding')
})

test.each([
  ['a host that is not mocked', 421, ['GET / HTTP/1.1', 'Host: evil.example']],
  ['another port of a mocked host', 421, [`GET ${discovery} HTTP/1.1`, 'Host: accounts.google.com:8443']],
  ['no Host header', 400, [`GET ${discovery} HTTP/1.1`]],
  ['two Host headers', 400, [`GET ${discovery} HTTP/1.1`, 'Host: accounts.google.com', 'Host: evil.example']],
  ['asterisk form', 404, ['OPTIONS * HTTP/1.1', 'Host: accounts.google.com']],
  ['dot segments', 400, ['GET /o/../.well-known/openid-configuration HTTP/1.1', 'Host: accounts.google.com']],
  ['a fragment', 400, [`GET ${discovery}#x HTTP/1.1`, 'Host: accounts.google.com']],
  ['a trailing slash', 404, [`GET ${discovery}/ HTTP/1.1`, 'Host: accounts.google.com']],
  ['another case', 404, ['GET /.Well-Known/openid-configuration HTTP/1.1', 'Host: accounts.google.com']],
  ['a path of another host', 404, ['GET /token HTTP/1.1', 'Host: accounts.google.com']],
  ['the method TRACE', 404, [`TRACE ${discovery} HTTP/1.1`, 'Host: accounts.google.com']],
] as const)('the door itself answers %s with %d, and records it', async (_, status, request) => {
  expect(statusOf(await raw(lines(...request)))).toBe(status)
  const [recorded] = google.seen('http.request')
  expect(google.seen('http.response')[0]!.fields).toMatchObject({
    status,
    to: `${recorded!.stream}#${recorded!.position}`,
  })
  expect(recorded!.fields.path).toBe(request[0].split(' ')[1]!.split('?')[0])
})

test('repeated headers and parameters stay repeated in the journal', async () => {
  await raw(
    lines(
      'GET /o/oauth2/v2/auth?scope=a&scope=b%20c&state=Kx4TbW7mZp9RcLd3FyU6 HTTP/1.1',
      'Host: accounts.google.com',
      'Authorization: Bearer ya29.first-token-of-two',
      'Authorization: Bearer ya29.second-token-of-two',
    ),
  )
  const [request] = google.seen('http.request')
  expect(request!.fields.query.map(([name, value]) => [name, typeof value === 'string' ? value : value.ref])).toEqual([
    ['scope', 'a'],
    ['scope', 'b c'],
    ['state', 'state-1'],
  ])
  expect(request!.fields.headers).toEqual([
    ['authorization', 'Bearer ‹access-token-1›'],
    ['authorization', 'Bearer ‹access-token-2›'],
  ])
})

test('names of fields stand in the journal as they were sent, in their order, with what libraries add', async () => {
  const fields = ['X-Last: 1', 'host: accounts.google.com', 'aCCept: a/b', 'Accept: c/d', 'User-Agent: none']
  await raw(lines(`GET ${discovery} HTTP/1.1`, ...fields))
  expect(google.seen('tls.request').map((observation) => observation.fields)).toEqual([
    {
      to: 'discovery#1',
      version: 'HTTP/1.1',
      fields: ['X-Last', 'host', 'aCCept', 'Accept', 'User-Agent', 'Connection'],
    },
  ])
})

test('a client that hangs up in the middle of its body has asked nothing', async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(
      { host: '127.0.0.1', port: door.port, ca: pki.ca, servername: 'oauth2.googleapis.com' },
      () => {
        socket.write(
          'POST /token HTTP/1.1\r\nHost: oauth2.googleapis.com\r\nContent-Length: 100\r\n\r\ngrant_type=',
          () => socket.destroy(),
        )
      },
    )
    socket.on('close', () => resolve())
  })
  expect(statusOf(await raw(lines(`GET ${discovery} HTTP/1.1`, 'Host: accounts.google.com')))).toBe(200)
  expect(google.seen('http.request')).toHaveLength(1)
})

test('handshakes are recorded, done and failed', async () => {
  await raw(lines(`GET ${discovery} HTTP/1.1`, 'Host: accounts.google.com'))
  await new Promise<void>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: door.port, servername: 'accounts.google.com' })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
  })
  await expect.poll(() => google.seen('tls.failed')).toHaveLength(1)
  const met = { server: 'google', sni: 'accounts.google.com' }
  expect(google.seen('tls.hello').map(({ fields }) => fields)).toMatchObject([met, met])
  expect(google.seen('tls.done').map(({ fields }) => fields)).toEqual([{ ...met, hello: 'tls#1', version: 'TLSv1.3' }])
  expect(google.seen('tls.failed')[0]!.fields).toMatchObject({ ...met, hello: 'tls#4' })
})

test('octets of no meaning never end the door, nor reach an endpoint', async () => {
  const random = createRandom(3)
  const alphabet = 'GET POST /token HTTP/1.1\r\n\r\nHost: oauth2.googleapis.com\u0000:;%&=é'
  const texts = Array.from({ length: 60 }, () => `${random.text(1 + random.integer(200), alphabet)}\r\n\r\n`)
  await Promise.all(texts.map((text) => raw(text)))
  expect(google.seen('http.request').filter(({ stream }) => stream !== 'elsewhere')).toEqual([])
  expect(statusOf(await raw(lines(`GET ${discovery} HTTP/1.1`, 'Host: accounts.google.com')))).toBe(200)
})
