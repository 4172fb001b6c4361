import { type Socket, connect as connectTcp } from 'node:net'
import { type ConnectionOptions, type TLSSocket, connect as connectTls } from 'node:tls'
import { once } from 'node:events'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestWorld } from '../gmail/gmail.fixture.ts'
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

async function connected(options: ConnectionOptions = {}): Promise<TLSSocket> {
  const to = { host: '127.0.0.1', port: listener.port, servername: 'imap.gmail.com', ca: pki.ca, ...options }
  const socket = keep(connectTls(to))
  await once(socket, 'data')
  return socket
}

const raw = (): Socket => keep(connectTcp(listener.port, '127.0.0.1'))

/** The server still serves who behaves. */
async function serves(): Promise<void> {
  const socket = await connected()
  socket.write('a NOOP\r\n')
  const [answer] = (await once(socket, 'data')) as [Uint8Array]
  expect(new TextDecoder().decode(answer)).toBe('a OK Success\r\n')
}

test('records each handshake with the name that was asked for', async () => {
  await connected()
  await connected({ servername: 'localhost', maxVersion: 'TLSv1.2' })
  expect(world.recorded('tls.done')).toEqual([
    { server: 'gmail', hello: 'tls#1', sni: 'imap.gmail.com', version: 'TLSv1.3' },
    { server: 'gmail', hello: 'tls#3', sni: 'localhost', version: 'TLSv1.2' },
  ])
})

test('records a handshake that fails, and says nothing in it', async () => {
  const socket = raw()
  let answer = ''
  socket.on('data', (octets) => {
    answer += octets.toString('latin1')
  })
  socket.write('a LOGIN alice@example.com in-the-clear\r\n')
  await once(socket, 'close')
  expect(answer).not.toContain('OK')
  await serves()
  expect(world.recorded('tls.failed')).toEqual([{ server: 'gmail', hello: null, sni: '', alert: null }])
  expect(world.recorded('imap.conn.open')).toHaveLength(1)
})

test('survives who connects and leaves, in every way', async () => {
  raw().destroy()
  raw().end()
  const reset = await connected()
  reset.destroy()
  const half = await connected()
  half.write('a NOO')
  half.end()
  await once(half, 'close')
  await serves()
  const closes = world.recorded('imap.conn.close')
  expect(closes).toContainEqual({ connection: 2, by: 'client', unterminated: 5 })
})

test('survives a flood that never ends a line, and one that never reads', async () => {
  const flood = await connected()
  const chunk = Buffer.alloc(1 << 16, 'x')
  for (let times = 0; times < 64; times++) flood.write(chunk)
  const deaf = await connected()
  deaf.pause()
  deaf.write('a NOOP\r\n'.repeat(20_000))
  await serves()
})

test('disposing ends all connections at once', async () => {
  const socket = await connected()
  const idle = raw()
  await once(idle, 'connect')
  const closed = Promise.all([once(socket, 'close'), once(idle, 'close')])
  await listener[Symbol.asyncDispose]()
  await closed
})

test('a client that does not read waits for its answers, and gets every octet of them when it does', async () => {
  const socket = await connected()
  socket.write('a CAPABILITY\r\n')
  const [answer] = (await once(socket, 'data')) as [Uint8Array]
  socket.pause()
  const commands = 40_000
  socket.write('a CAPABILITY\r\n'.repeat(commands))
  // Every command and each line of its answer are recorded: far fewer than all while the client does not read.
  await expect.poll(() => world.journalSize()).toBeGreaterThan(3_000)
  let octets = 0
  const all = new Promise<void>((resolve) => {
    socket.on('data', ({ length }: Uint8Array) => {
      octets += length
      if (octets >= commands * answer.length) resolve()
    })
  })
  socket.resume()
  await all
  expect(octets).toBe(commands * answer.length)
})
