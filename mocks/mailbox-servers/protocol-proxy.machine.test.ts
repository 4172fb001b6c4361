import { ImapFlow } from 'imapflow'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ImapListener, listenImap } from '../doors/imap-listener.ts'
import { type Pki, createPki } from '../doors/pki.ts'
import {
  alice,
  epoch,
  exampleMessages,
  goodToken,
  openTestMocks,
  openTestWorld,
  tokenLifetime,
} from '../gmail/gmail.fixture.ts'
import { type Dovecot, startDovecot } from './dovecot.ts'
import { serverCore } from './protocol-proxy.ts'

let pki: Pki
let dovecot: Dovecot
let world: ReturnType<typeof openTestWorld>
let listener: ImapListener
let worlds = 0
const clients: ImapFlow[] = []

beforeAll(async () => {
  pki = await createPki()
  dovecot = await startDovecot()
})
afterAll(() => dovecot[Symbol.asyncDispose]())
beforeEach(async () => {
  const mocks = openTestMocks()
  const user = `world-${++worlds}`
  const core = await serverCore(mocks, {
    server: { host: '127.0.0.1', port: dovecot.port, openAccount: async () => ({ user, password: dovecot.password }) },
    mailboxes: { [alice]: exampleMessages() },
  })
  world = openTestWorld([], {}, { mocks, core })
  listener = await listenImap(world.gmail, pki)
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  world.gmail.close()
  await listener[Symbol.asyncDispose]()
})

async function connected(): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: listener.port,
    secure: true,
    servername: 'imap.gmail.com',
    tls: { ca: pki.ca },
    auth: { user: alice, accessToken: goodToken },
    logger: false,
  })
  client.on('error', () => {})
  clients.push(client)
  await client.connect()
  return client
}

const said = (): string[] => world.recorded('imap.line.out').map(({ line }) => line)

describe('imapflow on Dovecot behind the front of Gmail', () => {
  test('lists, selects, searches, reads, appends, moves, watches and logs out', async () => {
    const client = await connected()
    const listed = await client.list()
    expect(listed.map(({ path, specialUse }) => [path, specialUse ?? null])).toEqual(
      expect.arrayContaining([
        ['INBOX', '\\Inbox'],
        ['[Gmail]/All Mail', '\\All'],
        ['[Gmail]/Drafts', '\\Drafts'],
        ['[Gmail]/Trash', '\\Trash'],
        ['[Gmail]/Sent Mail', '\\Sent'],
        ['Receipts/2026', null],
      ]),
    )
    const inbox = await client.mailboxOpen('INBOX')
    expect(inbox.exists).toBe(6)
    expect(await client.search({ subject: 'lunch' }, { uid: true })).toEqual([1])
    const message = await client.fetchOne('1', { uid: true, source: true, flags: true }, { uid: true })
    expect(message && message.source).toEqual(Buffer.from(exampleMessages()[0]!.bytes))
    expect(await world.gmail.messageSha256(alice, 'INBOX', 1)).toMatch(/^[0-9a-f]{64}$/)
    await client.messageFlagsAdd('1', ['\\Flagged'], { uid: true })
    const large = Buffer.concat([Buffer.from('Subject: large\r\n\r\n'), Buffer.alloc(3_000_000, 'x')])
    const appended = await client.append('Receipts', large, ['\\Seen'])
    expect(appended && appended.uid).toBe(2)
    const moved = await client.messageMove('2', 'Receipts', { uid: true })
    expect(moved && [...moved.uidMap!.values()]).toEqual([3])
    const arrived = new Promise((resolve) => client.once('exists', resolve))
    const idle = client.idle()
    await expect.poll(() => world.gmail.busy()).toBe(false)
    const start = performance.now()
    world.gmail.deliver(alice, exampleMessages()[0]!.bytes)
    expect(await arrived).toMatchObject({ count: 6 })
    console.log('arrived after', performance.now() - start)
    world.clock.set(epoch + tokenLifetime)
    await idle
    console.log(said().join('\n'))
    console.log(
      JSON.stringify(
        [
          ...world.recorded('imap.flags'),
          ...world.recorded('imap.mailbox'),
          ...world.recorded('imap.idle'),
          ...world.recorded('imap.bye'),
          ...world.recorded('imap.server.failed'),
        ],
        null,
        1,
      ),
    )
  })
})
