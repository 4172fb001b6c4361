import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ImapListener, listenImap } from '../doors/imap-listener.ts'
import { type Pki, createPki } from '../doors/pki.ts'
import { alice, exampleMessages, goodToken, openTestWorld, tokenLifetime, epoch } from './gmail.fixture.ts'

type TestWorld = ReturnType<typeof openTestWorld>

let pki: Pki
let world: TestWorld
let listener: ImapListener
const clients: ImapFlow[] = []

beforeAll(async () => {
  pki = await createPki()
})
beforeEach(async () => {
  world = openTestWorld()
  listener = await listenImap(world.gmail, pki)
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await listener[Symbol.asyncDispose]()
})

function clientOf(options: Partial<ImapFlowOptions> = {}): ImapFlow {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: listener.port,
    secure: true,
    servername: 'imap.gmail.com',
    tls: { ca: pki.ca },
    auth: { user: alice, accessToken: goodToken },
    logger: false,
    ...options,
  })
  client.on('error', () => {})
  clients.push(client)
  return client
}

async function connected(options: Partial<ImapFlowOptions> = {}): Promise<ImapFlow> {
  const client = clientOf(options)
  await client.connect()
  return client
}

describe('login', () => {
  test.each([
    ['OAUTHBEARER', ['XOAUTH2', 'OAUTHBEARER']],
    ['XOAUTH2', ['XOAUTH2']],
  ] as const)('with %s', async (mechanism, offered) => {
    world.gmail.offer(offered)
    const client = await connected()
    await client.logout()

    expect(world.recorded('imap.auth')).toMatchObject([
      { mechanism, initialResponse: true, user: alice, base64: 'canonical', result: 'accepted' },
    ])
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'logout' }])
    expect(world.recorded('imap.cmd').filter(({ problem }) => problem !== undefined)).toEqual([])
    expect(world.recorded('tls.done')).toMatchObject([{ server: 'gmail', sni: 'imap.gmail.com' }])
  })

  test.each([
    ['OAUTHBEARER', ['OAUTHBEARER'], { status: 'invalid_request', scope: 'https://mail.google.com/' }],
    ['XOAUTH2', ['XOAUTH2'], { status: '400', schemes: 'Bearer', scope: 'https://mail.google.com/' }],
  ] as const)('refused with %s and its own error challenge', async (_, offered, oauthError) => {
    world.gmail.offer(offered)
    const client = clientOf({ auth: { user: alice, accessToken: 'ya29.no-such-token-1234567890' } })

    await expect(client.connect()).rejects.toMatchObject({ authenticationFailed: true, oauthError })
    expect(world.recorded('imap.auth')).toMatchObject([{ result: 'refused', refusal: 'unknown-token' }])
  })

  test('behind STARTTLS, on a port that has it', async () => {
    world.gmail.secure('starttls')
    const client = await connected({ secure: false, doSTARTTLS: true })
    await client.mailboxOpen('INBOX')
    expect(world.recorded('imap.starttls')).toMatchObject([{ discarded: 0 }])
    expect(world.recorded('imap.auth')).toMatchObject([{ result: 'accepted' }])
    expect(world.recorded('imap.cmd').find(({ verb }) => verb === 'AUTHENTICATE')).toBeDefined()
  })

  test.each(['clear', 'starttls-no', 'starttls-bad', 'preauth'] as const)(
    'not attempted by a client that wants STARTTLS and finds a port that is %s',
    async (security) => {
      world.gmail.secure(security)
      await expect(connected({ secure: false, doSTARTTLS: true })).rejects.toThrow()
      expect(world.recorded('imap.auth')).toEqual([])
    },
  )

  test('refused by the client when the certificate is not trusted', async () => {
    const client = clientOf({ tls: {} })
    await expect(client.connect()).rejects.toThrow()
    await expect.poll(() => world.gmail.busy()).toBe(false)
    expect(world.recorded('imap.cmd')).toEqual([])
  })
})

