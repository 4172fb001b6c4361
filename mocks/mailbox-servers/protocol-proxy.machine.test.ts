import { ImapFlow } from 'imapflow'
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ImapListener, listenImap } from '../doors/imap-listener.ts'
import { type Pki, createPki } from '../doors/pki.ts'
import {
  alice,
  connect,
  epoch,
  exampleMessages,
  goodToken,
  openTestMocks,
  openTestWorld,
  tokenLifetime,
  xoauth2Of,
} from '../gmail/gmail.fixture.ts'
import type { Gmail } from '../gmail/gmail.ts'
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

const names = [
  ['INBOX', '\\Inbox'],
  ['[Gmail]/All Mail', '\\All'],
  ['[Gmail]/Drafts', '\\Drafts'],
  ['[Gmail]/Sent Mail', '\\Sent'],
  ['[Gmail]/Trash', '\\Trash'],
  ['Receipts/2026', null],
  ['Été', null],
]

test('imapflow lists, selects, searches, reads, appends, moves, is told of new mail and logs out', async () => {
  const client = await connected()
  const listed = await client.list()
  expect(listed.map(({ path, specialUse }) => [path, specialUse ?? null])).toEqual(expect.arrayContaining(names))
  const inbox = await client.mailboxOpen('INBOX')
  expect(inbox.exists).toBe(6)
  expect(await client.status('Receipts', { messages: true, uidNext: true })).toMatchObject({ messages: 1, uidNext: 2 })
  expect(await client.search({ subject: 'lunch' }, { uid: true })).toEqual([1])
  const message = await client.fetchOne('1', { source: true, flags: true, envelope: true }, { uid: true })
  expect(message && message.source).toEqual(Buffer.from(exampleMessages()[0]!.bytes))
  await client.messageFlagsAdd('1', ['\\Flagged'], { uid: true })
  const large = Buffer.concat([Buffer.from('Subject: large\r\n\r\n'), Buffer.alloc(3_000_000, 'x')])
  expect(await client.append('Receipts', large, ['\\Seen'])).toMatchObject({ uid: 2 })
  const moved = await client.messageMove('2', 'Receipts', { uid: true })
  expect(moved && [...moved.uidMap!.values()]).toEqual([3])
  const sha256 = createHash('sha256').update(large).digest('hex')
  expect(await world.gmail.messageSha256(alice, 'Receipts', 2)).toBe(sha256)
  await client.mailboxOpen('Receipts')
  const there = await client.fetchOne('2', { source: { start: 0, maxLength: 30 } }, { uid: true })
  expect(there && there.source!.toString()).toBe('Subject: large\r\n\r\nxxxxxxxxxxxx')
  await client.logout()

  expect(world.recorded('imap.flags')).toEqual([
    { folder: 'INBOX', uid: 1, added: ['\\Flagged'], removed: [], cause: 'STORE' },
  ])
  expect(world.recorded('imap.bye')).toEqual([{ reason: 'logout' }])
  expect(world.recorded('imap.server.failed')).toEqual([])
  expect(world.recorded('imap.cmd').filter(({ problem }) => problem !== undefined)).toEqual([])
  expect(JSON.stringify(world.seal())).not.toContain(dovecot.password)
})

test('imapflow is told at once of mail that arrives and of what its other session does; both end with their token', async () => {
  const [watcher, other] = [await connected(), await connected()]
  await watcher.mailboxOpen('INBOX')
  const counts: number[] = []
  watcher.on('exists', ({ count }: { count: number }) => counts.push(count))
  const idle = watcher.idle()
  await expect.poll(() => world.gmail.busy()).toBe(false)
  world.gmail.deliver(alice, exampleMessages()[0]!.bytes)
  await expect.poll(() => counts).toEqual([7])
  await other.append('INBOX', 'Subject: of the other session\r\n\r\n')
  await expect.poll(() => counts).toEqual([7, 8])
  const closed = Promise.all([watcher, other].map((client) => new Promise((resolve) => client.once('close', resolve))))
  world.clock.set(epoch + tokenLifetime)
  await idle
  await closed
  expect(world.recorded('imap.bye')).toEqual([{ reason: 'session-expired' }, { reason: 'session-expired' }])
  expect(world.recorded('imap.idle').map(({ event }) => event)).toEqual(['started', 'ended'])
})

test('imapflow comes back after its session has ended in the middle', async () => {
  const client = await connected()
  await client.mailboxOpen('INBOX')
  world.gmail.fault({ name: 'over', at: 'command NOOP', occurrence: 1, effect: { kind: 'end', bye: 'System Error' } })
  await client.noop().catch(() => {})
  await expect.poll(() => client.usable).toBe(false)
  const again = await connected()
  expect(await again.mailboxOpen('[Gmail]/All Mail')).toMatchObject({ exists: 9 })
  expect(world.recorded('imap.auth').map(({ result }) => result)).toEqual(['accepted', 'accepted'])
})

/** The dialogue of a client that waits for each answer; the first line of what comes is enough to wait for. */
async function dialogue(gmail: Gmail, lines: readonly string[]): Promise<void> {
  const client = connect(gmail)
  for (const line of [`l AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`, ...lines]) {
    let heard = client.say(line).join('\n')
    await expect.poll(() => (heard += client.heard())).toMatch(/^(?:\w+ (?:OK|NO|BAD)|\+) .*$/m)
  }
  client.inlet.closed()
}

test('the same dialogue leaves the same record as on a mail store of our own', async () => {
  const own = openTestWorld()
  const lines = [
    ...['a SELECT INBOX', 'b UID FETCH 1:2 (FLAGS BODY[HEADER])', 'c FETCH 3 BODY.PEEK[]', 'd FETCH 3:4 RFC822'],
    ...['e UID STORE 5 +FLAGS.SILENT ($Done \\Answered)', 'f STORE 6 -FLAGS (\\Seen)', 'g STORE 99 FLAGS ()'],
    ...['h EXAMINE "[Gmail]/All Mail"', 'i UID FETCH 1 BODY[]', 'j SELECT Nowhere', 'k FETCH 1 FLAGS', 'l NOOP'],
    ...['m SELECT "&AMk-t&AOk-"', 'n IDLE', 'DONE', 'o UNSELECT', 'p FROB', 'q FETCH', 'r APPEND INBOX {3}', 'abc'],
  ]
  await dialogue(own.gmail, lines)
  await dialogue(world.gmail, lines)
  const uidValidity = 0
  for (const type of ['imap.cmd', 'imap.auth', 'imap.flags', 'imap.idle', 'imap.conn.close', 'imap.bye'] as const)
    expect(world.recorded(type), type).toEqual(own.recorded(type))
  expect(world.recorded('imap.mailbox').map((each) => ({ ...each, uidValidity }))).toEqual(
    own.recorded('imap.mailbox').map((each) => ({ ...each, uidValidity })),
  )
  expect(own.recorded('imap.flags')).toHaveLength(4)
})
