import { once } from 'node:events'
import { type AddressInfo, type Socket, connect as connectTcp, createServer } from 'node:net'
import { type ConnectionOptions, type TLSSocket, connect as connectTls } from 'node:tls'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ImapSecurity } from '../../harness/model/gmail-setup.ts'
import { certificateFlaws, oldVersions } from '../../harness/model/tls-security.ts'
import { alice, goodToken, openTestWorld, xoauth2Of } from '../gmail/gmail.fixture.ts'
import { clientHello } from './client-hello.fixture.ts'
import { type ImapListener, listenImap } from './imap-listener.ts'
import { type Pki, createPki } from './pki.ts'

let pki: Pki
let world: ReturnType<typeof openTestWorld>
let listener: ImapListener
const sockets: Socket[] = []

beforeAll(async () => {
  pki = await createPki()
})
beforeEach(async () => {
  world = openTestWorld()
  listener = await listenImap(world.gmail, pki)
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await listener[Symbol.asyncDispose]()
})

function keep<T extends Socket>(socket: T): T {
  socket.on('error', () => {})
  sockets.push(socket)
  return socket
}

const tls = (options: ConnectionOptions = {}): TLSSocket =>
  keep(connectTls({ host: '127.0.0.1', port: listener.port, servername: 'imap.gmail.com', ca: pki.ca, ...options }))

const tcp = (): Socket => keep(connectTcp(listener.port, '127.0.0.1'))

/** What the socket hears until it has heard something like this. */
async function hears(socket: Socket, wanted: RegExp): Promise<string> {
  let heard = ''
  return new Promise((resolve, reject) => {
    const hear = (octets: Uint8Array): void => {
      heard += new TextDecoder().decode(octets)
      if (!wanted.test(heard)) return
      socket.off('data', hear)
      resolve(heard)
    }
    socket.on('data', hear)
    socket.once('close', () => reject(new Error(`closed after ${JSON.stringify(heard)}`)))
  })
}

/** How an attempt at TLS ends for a client: with the greeting, or without it. */
const attempt = (socket: TLSSocket): Promise<string> =>
  Promise.race([
    hears(socket, /\r\n/).catch(() => 'refused'),
    once(socket, 'error').then(
      () => 'refused',
      () => 'refused',
    ),
  ])

const secure = (security: ImapSecurity): void => world.gmail.secure(security)
const gimap = /^\* OK Gimap ready for requests from 127\.0\.0\.1 \w+\r\n$/

describe.each(certificateFlaws)('a certificate that is wrong: %s', (flaw) => {
  test('is refused by a client that looks, taken by one that does not, and gone when the port is good again', async () => {
    secure(flaw)
    expect(await attempt(tls())).toBe('refused')
    await expect.poll(() => listener.unsettled()).toBe(false)
    expect(await attempt(tls({ rejectUnauthorized: false }))).toMatch(gimap)
    secure('tls')
    expect(await attempt(tls())).toMatch(gimap)
    expect(world.recorded('imap.cmd')).toEqual([])
    expect(world.recorded('tls.security')).toEqual([
      { server: 'gmail', security: flaw },
      { server: 'gmail', security: 'tls' },
    ])
    // Deno looks at the name when the handshake is done already, so that its refusal opens a session too.
    const opened = world.recorded('imap.conn.open').map(({ security }) => security)
    expect(opened.slice(-2)).toEqual([flaw, 'tls'])
  })
})

