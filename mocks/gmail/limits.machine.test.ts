import { once } from 'node:events'
import { type Socket, connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test } from 'vitest'
import { type ImapListener, listenImap } from '../doors/imap-listener.ts'
import { createPki } from '../doors/pki.ts'
import { appendLimit } from './core/append-limit.ts'
import { loggedIn, openTestWorld } from './gmail.fixture.ts'
import { octetsOf } from './wire/command-stream.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const kept = (): number => {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
const megabyte = 1024 * 1024

const sockets: Socket[] = []
let listener: ImapListener | undefined
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await listener?.[Symbol.asyncDispose]()
})
const keep = <T extends Socket>(socket: T): T => {
  socket.on('error', () => {})
  sockets.push(socket)
  return socket
}

test(
  'a thousand half-open connections are kept in little room, and somebody else is served',
  { timeout: 90_000 },
  async () => {
    const pki = await createPki()
    const world = openTestWorld()
    listener = await listenImap(world.gmail, pki)
    const { port } = listener
    const secured = async () => {
      const socket = keep(connectTls({ host: '127.0.0.1', port, servername: 'imap.gmail.com', ca: pki.ca }))
      const [greeting] = (await once(socket, 'data')) as [Buffer]
      expect(greeting.toString()).toMatch(/^\* OK Gimap ready/)
      return socket
    }
    const before = kept()
    for (let index = 0; index < 1000; index++) {
      if (index % 2 === 0) await once(keep(connectTcp(port, '127.0.0.1')), 'connect')
      // A command that announces a literal and one that never ends; nobody reads what they are told.
      else (await secured()).write(index % 4 === 1 ? 'a LOGIN {8000}\r\nx' : `a ${'x'.repeat(60_000)}`)
    }
    const good = await secured()
    good.write('a NOOP\r\n')
    const [answer] = (await once(good, 'data')) as [Buffer]
    expect(answer.toString()).toBe('a OK Success\r\n')
    const grown = (kept() - before) / megabyte
    console.log(`1,000 half-open connections: ${grown.toFixed(0)} MB, both ends in one process`)
    expect(grown).toBeLessThan(150)
  },
)

test.each([1, 3, 1460, 65_536])('a message of the largest size in pieces of %i octets', { timeout: 60_000 }, (size) => {
  const world = openTestWorld()
  const client = loggedIn(world.gmail)
  expect(client.say(`a APPEND INBOX {${appendLimit}}`)).toEqual(['+ go ahead'])
  const piece = octetsOf('x'.repeat(size))
  const start = performance.now()
  let sent = 0
  for (; sent + size <= appendLimit; sent += size) client.inlet.receive(piece)
  client.inlet.receive(piece.subarray(0, appendLimit - sent))
  const seconds = (performance.now() - start) / 1000
  expect(client.say('')).toEqual([expect.stringMatching(/^a OK \[APPENDUID/)])
  console.log(`${appendLimit} octets in pieces of ${size}: ${seconds.toFixed(2)} s`)
  expect(seconds).toBeLessThan(45)
})

test(
  'announcing costs nothing: sessions that announce the largest message take no room for it',
  { timeout: 60_000 },
  () => {
    const world = openTestWorld()
    const before = kept()
    const clients = Array.from({ length: 15 }, () => loggedIn(world.gmail))
    for (const client of clients) client.send(`a APPEND INBOX {${appendLimit}}\r\nx`)
    expect((kept() - before) / megabyte).toBeLessThan(10)
  },
)
