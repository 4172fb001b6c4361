import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { BenchClient } from '../gmail/bench-client.fixture.ts'
import { benchAccounts, benchMessage, benchMessages, benchToken } from '../gmail/bench-mail.fixture.ts'
import { startDovecot } from './dovecot.ts'

/** What the front costs before Dovecot: one client, the same mailbox, once through the front and once without it. */

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

interface Way {
  readonly name: 'front' | 'alone'
  readonly port: number
  readonly login: string
}

const sasl = btoa(`user=${account}\x01auth=Bearer ${benchToken}${account}\x01\x01`)
const ways: readonly Way[] = [
  { name: 'front', port: port!, login: `AUTHENTICATE XOAUTH2 ${sasl}` },
  { name: 'alone', port: dovecot.port, login: `LOGIN bench ${dovecot.password}` },
]

async function loggedIn(way: Way): Promise<BenchClient> {
  const client = await BenchClient.connect(way.port)
  await client.say(way.login)
  return client
}

const filler = await loggedIn(ways[1]!)
for (const { bytes, flags } of benchMessages(messages))
  await filler.sayLiteral(`APPEND INBOX (${flags.join(' ')})`, bytes)
await filler.end()

afterAll(async () => {
  child.kill()
  await dovecot[Symbol.asyncDispose]()
})

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!

/** Measures both, turn by turn so that a busy machine troubles both; gives the ratio of the medians. */
async function compare(what: string, runs: number, work: (client: BenchClient) => Promise<unknown>): Promise<number> {
  const times = { front: [] as number[], alone: [] as number[] }
  const clients = new Map<Way, BenchClient>()
  for (const way of ways) {
    const client = await loggedIn(way)
    await client.say('SELECT INBOX')
    clients.set(way, client)
  }
  for (let run = -1; run < runs; run++)
    for (const way of ways) {
      const start = performance.now()
      await work(clients.get(way)!)
      if (run >= 0) times[way.name].push(performance.now() - start)
    }
  for (const client of clients.values()) await client.end()
  const [front, alone] = [median(times.front), median(times.alone)]
  console.log(
    `${what}: front ${front.toFixed(2)} ms, Dovecot alone ${alone.toFixed(2)} ms, ratio ${(front / alone).toFixed(2)}`,
  )
  return front / alone
}

const commands = async (client: BenchClient, count: number, text: (index: number) => string): Promise<void> => {
  for (let index = 0; index < count; index++) await client.say(text(index))
}

test.each([
  ['FETCH of all bodies', 9, (client: BenchClient) => client.say('FETCH 1:* (UID BODY.PEEK[])')],
  ['FETCH of all bodies, which marks them', 5, (client: BenchClient) => client.say('FETCH 1:* (UID BODY[])')],
  ['FETCH of all envelopes', 9, (client: BenchClient) => client.say('FETCH 1:* (UID FLAGS ENVELOPE)')],
  [
    '1,000 bodies, each by a command',
    7,
    (client: BenchClient) => commands(client, 1000, (index) => `UID FETCH ${index + 1} (BODY.PEEK[])`),
  ],
  [
    '1,000 times the flags of a message',
    7,
    (client: BenchClient) => commands(client, 1000, (index) => `UID FETCH ${index + 1} (FLAGS)`),
  ],
  ['1,000 NOOPs', 7, (client: BenchClient) => commands(client, 1000, () => 'NOOP')],
  [
    '200 STOREs',
    5,
    (client: BenchClient) => commands(client, 200, (index) => `UID STORE ${index + 1} +FLAGS.SILENT (\\Flagged)`),
  ],
  ['200 STATUS', 5, (client: BenchClient) => commands(client, 200, () => 'STATUS INBOX (MESSAGES UNSEEN)')],
] as const)('%s', { timeout: 300_000 }, async (what, runs, work) => {
  expect(await compare(what, runs, work)).toBeGreaterThan(0)
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
