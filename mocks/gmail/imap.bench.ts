import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect as connectTls } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { startDovecot } from '../mailbox-servers/dovecot.ts'
import { BenchClient } from './bench-client.fixture.ts'
import { benchAccounts, benchMessage, benchMessages, benchToken } from './bench-mail.fixture.ts'

/** What our Gmail costs beside Dovecot: one client, the same mail, each server in processes of its own, over loopback. */

const messages = 10_000
const account = benchAccounts[0]!

interface Server {
  readonly name: 'ours' | 'dovecot'
  readonly port: number
  readonly login: string
}

const children: ChildProcessWithoutNullStreams[] = []

async function startOurs(carrier: 'plain' | 'tls', count: number) {
  const program = fileURLToPath(new URL('bench-server.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, ['--expose-gc', program, carrier, `${count}`])
  children.push(child)
  child.stderr.pipe(process.stderr)
  const told = async (): Promise<Record<string, number>> => {
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    return JSON.parse(line.toString()) as Record<string, number>
  }
  const { port, opened } = await told()
  const resident = async (): Promise<number> => {
    child.stdin.write('\n')
    return (await told())['resident']!
  }
  return { port: port!, opened: opened!, resident }
}

const xoauth2 = (user: string): string =>
  `AUTHENTICATE XOAUTH2 ${btoa(`user=${user}\x01auth=Bearer ${benchToken}${user}\x01\x01`)}`

const own = await startOurs('plain', messages)
const dovecot = await startDovecot()
const servers: readonly Server[] = [
  { name: 'ours', port: own.port, login: xoauth2(account) },
  { name: 'dovecot', port: dovecot.port, login: `LOGIN ${account} ${dovecot.password}` },
]
await fill(servers[1]!)

afterAll(async () => {
  for (const child of children) child.kill()
  await dovecot[Symbol.asyncDispose]()
})

async function loggedIn({ port, login }: Server): Promise<BenchClient> {
  const client = await BenchClient.connect(port)
  await client.say(login)
  return client
}

async function fill(server: Server): Promise<void> {
  const client = await loggedIn(server)
  for (const { bytes, flags } of benchMessages(messages))
    await client.sayLiteral(`APPEND INBOX (${flags.join(' ')})`, bytes)
  await client.end()
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!

/** Measures both, turn by turn so that a busy machine troubles both, and holds the ratio of the medians to the promise. */
async function compare(what: string, runs: number, work: (server: Server) => Promise<number>): Promise<void> {
  const times = { ours: [] as number[], dovecot: [] as number[] }
  for (let run = -1; run < runs; run++)
    for (const server of servers) {
      const time = await work(server)
      if (run >= 0) times[server.name].push(time)
    }
  const [ours, theirs] = [median(times.ours), median(times.dovecot)]
  console.log(
    `${what}: ours ${ours.toFixed(2)} ms, Dovecot ${theirs.toFixed(2)} ms, ratio ${(ours / theirs).toFixed(2)}`,
  )
  expect(ours / theirs).toBeLessThan(2)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

test(`login, SELECT and FETCH of ${messages} envelopes`, { timeout: 300_000 }, () =>
  compare('login, SELECT, 10,000 envelopes', 7, async (server) => {
    let client: BenchClient | undefined
    const time = await timed(async () => {
      client = await loggedIn(server)
      await client.say('SELECT INBOX')
      const answer = await client.say('FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)')
      expect(answer.length).toBeGreaterThan(messages * 200)
    })
    await client!.end()
    return time
  }),
)

const searches = {
  'SEARCH of a header field': 'SEARCH SUBJECT garden',
  'SEARCH of bodies': 'SEARCH BODY "said of it on the 27th"',
  'SEARCH of nothing that is there': 'SEARCH TEXT xylophone',
  'SEARCH of flags': 'SEARCH UNSEEN SINCE 1-Jan-2026',
}
test.each(Object.entries(searches))('%s', { timeout: 300_000 }, async (what, command) => {
  const clients = new Map<Server, BenchClient>()
  for (const server of servers) {
    const client = await loggedIn(server)
    await client.say('SELECT INBOX')
    clients.set(server, client)
  }
  await compare(`${what}, among 10,000`, 7, (server) => timed(() => clients.get(server)!.say(command)))
  for (const client of clients.values()) await client.end()
})

test('X-GM-RAW, which Dovecot has not', { timeout: 60_000 }, async () => {
  const client = await loggedIn(servers[0]!)
  await client.say('SELECT INBOX')
  for (const query of ['from:person7 garden -invoice', 'subject:lunch older_than:2d', 'xylophone']) {
    const times: number[] = []
    for (let run = -1; run < 7; run++) {
      const time = await timed(() => client.say(`SEARCH X-GM-RAW "${query}"`))
      if (run >= 0) times.push(time)
    }
    console.log(`X-GM-RAW "${query}", among 10,000: ${median(times).toFixed(2)} ms`)
  }
  await client.end()
})

test('APPEND of 1,000 messages', { timeout: 300_000 }, async () => {
  let folder = 0
  await compare('APPEND of 1,000 messages', 5, async (server) => {
    const client = await loggedIn(server)
    const name = `Folder${++folder}`
    await client.say(`CREATE ${name}`)
    const time = await timed(async () => {
      for (let index = 0; index < 1000; index++) await client.sayLiteral(`APPEND ${name} (\\Seen)`, benchMessage(index))
    })
    await client.end()
    return time
  })
})

test('IDLE: from another session’s APPEND to EXISTS', { timeout: 300_000 }, async () => {
  await compare('IDLE latency', 15, async (server) => {
    const [idler, sender] = [await loggedIn(server), await loggedIn(server)]
    await idler.say('SELECT INBOX')
    const begun = idler.until((chunk) => chunk.includes('+ '))
    idler.send('i IDLE\r\n')
    await begun
    const told = idler.until((chunk) => chunk.includes('EXISTS'))
    const time = await timed(() => Promise.all([sender.sayLiteral('APPEND INBOX', benchMessage(1)), told]))
    await Promise.all([idler.end(), sender.end()])
    return time
  })
})

test('a thousand idle sessions over TLS', { timeout: 120_000 }, async () => {
  const server = await startOurs('tls', 100)
  const before = await server.resident()
  const sockets = []
  for (let index = 0; index < 1000; index++) {
    const socket = connectTls({ host: '127.0.0.1', port: server.port, rejectUnauthorized: false })
    sockets.push(socket)
    await once(socket, 'data')
    const idling = new Promise<void>((resolve) => {
      let said = ''
      socket.on('data', (octets: Buffer) => {
        said += octets.toString('latin1')
        if (said.includes('+ idling')) resolve()
      })
    })
    socket.write(`a ${xoauth2(benchAccounts[Math.floor(index / 15)]!)}\r\nb SELECT INBOX\r\nc IDLE\r\n`)
    await idling
  }
  const grown = (await server.resident()) - before
  console.log(`1,000 idle sessions over TLS: ${(grown / 1e6).toFixed(0)} MB, ${(grown / 1e6).toFixed(0)} kB each`)
  for (const socket of sockets) socket.destroy()
  expect(grown).toBeLessThan(150e6)
})

test('a world with a mailbox of 1,000 messages opens', { timeout: 60_000 }, async () => {
  const times: number[] = []
  for (let run = 0; run < 5; run++) times.push((await startOurs('plain', 1000)).opened)
  console.log(`a world with 1,000 messages opens in ${median(times).toFixed(2)} ms, in a process that has just begun`)
  expect(median(times)).toBeLessThan(20)
})
