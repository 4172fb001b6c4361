import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { BenchClient } from '../gmail/bench-client.fixture.ts'
import { benchAccounts, benchMessage, benchMessages, benchToken } from '../gmail/bench-mail.fixture.ts'
import { startDovecot } from './dovecot.ts'

/**
 * What the front costs before Dovecot: one client, the same mailbox, through the front, through a relay that does nothing,
 * and directly. Another process between costs a short command more than the command itself.
 */

const messages = 5000
const account = benchAccounts[0]!
const dovecot = await startDovecot()
const program = fileURLToPath(new URL('bench-proxy.fixture.ts', import.meta.url))
const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [
  ...['--expose-gc', program, `${dovecot.port}`, 'bench', dovecot.password],
])
child.stderr.pipe(process.stderr)
const told = async (): Promise<Record<string, number>> => {
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return JSON.parse(line.toString()) as Record<string, number>
}
const { port } = await told()

/** A process that passes octets on and looks at none of them: what any process between two others costs here. */
const bare = spawn(process.execPath, [
  fileURLToPath(new URL('bench-relay.fixture.ts', import.meta.url)),
  `${dovecot.port}`,
])
const [barePort] = (await once(bare.stdout, 'data')) as [Buffer]

interface Way {
  readonly name: 'front' | 'bare' | 'alone'
  readonly port: number
  readonly login: string
}

const sasl = btoa(`user=${account}\x01auth=Bearer ${benchToken}${account}\x01\x01`)
const password = `LOGIN bench ${dovecot.password}`
const ways: readonly Way[] = [
  { name: 'front', port: port!, login: `AUTHENTICATE XOAUTH2 ${sasl}` },
  { name: 'bare', port: Number(barePort), login: password },
  { name: 'alone', port: dovecot.port, login: password },
]

async function loggedIn(way: Way): Promise<BenchClient> {
  const client = await BenchClient.connect(way.port)
  await client.say(way.login)
  return client
}

const filler = await loggedIn(ways[2]!)
for (const { bytes, flags } of benchMessages(messages))
  await filler.sayLiteral(`APPEND INBOX (${flags.join(' ')})`, bytes)
await filler.end()

afterAll(async () => {
  for (const each of [child, bare]) each.kill()
  await dovecot[Symbol.asyncDispose]()
})

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!

/** Measures all, turn by turn so that a busy machine troubles all; gives the ratio of the medians of front and bare relay. */
async function compare(what: string, runs: number, work: (client: BenchClient) => Promise<unknown>): Promise<number> {
  const times = new Map<Way['name'], number[]>()
  const clients = new Map<Way, BenchClient>()
  for (const way of ways) {
    const client = await loggedIn(way)
    await client.say('SELECT INBOX')
    clients.set(way, client)
    times.set(way.name, [])
  }
  for (let run = -1; run < runs; run++)
    for (const way of ways) {
      const start = performance.now()
      await work(clients.get(way)!)
      if (run >= 0) times.get(way.name)!.push(performance.now() - start)
    }
  for (const client of clients.values()) await client.end()
  const [front, relay, alone] = ways.map(({ name }) => median(times.get(name)!)) as [number, number, number]
  const told = [
    `front ${front.toFixed(1)} ms`,
    `bare relay ${relay.toFixed(1)} ms`,
    `Dovecot alone ${alone.toFixed(1)} ms`,
  ]
  console.log(
    `${what}: ${told.join(', ')}; ${(front / alone).toFixed(2)} and ${(relay / alone).toFixed(2)} times as long`,
  )
  return front / relay
}

const commands = async (client: BenchClient, count: number, text: (index: number) => string): Promise<void> => {
  for (let index = 0; index < count; index++) await client.say(text(index))
}

test.each([
  ['FETCH of all bodies', 9, 3, (client: BenchClient) => client.say('FETCH 1:* (UID BODY.PEEK[])')],
  ['FETCH of all bodies, which marks them', 5, 3, (client: BenchClient) => client.say('FETCH 1:* (UID BODY[])')],
  ['FETCH of all envelopes', 9, 4, (client: BenchClient) => client.say('FETCH 1:* (UID FLAGS ENVELOPE)')],
  [
    '1,000 bodies, each by a command',
    7,
    4,
    (client: BenchClient) => commands(client, 1000, (index) => `UID FETCH ${index + 1} (BODY.PEEK[])`),
  ],
  [
    '1,000 times the flags of a message',
    7,
    4,
    (client: BenchClient) => commands(client, 1000, (index) => `UID FETCH ${index + 1} (FLAGS)`),
  ],
  ['1,000 NOOPs', 7, 4, (client: BenchClient) => commands(client, 1000, () => 'NOOP')],
  [
    '200 STOREs',
    5,
    30,
    (client: BenchClient) => commands(client, 200, (index) => `UID STORE ${index + 1} +FLAGS.SILENT (\\Flagged)`),
  ],
  ['200 STATUS', 5, 4, (client: BenchClient) => commands(client, 200, () => 'STATUS INBOX (MESSAGES UNSEEN)')],
] as const)('%s', { timeout: 300_000 }, async (what, runs, most, work) => {
  expect(await compare(what, runs, work)).toBeLessThan(most)
})

test('a message of 30 MB, there and back', { timeout: 300_000 }, async () => {
  const large = Buffer.concat([benchMessage(1), Buffer.alloc(30_000_000, 'x\r\n')])
  const before = await resident()
  await compare('APPEND of 30 MB', 3, (client) => client.sayLiteral('APPEND INBOX', large))
  await compare('FETCH of 30 MB', 3, (client) => client.say(`FETCH ${messages + 1} BODY.PEEK[]`))
  const grown = (await resident()) - before
  console.log(`the front grew by ${(grown / 1e6).toFixed(1)} MB`)
  expect(grown).toBeLessThan(60e6)
})

async function resident(): Promise<number> {
  child.stdin.write('\n')
  return (await told())['resident']!
}
