import { once } from 'node:events'
import { type AddressInfo, type Socket, createServer } from 'node:net'
import { createClock } from '../../../harness/clock.ts'
import { createRandom } from '../../../harness/random.ts'
import { openSecrets } from '../../../harness/secrets.ts'
import { startDovecot } from '../../mailbox-servers/dovecot.ts'
import { createGmail } from '../gmail.ts'
import { RawClient } from './raw-client.fixture.ts'

/** A server under comparison. Every account is there, and empty until somebody puts mail into it. */
export interface Server extends AsyncDisposable {
  readonly name: 'ours' | 'dovecot'
  /** A connection that is logged in. */
  connect(account: string): Promise<RawClient>
}

/** After every date of the corpus: Gmail takes no message from the future. */
const epoch = Date.UTC(2026, 1, 1)
const day = 86_400_000

/**
 * Our Gmail on a loopback port, without TLS, which has nothing to do with what it says. Its owner switched Auto-Expunge off:
 * in no other setting of Gmail does `\Deleted` mean what RFC 3501 says.
 */
export async function openOurs(): Promise<Server> {
  const clock = createClock(epoch)
  const random = createRandom(1)
  // Nobody reads what happened: a journal of so many commands would only fill the memory.
  const world = { clock, random, secrets: openSecrets(random), journal: { record: () => 'imap:1#1' as const } }
  const lookup = (token: string) =>
    ({ status: 'live', address: token, scopes: ['https://mail.google.com/'], expiresAt: epoch + day }) as const
  const gmail = createGmail(world, { lookup, mailboxes: {}, mail: { settings: { autoExpunge: false } } })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    const inlet = gmail.serve({ write: (octets) => void socket.write(octets), end: () => void socket.end() })
    socket.on('data', (octets: Uint8Array) => inlet.receive(octets))
    socket.once('close', () => {
      sockets.delete(socket)
      inlet.closed()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    name: 'ours',
    connect: (account) =>
      loggedIn(port, `AUTHENTICATE XOAUTH2 ${btoa(`user=${account}\x01auth=Bearer ${account}\x01\x01`)}`),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export async function openDovecot(): Promise<Server> {
  const dovecot = await startDovecot()
  return {
    name: 'dovecot',
    connect: (account) => loggedIn(dovecot.port, `LOGIN ${account} ${dovecot.password}`),
    [Symbol.asyncDispose]: () => dovecot[Symbol.asyncDispose](),
  }
}

async function loggedIn(port: number, login: string): Promise<RawClient> {
  const client = await RawClient.connect(port)
  const { condition, text } = await client.say(login)
  if (condition !== 'OK') throw new Error(`not logged in: ${text}`)
  return client
}
