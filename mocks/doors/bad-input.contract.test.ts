import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenGoogle, openGoogle } from '../google/google.fixture.ts'
import { bodies } from './bad-bodies.fixture.ts'
import { fields } from './bad-fields.fixture.ts'
import { planted } from './bad-input.fixture.ts'
import { hosts, requestLines, targets } from './bad-request-lines.fixture.ts'
import { type Pki, createPki } from './pki.ts'
import { open, openTcp, received, sendRaw } from './raw-connection.fixture.ts'
import { type TlsDoor, listenHttps } from './tls-listener.ts'

const { versions } = process
const runtime = versions['bun'] !== undefined ? 'bun' : versions['deno'] !== undefined ? 'deno' : 'node'
const good = 'GET /.well-known/openid-configuration HTTP/1.1\r\nHost: accounts.google.com\r\n'
const token = 'POST /token HTTP/1.1\r\nHost: oauth2.googleapis.com\r\n'

let pki: Pki
beforeAll(async () => {
  pki = await createPki()
})

describe('at the TLS door', () => {
  let google: OpenGoogle
  let door: TlsDoor
  beforeAll(async () => {
    google = openGoogle()
    door = await listenHttps(google.world, google.google.handlers, pki)
  })
  afterAll(() => door[Symbol.asyncDispose]())

  /** Statuses of the answers that the journal knows. */
  const recorded = (): readonly number[] =>
    [...google.seen('http.response'), ...google.seen('http.refused')].map(({ fields }) => fields.status)

  const inputs = [...targets, ...hosts, ...requestLines, ...fields, ...bodies]
  test.each(inputs.map((input) => [input[0], input[1], input] as const))('%s: %s', async (_section, _what, input) => {
    const [, , octets, answers, { end = false, otherwise } = {}] = input
    const before = recorded().length
    const { statuses } = await sendRaw(door.port, pki.ca, octets, { end })
    expect(statuses).toEqual(otherwise?.on === runtime ? otherwise.answers : answers)
    expect(recorded()).toHaveLength(before + statuses.filter((status) => status >= 200).length)
    expect(recorded()).toEqual(expect.arrayContaining(statuses.filter((status) => status >= 200)))
  })

  test.each([
    ['garbage', 'garbage\r\n\r\n'],
    ['HTTP without TLS', `${good}\r\n`],
    ['zeros', '\0'.repeat(100)],
  ])('%s instead of TLS', async (_, octets) => {
    const before = google.seen('tls.failed').length
    const socket = openTcp(door.port)
    socket.write(octets)
    expect((await received(socket)).statuses).toEqual([])
    await expect.poll(() => google.seen('tls.failed').length).toBe(before + 1)
  })

  test('afterwards it serves as before, and shows nothing in clear', async () => {
    const { statuses } = await sendRaw(door.port, pki.ca, `${good}Connection: close\r\n\r\n`)
    expect(statuses).toEqual([200])
    expect(JSON.stringify(google.sealed().observations)).not.toContain(planted.slice(5))
  })
})

test('a body of 100 MB is refused after 64 KiB, and what still comes is counted and dropped', async () => {
  const google = openGoogle()
  await using door = await listenHttps(google.world, google.google.handlers, pki)
  const socket = open(door.port, pki.ca)
  const answer = received(socket)
  socket.write(`${token}Transfer-Encoding: chunked\r\n\r\n`)
  const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
  let sent = 0
  const more = (): void => {
    while (!socket.destroyed && sent < 100_000_000) {
      sent += chunk.length
      if (!socket.write(chunk)) return void socket.once('drain', more)
    }
  }
  more()
  expect((await answer).statuses).toEqual([413])
  // Four MiB are dropped; the rest of the bound is what two sockets hold.
  expect(sent).toBeLessThan(32_000_000)
  expect(google.seen('http.request')).toEqual([])
  expect(google.seen('http.refused').map(({ fields }) => fields)).toEqual([
    { problem: 'content-too-large', status: 413 },
  ])
})

describe.concurrent('silence', () => {
  // Real milliseconds: longer than a handshake takes on a busy machine.
  const silence = 150
  const openDoor = async () => {
    const google = openGoogle()
    const door = await listenHttps(google.world, google.google.handlers, { ...pki, silence })
    return { google, port: door.port, [Symbol.asyncDispose]: () => door[Symbol.asyncDispose]() }
  }

  test.each([
    ['before the first octet', '', []],
    ['inside a head', 'GET / HTTP/1.1\r\nHost', []],
    ['inside a body', `${token}Content-Length: 10\r\n\r\nabc`, []],
    ['between two requests', `${good}\r\n`, [200]],
    ['inside the second request', `${good}\r\nGET /`, [200]],
  ])('%s ends the connection', async (_, octets, answers) => {
    await using world = await openDoor()
    expect((await sendRaw(world.port, pki.ca, octets)).statuses).toEqual(answers)
  })

  test('before TLS ends the connection, and the handshake has failed', async ({ expect }) => {
    await using world = await openDoor()
    expect((await received(openTcp(world.port))).statuses).toEqual([])
    await expect.poll(() => world.google.seen('tls.failed')).toHaveLength(1)
  })

  test('of a client whose answer is held back ends nothing', async ({ expect }) => {
    await using world = await openDoor()
    const { clock, google } = world.google
    google.fault({ name: 'slow', endpoint: 'discovery', occurrence: 1, delay: 60_000 })
    const held = sendRaw(world.port, pki.ca, `${good}Connection: close\r\n\r\n`)
    await expect.poll(() => clock.nextDue).toBeDefined()
    // Two others fall silent later, one after the other, and are given up earlier.
    await sendRaw(world.port, pki.ca, '')
    await sendRaw(world.port, pki.ca, '')
    clock.set(clock.nextDue!)
    expect((await held).statuses).toEqual([200])
  })
})
