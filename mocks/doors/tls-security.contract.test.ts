import type { Socket } from 'node:net'
import { type ConnectionOptions, type TLSSocket, connect } from 'node:tls'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { certificateFlaws, oldVersions } from '../../harness/model/tls-security.ts'
import { type OpenGoogle, openGoogle } from '../google/google.fixture.ts'
import { clientHello } from './client-hello.fixture.ts'
import { type Pki, createPki } from './pki.ts'
import { openTcp, received, sendRaw } from './raw-connection.fixture.ts'
import { type TlsDoor, listenHttps } from './tls-listener.ts'

let pki: Pki
let google: OpenGoogle
let door: TlsDoor
const sockets: Socket[] = []
beforeAll(async () => {
  pki = await createPki()
})
beforeEach(async () => {
  google = openGoogle({}, { overTls: true })
  door = await listenHttps(google.world, google.google.handlers, { ...pki, security: google.google.security })
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await door[Symbol.asyncDispose]()
})

const shake = (options: ConnectionOptions = {}): TLSSocket => {
  const to = { host: '127.0.0.1', port: door.port, servername: 'accounts.google.com', ca: pki.ca, ...options }
  const socket = connect(to)
  sockets.push(socket)
  return socket
}
/** How a client's handshake ends for itself. */
const attempt = (options: ConnectionOptions = {}): Promise<string> => ended(shake(options))
const ended = (socket: TLSSocket): Promise<string> =>
  new Promise((resolve) => {
    socket.on('secureConnect', () => resolve('done'))
    socket.on('error', () => resolve('refused'))
  })

const discovery = '/.well-known/openid-configuration'
const ask = () =>
  sendRaw(door.port, pki.ca, `GET ${discovery} HTTP/1.1\r\nHost: accounts.google.com\r\nConnection: close\r\n\r\n`)
const fieldsOf = (type: 'tls.hello' | 'tls.done' | 'tls.failed' | 'tls.old' | 'tls.security') =>
  google.seen(type).map(({ fields }) => fields)

describe.each(certificateFlaws)('a certificate that is wrong: %s', (flaw) => {
  test('is refused by a client that looks, taken by one that does not, and gone when the port is good again', async () => {
    google.google.secure(flaw)
    for (const servername of ['accounts.google.com', 'oauth2.googleapis.com'])
      expect(await attempt({ servername })).toBe('refused')
    await expect.poll(() => door.unsettled()).toBe(false)
    expect(await attempt({ rejectUnauthorized: false })).toBe('done')
    google.google.secure('tls')
    expect((await ask()).statuses).toEqual([200])
    expect(google.seen('http.request')).toHaveLength(1)
    expect(fieldsOf('tls.security')).toEqual([
      { server: 'google', security: flaw },
      { server: 'google', security: 'tls' },
    ])
  })
})

test('a name is wrong only as far as it stands in the common name, whichever host is asked for', async () => {
  google.google.secure('name-in-common-name')
  for (const servername of ['accounts.google.com', 'oauth2.googleapis.com', 'unknown.example.test']) {
    const socket = shake({ servername, rejectUnauthorized: false })
    await ended(socket)
    const known = servername.endsWith('.test') ? 'accounts.google.com' : servername
    expect(socket.getPeerCertificate()).toMatchObject({
      subject: { CN: known },
      subjectaltname: 'DNS:mail.example.test',
    })
  }
})

test.each(oldVersions)('%s is refused by a client of this century, which says why', async (version) => {
  google.google.secure(version)
  expect(await attempt()).toBe('refused')
  await expect.poll(() => fieldsOf('tls.failed')).toHaveLength(1)
  const met = { server: 'google', hello: 'tls#2', sni: 'accounts.google.com' }
  expect(fieldsOf('tls.old')).toEqual([{ ...met, chosen: version }])
  expect(fieldsOf('tls.failed')).toEqual([{ ...met, alert: 70 }])
})