describe.each(oldVersions)('%s', (version) => {
  test('is chosen by hand, and refused by a client of this century', async () => {
    secure(version)
    expect(await attempt(tls())).toBe('refused')
    await expect.poll(() => world.journalSize()).toBeGreaterThan(3)
    const met = { server: 'gmail', hello: 'tls#2', sni: 'imap.gmail.com' }
    expect(world.recorded('tls.hello')).toMatchObject([
      { sni: 'imap.gmail.com', versions: expect.arrayContaining(['TLSv1.2', 'TLSv1.3']) },
    ])
    expect(world.recorded('tls.old')).toEqual([{ ...met, chosen: version }])
    // RFC 8446 §6.2: protocol_version.
    expect(world.recorded('tls.failed')).toEqual([{ ...met, alert: 70 }])
    expect(world.recorded('imap.conn.open')).toEqual([])
  })

  test.each([
    ['secure renegotiation', true, [0, 5, 0xff, 0x01, 0, 1, 0]],
    ['none', false, []],
  ])('would be taken by a client that goes on, and knows of %s', async (_, renegotiation, extensions) => {
    secure(version)
    const socket = tcp()
    const hello = clientHello({
      sni: 'imap.gmail.com',
      version: 0x0302,
      suites: [0x1301, 0x002f, 0xc009],
      renegotiation,
    })
    socket.write(hello.subarray(0, 40))
    socket.write(hello.subarray(40))
    const [answer] = (await once(socket, 'data')) as [Uint8Array]
    const [major, minor] = version === 'tls-1.0' ? [3, 1] : [3, 2]
    const random = Array<number>(32).fill(0x47)
    // RFC 4346 §7.4.1.3: ServerHello with a suite that the client has, and that TLS 1.0 has too.
    expect([...answer]).toEqual([
      ...[0x16, major, minor, 0, 42 + extensions.length, 2, 0, 0, 38 + extensions.length, major, minor],
      ...[...random, 0, 0xc0, 0x09, 0, ...extensions],
    ])
    expect(listener.unsettled()).toBe(false)
    const size = world.journalSize()
    socket.end()
    await expect.poll(() => world.journalSize()).toBe(size + 1)
    const met = { server: 'gmail', hello: 'tls#2', sni: 'imap.gmail.com' }
    expect(world.recorded('tls.hello')).toMatchObject([{ versions: ['TLSv1.1'] }])
    expect(world.recorded('tls.old')).toEqual([{ ...met, chosen: version }])
    expect(world.recorded('tls.failed')).toEqual([{ ...met, alert: null }])
  })

  test.each([
    ['no handshake', 'a LOGIN alice@example.com in-the-clear\r\n'],
    ['a handshake without end', `\x16\x03\x01\xff\xff${'x'.repeat(70_000)}`],
  ])('answers %s with an alert', async (_, text) => {
    secure(version)
    const socket = tcp()
    const heard: number[] = []
    socket.on('data', (octets: Uint8Array) => heard.push(...octets))
    socket.write(Buffer.from(text, 'latin1'))
    await once(socket, 'close')
    // RFC 8446 §6.2: fatal, unexpected_message.
    expect(heard).toEqual([0x15, 3, 1, 0, 2, 2, 10])
    expect(world.recorded('tls.failed')).toEqual([{ server: 'gmail', hello: null, sni: '', alert: null }])
  })
})

test('plaintext on the port for TLS is a greeting in the clear, which is no handshake', async () => {
  secure('clear')
  expect(await attempt(tls())).toBe('refused')
  await expect.poll(() => world.gmail.busy()).toBe(false)
  const socket = tcp()
  expect(await hears(socket, /\r\n/)).toMatch(gimap)
  socket.write('a CAPABILITY\r\n')
  expect(await hears(socket, /a OK/)).toContain(' AUTH=XOAUTH2 ')
  expect(world.recorded('tls.hello')).toMatchObject([{ server: 'gmail', sni: 'imap.gmail.com' }])
  expect(world.recorded('tls.failed')).toEqual([
    { server: 'gmail', hello: 'tls#2', sni: 'imap.gmail.com', alert: null },
  ])
  expect(world.recorded('imap.cmd').map(({ verb }) => verb)).toEqual(['CAPABILITY'])
})

test('a handshake that stalls keeps nobody else waiting', async () => {
  secure('stalled-handshake')
  const stalled = tls()
  await expect.poll(() => world.journalSize()).toBe(2)
  expect(listener.unsettled()).toBe(false)
  secure('tls')
  expect(await attempt(tls())).toMatch(gimap)
  expect(stalled.destroyed).toBe(false)
  stalled.destroy()
  await expect.poll(() => world.journalSize()).toBe(8)
  expect(world.recorded('tls.done')).toMatchObject([{ hello: 'tls#4' }])
  expect(world.recorded('tls.failed')).toMatchObject([{ hello: 'tls#2', alert: null }])
})