describe('reading', () => {
  test('lists the folders with their special use', async () => {
    const client = await connected()
    const folders = await client.list()

    expect(folders.map(({ path }) => path)).toContain('Été')
    expect(Object.fromEntries(folders.map(({ path, specialUse }) => [path, specialUse]))).toMatchObject({
      INBOX: '\\Inbox',
      '[Gmail]/All Mail': '\\All',
      '[Gmail]/Sent Mail': '\\Sent',
      '[Gmail]/Trash': '\\Trash',
    })
  })

  test('fetches every message as the same octets', async () => {
    const client = await connected()
    await client.mailboxOpen('[Gmail]/All Mail', { readOnly: true })
    const fetched = await client.fetchAll('1:*', {
      source: true,
      envelope: true,
      bodyStructure: true,
      flags: true,
      uid: true,
      internalDate: true,
      labels: true,
    })

    const expected = exampleMessages()
    expect(fetched.map(({ source }) => source?.toString('latin1'))).toEqual(
      expected.map(({ bytes }) => Buffer.from(bytes).toString('latin1')),
    )
    expect(fetched[0]).toMatchObject({
      uid: 1,
      flags: new Set(['\\Seen']),
      labels: new Set(['\\Inbox', '\\Important']),
      internalDate: new Date('2026-01-12T08:14:07Z'),
      envelope: { subject: 'Lunch on Thursday?', from: [{ name: 'Bob Example', address: 'bob@example.com' }] },
    })
    expect(BigInt(fetched[0]!.emailId!)).toBeGreaterThan(2n ** 53n)
    expect(fetched[1]!.threadId).toBe(fetched[0]!.threadId)
  })

  test('downloads one part', async () => {
    const client = await connected()
    await client.mailboxOpen('INBOX')
    const [uid] = (await client.search({ subject: 'Minutes' }, { uid: true })) as number[]
    const { content } = await client.download(`${uid}`, '1.1', { uid: true })
    const chunks: Buffer[] = []
    for await (const chunk of content ?? []) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toBe('The minutes are attached.')
  })

  test('searches', async () => {
    const client = await connected()
    await client.mailboxOpen('INBOX')
    const found = await Promise.all([
      client.search({ seen: false }, { uid: true }),
      client.search({ from: 'bob' }, { uid: true }),
      client.search({ header: { 'message-id': '<minutes@example.com>' } }, { uid: true }),
      client.search({ body: 'rechnung für januar' }, { uid: true }),
      client.search({ gmraw: 'lunch thursday' }, { uid: true }),
      client.search({ since: new Date('2026-01-13') }, { uid: true }),
    ])
    expect(found).toEqual([[2, 3, 4, 6], [1, 5], [4], [2], [1], [2, 3, 4, 5, 6]])
  })
})

describe('an account in another language, over a compressed connection', () => {
  test('has folders that are found by their use', async () => {
    await listener[Symbol.asyncDispose]()
    world = openTestWorld(undefined, { settings: { language: 'de', root: '[Google Mail]' } })
    listener = await listenImap(world.gmail, pki)
    const client = await connected()
    expect(world.recorded('imap.cmd').map(({ verb }) => verb)).toContain('COMPRESS')
    const folders = await client.list()
    const pathOf = (use: string): string | undefined => folders.find(({ specialUse }) => specialUse === use)?.path
    expect(['\\Inbox', '\\All', '\\Trash', '\\Drafts'].map(pathOf)).toEqual([
      'INBOX',
      '[Google Mail]/Alle Nachrichten',
      '[Google Mail]/Papierkorb',
      '[Google Mail]/Entwürfe',
    ])
    await client.mailboxOpen(pathOf('\\All')!)
    expect(await client.fetchAll('1:*', { source: true })).toHaveLength(exampleMessages().length)
  })
})

describe('changing', () => {
  test('stores flags and labels', async () => {
    const client = await connected()
    await client.mailboxOpen('INBOX')
    await client.messageFlagsAdd('2', ['\\Seen'])
    await client.messageFlagsAdd('2', ['Wichtiges'], { useLabels: true })

    const message = await client.fetchOne('2', { flags: true, labels: true })
    expect(message).toMatchObject({
      flags: new Set(['\\Seen']),
      labels: new Set(['Receipts/2026', 'Wichtiges']),
    })
    expect(world.recorded('imap.flags')).toEqual([
      { folder: 'INBOX', uid: 2, added: ['\\Seen'], removed: [], cause: 'STORE' },
    ])
  })

  test('appends the same octets', async () => {
    const client = await connected()
    const bytes = Buffer.from('Subject: appended\r\n\r\nA1 OK \xfcber\r\n', 'latin1')
    const appended = await client.append('[Gmail]/Drafts', bytes, ['\\Draft', '\\Seen'], new Date(epoch))
    expect(appended).toMatchObject({ destination: '[Gmail]/Drafts', uid: 2 })
    expect(world.gmail.messageBytes(alice, '[Gmail]/Drafts', 2)).toEqual(new Uint8Array(bytes))
  })

  test('moves to the bin', async () => {
    const client = await connected()
    await client.mailboxOpen('INBOX')
    const moved = await client.messageMove('1', '[Gmail]/Trash', { uid: true })
    expect(moved).toMatchObject({ uidMap: new Map([[1, 1]]) })
    expect(await client.status('[Gmail]/All Mail', { messages: true })).toMatchObject({ messages: 8 })
  })
})

describe('waiting', () => {
  test('is told of new mail and of its end when the token expires', async () => {
    const client = await connected()
    await client.mailboxOpen('INBOX')
    const exists = new Promise<{ count: number }>((resolve) => client.once('exists', resolve))
    const closed = new Promise<void>((resolve) => client.once('close', resolve))
    const idling = client.idle()
    await expect.poll(() => client.idling).toBe(true)

    // Whether IDLE has reached the server or not: what came before it is told at its beginning.
    world.gmail.deliver(alice, new TextEncoder().encode('Subject: new\r\n\r\n'))
    expect(await exists).toMatchObject({ count: 7 })

    world.clock.set(epoch + tokenLifetime)
    await closed
    await idling
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'session-expired' }])
    expect(world.recorded('imap.idle')).toMatchObject([{ event: 'started' }, { event: 'ended' }])
  })
})
