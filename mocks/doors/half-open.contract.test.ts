import { once } from 'node:events'
import type { Socket } from 'node:net'
import { type TLSSocket, connect } from 'node:tls'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openTestWorld } from '../gmail/gmail.fixture.ts'
import { openGoogle } from '../google/google.fixture.ts'
import { clientHello } from './client-hello.fixture.ts'
import { listenImap } from './imap-listener.ts'
import { type Pki, createPki } from './pki.ts'
import { openTcp } from './raw-connection.fixture.ts'
import { listenHttps } from './tls-listener.ts'

/** Real milliseconds: longer than two hundred connections take on a busy machine. */
const patience = 1_500
const crowd = 200

let pki: Pki
const sockets: Socket[] = []
beforeAll(async () => {
  pki = await createPki()
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

interface Stand extends AsyncDisposable {
  readonly port: number
  unsettled(): boolean
  failed(): number
}

const doors: Readonly<Record<string, () => Promise<Stand>>> = {
  async Google() {
    const google = openGoogle()
    const door = await listenHttps(google.world, google.google.handlers, { ...pki, silence: patience })
    return { ...door, failed: () => google.seen('tls.failed').length }
  },
  async Gmail() {
    const world = openTestWorld()
    const listener = await listenImap(world.gmail, pki, { patience })
    return { ...listener, failed: () => world.recorded('tls.failed').length }
  },
}

const hello = clientHello({ sni: 'accounts.google.com' })
/** How far they get: to TCP, into a record's header, into the message, behind it. */
const stages = [hello.subarray(0, 0), hello.subarray(0, 3), hello.subarray(0, 60), hello]

/** So many connections that begin a handshake, and go no further. */
async function halfOpen(port: number): Promise<readonly Socket[]> {
  return Promise.all(
    Array.from({ length: crowd }, async (_, at) => {
      const socket = openTcp(port)
      socket.on('error', () => {})
      socket.resume()
      sockets.push(socket)
      await once(socket, 'connect')
      const octets = stages[at % stages.length]!
      if (octets.length > 0) socket.write(octets)
      return socket
    }),
  )
}

/** A reset is an end like any other. */
const closing = (socket: Socket): Promise<void> =>
  new Promise((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())))

async function shake(port: number): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, ca: pki.ca, servername: 'localhost' })
  sockets.push(socket)
  await once(socket, 'secureConnect')
  return socket
}

describe.each(Object.keys(doors))('200 half-open handshakes at the door of %s', (name) => {
  test('hinder no honest client, and are given up together', async () => {
    await using stand = await doors[name]!()
    const open = await halfOpen(stand.port)
    const closed = Promise.all(open.map(closing))
    const began = performance.now()
    const honest = await shake(stand.port)
    expect(performance.now() - began).toBeLessThan(patience)
    expect([stand.unsettled(), open.filter((socket) => socket.destroyed).length]).toEqual([true, 0])
    await closed
    expect(honest.authorized).toBe(true)
    await expect.poll(() => stand.unsettled()).toBe(false)
    expect(stand.failed()).toBe(crowd)
  })

  test('end with the door at once', async () => {
    const stand = await doors[name]!()
    const open = await halfOpen(stand.port)
    const closed = Promise.all(open.map(closing))
    const began = performance.now()
    await stand[Symbol.asyncDispose]()
    await closed
    expect(performance.now() - began).toBeLessThan(patience)
  })
})