describe('STARTTLS', () => {
  /** Says STARTTLS, with whatever behind it, and goes on with TLS when the answer has come. */
  async function upgraded(behind = ''): Promise<{ answer: string; socket: TLSSocket }> {
    const raw = tcp()
    await hears(raw, /\r\n/)
    raw.write(`a1 STARTTLS\r\n${behind}`)
    const answer = await hears(raw, /a1 OK .*\r\n/)
    const socket = keep(connectTls({ socket: raw, servername: 'imap.gmail.com', ca: pki.ca }))
    await once(socket, 'secureConnect')
    return { answer, socket }
  }

  test('goes on inside TLS, on the same connection', async () => {
    secure('starttls')
    const { answer, socket } = await upgraded()
    expect(answer).toBe('a1 OK Begin TLS negotiation now\r\n')
    socket.write('b CAPABILITY\r\n')
    expect(await hears(socket, /b OK/)).toContain(' AUTH=OAUTHBEARER\r\n')
    socket.write(`c AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}\r\n`)
    await hears(socket, /c OK alice@example\.com authenticated \(Success\)\r\n/)
    socket.end()
    await once(socket, 'close')
    expect(world.recorded('tls.done')).toMatchObject([{ server: 'gmail', sni: 'imap.gmail.com' }])
    expect(world.recorded('imap.conn.open')).toEqual([{ connection: 1, security: 'starttls' }])
    expect(world.recorded('imap.conn.close')).toMatchObject([{ connection: 1, by: 'client' }])
  })

  test('drops what was sent behind it in the clear', async () => {
    secure('starttls')
    const { socket } = await upgraded('b NOOP\r\nc LOGOUT\r\n')
    socket.write('d NOOP\r\n')
    expect(await hears(socket, /\r\n/)).toBe('d OK Success\r\n')
    expect(world.recorded('imap.starttls')).toEqual([{ tag: 'a1', discarded: 18 }])
  })

  test('tells a response that was injected in the clear before the handshake', async () => {
    secure('starttls')
    world.gmail.fault({
      name: 'injected',
      at: 'after STARTTLS',
      occurrence: 1,
      effect: { kind: 'say', lines: ['{next} OK Injected'] },
    })
    const { answer, socket } = await upgraded()
    expect(answer).toBe('a1 OK Begin TLS negotiation now\r\na2 OK Injected\r\n')
    socket.write('a2 CAPABILITY\r\n')
    expect(await hears(socket, /a2 OK/)).toContain('* CAPABILITY IMAP4rev1 UNSELECT')
  })

  test('may fail in its handshake, which the session hears of as an end', async () => {
    secure('starttls')
    const raw = tcp()
    await hears(raw, /\r\n/)
    raw.write('a STARTTLS\r\n')
    await hears(raw, /a OK/)
    raw.write('b LOGIN alice@example.com in-the-clear\r\n')
    await once(raw, 'close')
    await expect.poll(() => world.gmail.busy()).toBe(false)
    expect(world.recorded('tls.failed')).toEqual([{ server: 'gmail', hello: null, sni: '', alert: null }])
    expect(world.recorded('imap.conn.close')).toHaveLength(1)
    expect(world.recorded('imap.cmd').map(({ verb }) => verb)).toEqual(['STARTTLS'])
  })
})

test('PREAUTH needs no login', async () => {
  secure('preauth')
  const socket = tcp()
  expect(await hears(socket, /\r\n/)).toMatch(/^\* PREAUTH /)
  socket.write('a SELECT INBOX\r\n')
  await hears(socket, /a OK \[READ-WRITE\] INBOX selected/)
})

test('a reset reaches the client as one, but from Deno, which can only close', async () => {
  world.gmail.fault({ name: 'reset', at: 'command NOOP', occurrence: 1, effect: { kind: 'end', reset: true } })
  const socket = tls()
  await hears(socket, /\r\n/)
  const end = new Promise((resolve) => {
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code))
    socket.once('close', () => resolve('closed'))
  })
  socket.write('a NOOP\r\n')
  expect(await end).toBe(process.versions['deno'] === undefined ? 'ECONNRESET' : 'closed')
})

test('octet by octet travels in as many TLS records', async () => {
  world.gmail.fault({ name: 'pieces', at: 'connection', occurrence: 1, effect: { kind: 'trickle', octets: 1 } })
  const records: number[] = []
  const relay = await countRecords(listener.port, records)
  const socket = tls({ port: relay.port })
  const greeting = await hears(socket, /\r\n/)
  expect(greeting).toMatch(gimap)
  relay.close()
  // Type 0x17 with one octet of text: 1 + 1 + 16 octets in TLS 1.3 (RFC 8446 §5.2).
  expect(records.filter((octets) => octets === 18)).toHaveLength(greeting.length)
})

/** Stands between, and notes the size of each record of application data that the server sends. */
async function countRecords(to: number, records: number[]): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((near) => {
    keep(near)
    const far = keep(connectTcp(to, '127.0.0.1'))
    let held = new Uint8Array(0)
    near.pipe(far)
    far.on('data', (octets: Uint8Array) => {
      near.write(octets)
      held = Uint8Array.from([...held, ...octets])
      for (let size = sizeOf(held); size !== undefined && held.length >= 5 + size; size = sizeOf(held)) {
        if (held[0] === 0x17) records.push(size)
        held = held.slice(5 + size)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

const sizeOf = ([, , , high, low]: Uint8Array): number | undefined =>
  high === undefined || low === undefined ? undefined : high * 256 + low