test('a handshake that stalls keeps nobody else waiting, and fails when the client has had enough', async () => {
  google.google.secure('stalled-handshake')
  const stalled = shake()
  await expect.poll(() => fieldsOf('tls.hello')).toHaveLength(1)
  expect(door.unsettled()).toBe(false)
  google.google.secure('tls')
  expect((await ask()).statuses).toEqual([200])
  expect([stalled.destroyed, fieldsOf('tls.failed')]).toEqual([false, []])
  stalled.destroy()
  await expect.poll(() => fieldsOf('tls.failed')).toMatchObject([{ hello: 'tls#2', alert: null }])
})

test('a ClientHello tells the name, the versions, the suites and the protocols that it has', async () => {
  const octets = clientHello({
    sni: 'oauth2.googleapis.com',
    supported: [0x0304, 0x0303],
    suites: [0x1301, 0xc02b],
    protocols: ['h2', 'http/1.1'],
  })
  const socket = openTcp(door.port)
  sockets.push(socket)
  socket.write(octets.subarray(0, 3))
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(octets.subarray(3))
  await expect
    .poll(() => fieldsOf('tls.hello'))
    .toEqual([
      {
        server: 'google',
        sni: 'oauth2.googleapis.com',
        versions: ['TLSv1.3', 'TLSv1.2'],
        cipherSuites: [0x1301, 0xc02b],
        protocols: ['h2', 'http/1.1'],
      },
    ])
})

test('what a client says in clear before TLS shows no secret', async () => {
  const planted = 'ya29.Zq7tRk2wXv9LmB4nHs8PdYc3'
  google.secrets.learn('access-token', planted)
  const socket = openTcp(door.port)
  socket.write(clientHello({ sni: planted, version: 0x0302, protocols: [planted] }))
  await received(socket)
  await expect.poll(() => fieldsOf('tls.failed')).toHaveLength(1)
  expect(fieldsOf('tls.hello')).toMatchObject([{ sni: '‹access-token-1›', protocols: ['‹access-token-1›'] }])
  expect(JSON.stringify(google.sealed().observations)).not.toContain(planted.slice(5))
})

test('a client that knows old versions alone is told so', async () => {
  const socket = openTcp(door.port)
  const heard: number[] = []
  socket.on('data', (octets: string) => heard.push(...Array.from(octets, (octet) => octet.charCodeAt(0))))
  socket.write(clientHello({ sni: 'accounts.google.com', version: 0x0302 }))
  await received(socket)
  // RFC 8446 §6.2: fatal, protocol_version.
  expect(heard).toEqual([0x15, 3, 1, 0, 2, 2, 70])
  await expect.poll(() => fieldsOf('tls.failed')).toMatchObject([{ hello: 'tls#1', alert: null }])
})

test('the alert of a client that refuses is read', async () => {
  const socket = openTcp(door.port)
  socket.on('error', () => {})
  sockets.push(socket)
  socket.write(clientHello({ sni: 'accounts.google.com' }))
  await new Promise((resolve) => socket.once('data', resolve))
  // RFC 5246 §7.2: fatal, unknown_ca.
  socket.write(Uint8Array.from([0x15, 3, 3, 0, 2, 2, 48]))
  await expect.poll(() => fieldsOf('tls.failed')).toMatchObject([{ hello: 'tls#1', alert: 48 }])
})

describe('a client that offers HTTP/2', () => {
  test('is told that it is HTTP/1.1 here', async () => {
    const socket = shake({ ALPNProtocols: ['h2', 'http/1.1'] })
    expect([await ended(socket), socket.alpnProtocol]).toEqual(['done', 'http/1.1'])
    expect(fieldsOf('tls.hello')).toMatchObject([{ protocols: ['h2', 'http/1.1'] }])
  })

  test('and nothing else is refused', async () => {
    expect(await attempt({ ALPNProtocols: ['h2'] })).toBe('refused')
    await expect.poll(() => fieldsOf('tls.failed')).toMatchObject([{ alert: null }])
  })
})

test('a world whose door is not TLS says that it cannot show any of it', () => {
  const { google: other, seen } = openGoogle()
  expect(() => other.secure('expired')).toThrow(
    'a port that is secured by “expired” needs the TLS door, and this world has none; play the scenario at “tls” only',
  )
  expect(seen('tls.security')).toEqual([])
})
