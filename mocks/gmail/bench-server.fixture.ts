import { type AddressInfo, type Socket, createServer } from 'node:net'
import process from 'node:process'
import { createClock } from '../../harness/clock.ts'
import { openJournal } from '../../harness/journal.ts'
import { createRandom } from '../../harness/random.ts'
import { openSecrets } from '../../harness/secrets.ts'
import { listenImap } from '../doors/imap-listener.ts'
import { createPki } from '../doors/pki.ts'
import { benchAccounts, benchMessages, benchToken } from './bench-mail.fixture.ts'
import { createGmail } from './gmail.ts'

/**
 * Our Gmail in a process of its own, as Dovecot is: `plain` or `tls`, then the number of messages. It records and masks
 * like every world does. Says its port in a line of JSON, and for each line that it reads what memory it takes.
 */
const [carrier = 'plain', count = '0'] = process.argv.slice(2)
const epoch = Date.UTC(2026, 1, 1)
const clock = createClock(epoch)
const random = createRandom(1)
const secrets = openSecrets(random)
secrets.learn('access-token', benchToken)
const journal = openJournal({ scenario: 'bench', door: 'tls', seed: 1 }, clock.elapsed)
const lookup = (token: string) => {
  const address = token.slice(benchToken.length)
  const scopes = ['https://mail.google.com/']
  return { status: 'live', address, scopes, expiresAt: epoch + 3_600_000 } as const
}

const messages = benchMessages(Number(count))
const opening = performance.now()
const mailboxes = Object.fromEntries(benchAccounts.map((account, index) => [account, index === 0 ? messages : []]))
const gmail = createGmail({ clock, random, secrets, journal }, { lookup, mailboxes })
const opened = performance.now() - opening

function carry(socket: Socket): void {
  socket.setNoDelay(true)
  socket.on('error', () => {})
  const inlet = gmail.serve({
    write: (octets) => void socket.write(octets),
    end: () => void socket.end(),
    unsent: () => socket.writableLength,
  })
  socket.on('data', (octets: Uint8Array) => {
    if (!inlet.receive(octets)) socket.pause()
  })
  socket.on('drain', () => {
    inlet.drained()
    socket.resume()
  })
  socket.once('close', () => inlet.closed())
}

async function listenPlain(): Promise<number> {
  const server = createServer(carry)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const port = carrier === 'tls' ? (await listenImap(gmail, await createPki())).port : await listenPlain()
console.log(JSON.stringify({ port, opened }))
process.stdin.on('data', () => {
  globalThis.gc?.()
  console.log(JSON.stringify({ resident: process.memoryUsage().rss }))
})
process.stdin.once('end', () => process.exit())
