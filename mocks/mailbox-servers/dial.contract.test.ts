import { once } from 'node:events'
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { alice, connect, goodToken, openTestMocks, openTestWorld, xoauth2Of } from '../gmail/gmail.fixture.ts'
import { octetsOf } from '../gmail/wire/command-stream.ts'
import { serverCore } from './protocol-proxy.ts'
import { ScriptedServer, serverPassword } from './scripted-server.fixture.ts'

const sockets = new Set<Socket>()
let server: Server | undefined

afterEach(() => {
  for (const socket of sockets) socket.destroy()
  server?.close()
})

/** The scripted server on a loopback port. */
async function listening(scripted: ScriptedServer): Promise<number> {
  const reach = scripted.dial()
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    const carrier = reach({
      receive: (octets) => void socket.write(octets),
      drained() {},
      closed: () => socket.destroy(),
    })
    socket.on('data', (octets: Uint8Array) => carrier.write(octets))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function openWorld(scripted: ScriptedServer) {
  const mocks = openTestMocks()
  const port = await listening(scripted)
  const core = await serverCore(mocks, {
    server: { host: '127.0.0.1', port, openAccount: async () => ({ user: 'box1', password: serverPassword }) },
    mailboxes: { [alice]: [] },
  })
  return openTestWorld([], {}, { mocks, core })
}

/** Says lines, each when the one before has been answered; gives the last line of each answer. */
async function say(client: ReturnType<typeof connect>, ...lines: readonly string[]): Promise<string[]> {
  const ends: string[] = []
  for (const line of lines) {
    client.send(`${line}\r\n`)
    let answer = ''
    const end = (): string => (answer = (answer + client.heard()).slice(-200)).split('\r\n').at(-2) ?? ''
    await expect.poll(end, { timeout: 8000 }).toMatch(/^(?:\w+ (?:OK|NO|BAD) |\+ |\* BYE )/)
    ends.push(end())
  }
  return ends
}

const login = `l AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`

test('a client is served over TCP, and a server that goes away takes the session along', async () => {
  const scripted = new ScriptedServer()
  const world = await openWorld(scripted)
  const client = connect(world.gmail)
  expect(await say(client, login, 's SELECT INBOX', 'a NOOP')).toContain('a OK done')
  for (const socket of sockets) socket.destroy()
  await expect.poll(() => client.ended).toBe(true)
  expect(client.heard()).toBe('* BYE System Error\r\n')
  expect(world.recorded('imap.server.failed')).toHaveLength(1)
})

test('a server that is down when a client comes is told as one that is unavailable', async () => {
  const world = await openWorld(new ScriptedServer())
  for (const socket of sockets) socket.destroy()
  server!.close()
  await once(server!, 'close')
  const client = connect(world.gmail)
  expect(await say(client, login)).toEqual(['* BYE [UNAVAILABLE] Temporary System Error'])
  expect(world.recorded('imap.server.failed')[0]!.problem).toMatch(/ECONNREFUSED|refused/i)
  world.gmail.close()
})

test('5 MB cross in both directions', async () => {
  const size = 5_000_000
  const scripted = new ScriptedServer()
  const world = await openWorld(scripted)
  scripted.answers = (command) =>
    command.startsWith('UID FETCH')
      ? [`* 1 FETCH (UID 1 BODY[] {${size}}\r\n${'x'.repeat(size)})`, '{tag} OK done']
      : undefined
  const client = connect(world.gmail)
  expect(await say(client, login, 's SELECT INBOX', 'f UID FETCH 1 (BODY.PEEK[])')).toContain('f OK done')
  expect(await say(client, `a APPEND INBOX {${size}}`)).toEqual(['+ go ahead'])
  const piece = octetsOf('y'.repeat(1_000_000))
  for (let sent = 0; sent < size;) {
    while (sent < size && client.inlet.receive(piece)) sent += piece.length
    if (sent < size) sent += piece.length
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await say(client, '')).toEqual(['a OK done'])
  expect(scripted.commands.at(-1)).toBe(`APPEND INBOX {${size}}`)
})
