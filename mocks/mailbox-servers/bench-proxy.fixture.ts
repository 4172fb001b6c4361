import { type Socket, createServer } from 'node:net'
import process from 'node:process'
import type { AddressInfo } from 'node:net'
import { createClock } from '../../harness/clock.ts'
import { openJournal } from '../../harness/journal.ts'
import { createRandom } from '../../harness/random.ts'
import { openSecrets } from '../../harness/secrets.ts'
import { carry } from '../doors/imap-carrier.ts'
import { benchAccounts, benchToken } from '../gmail/bench-mail.fixture.ts'
import { createGmail } from '../gmail/gmail.ts'
import { serverCore } from './protocol-proxy.ts'

/**
 * The front of Gmail before a mailbox server, in a process of its own, in the clear: the server’s port, user and password.
 * It records and masks like every world does. Says its port in a line of JSON, and for each line that it reads what memory
 * it takes.
 */
const [serverPort = '', user = '', password = ''] = process.argv.slice(2)
const epoch = Date.UTC(2026, 1, 1)
const clock = createClock(epoch)
const random = createRandom(1)
const secrets = openSecrets(random)
secrets.learn('access-token', benchToken)
const journal = openJournal({ scenario: 'bench', door: 'tls', seed: 1 }, clock.elapsed)
const world = { clock, random, secrets, journal }
const lookup = (token: string) => {
  const address = token.slice(benchToken.length)
  const scopes = ['https://mail.google.com/']
  return { status: 'live', address, scopes, expiresAt: epoch + 3_600_000 } as const
}
const core = await serverCore(world, {
  server: { host: '127.0.0.1', port: Number(serverPort), openAccount: async () => ({ user, password }) },
  mailboxes: { [benchAccounts[0]!]: [] },
})
const gmail = createGmail(world, { lookup, mailboxes: {}, core })
const server = createServer((socket: Socket) => {
  socket.setNoDelay(true)
  socket.on('error', () => {})
  carry((outlet) => gmail.serve(outlet), socket, socket)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }))
process.stdin.on('data', () => {
  globalThis.gc?.()
  console.log(JSON.stringify({ resident: process.memoryUsage().rss }))
})
process.stdin.once('end', () => process.exit())
