import { type Socket, connect, createServer } from 'node:net'
import type { MockWorld } from '../mock-world.ts'
import { type ProxyRequest, authorityOf, readHead } from './connect-request.ts'
import { type ListenAddress, listen } from './listen.ts'
import { Masking } from './masking.ts'

/** Which loopback port stands in for a host and port, such as `{ 'accounts.google.com:443': 49152 }`. */
export type Routes = Readonly<Record<string, number>>

export interface ConnectProxy extends AsyncDisposable {
  readonly port: number
}

type Recording = Pick<MockWorld, 'journal' | 'secrets'>

/** Octets of a request's head; the longest honest one is some three hundred. */
const headLimit = 16 * 1024
/** Octets that a refused client may go on sending before it is cut off: until then it can still read why. */
const discardLimit = 256 * 1024
/** Real milliseconds of silence after which a client that is no tunnel yet, or no more, is given up. */
const silenceLimit = 10_000

/**
 * An HTTP proxy that knows CONNECT alone (RFC 9110 §9.3.6), for programs that have Google's addresses in their code: a
 * tunnel to a host and port of `routes` ends at a port of this machine. Anything else is refused and recorded, never
 * dialled. What goes through a tunnel is recorded by the door at its end. Disposing ends all connections at once.
 */
export async function listenConnect(world: Recording, routes: Routes, at?: ListenAddress): Promise<ConnectProxy> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }
  const server = createServer((client) => {
    keep(client)
    client.setTimeout(silenceLimit, () => client.destroy())
    collectHead(client, (head, early) => {
      const request = head === undefined ? undefined : readHead(head)
      const port = request && routeOf(request, routes)
      if (port === undefined) return refuse(client, head === undefined ? tooLong : refusalOf(request), world, request)
      const upstream = connect(port, '127.0.0.1')
      keep(upstream)
      join(client, upstream, early, () => refuse(client, unreachable, world, request))
    })
  })
  const port = await listen(server, at)
  return {
    port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Calls back once: with the head and what came after it, or without a head when it is too long. */
function collectHead(client: Socket, onHead: (head: string | undefined, early: Buffer) => void): void {
  let received: Buffer = Buffer.alloc(0)
  const collect = (chunk: Buffer): void => {
    received = Buffer.concat([received, chunk])
    const end = received.subarray(0, headLimit).indexOf('\r\n\r\n')
    if (end < 0 && received.length < headLimit) return
    client.off('data', collect)
    // Nothing may flow before somebody listens.
    client.pause()
    onHead(end < 0 ? undefined : received.toString('latin1', 0, end), received.subarray(end + 4))
  }
  client.on('data', collect)
}

function routeOf({ method, target }: ProxyRequest, routes: Routes): number | undefined {
  const to = method === 'CONNECT' ? authorityOf(target) : undefined
  return to !== undefined && Object.hasOwn(routes, to) ? routes[to] : undefined
}

/** Both ways until either side ends; what it had sent still arrives (RFC 9110 §9.3.6). */
function join(client: Socket, upstream: Socket, early: Buffer, fail: () => void): void {
  let open = false
  upstream.once('connect', () => {
    open = true
    client.setTimeout(0)
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    upstream.write(early)
    client.pipe(upstream).pipe(client)
  })
  upstream.once('close', () => {
    if (open) client.destroySoon()
    else if (!client.destroyed) fail()
  })
  client.once('close', () => (open ? upstream.destroySoon() : upstream.destroy()))
}

interface ProxyRefusal {
  readonly status: string
  readonly reason: string
}

const malformed = { status: '400 Bad Request', reason: 'This is no request to a proxy.' }
const tooLong = { status: '431 Request Header Fields Too Large', reason: 'The request has too long a head.' }
const forbidden = { status: '403 Forbidden', reason: 'This proxy leads to the mocked hosts and nowhere else.' }
const notConnect = { status: '405 Method Not Allowed', reason: 'This proxy knows CONNECT alone.' }
const unreachable = { status: '502 Bad Gateway', reason: 'The mock of this host does not answer.' }

function refusalOf(request: ProxyRequest | undefined): ProxyRefusal {
  if (request === undefined) return malformed
  if (request.method !== 'CONNECT') return notConnect
  return authorityOf(request.target) === undefined ? malformed : forbidden
}

function refuse(client: Socket, refusal: ProxyRefusal, world: Recording, request: ProxyRequest | undefined): void {
  if (request !== undefined) record(world, request, Number.parseInt(refusal.status, 10))
  const lines = [
    `HTTP/1.1 ${refusal.status}`,
    ...(refusal === notConnect ? ['Allow: CONNECT'] : []),
    'Content-Type: text/plain',
    `Content-Length: ${refusal.reason.length + 1}`,
    'Connection: close',
  ]
  let discarded = 0
  client.on('data', (chunk) => {
    discarded += chunk.length
    if (discarded > discardLimit) client.destroy()
  })
  client.resume()
  client.end(`${lines.join('\r\n')}\r\n\r\n${refusal.reason}\n`)
}

/** A refused request, in the words of the other doors; what it told the proxy alone is left out. */
function record({ journal, secrets }: Recording, { method, target, headers }: ProxyRequest, status: number): void {
  const masking = new Masking(secrets)
  const told = headers.filter(([name]) => !name.toLowerCase().startsWith('proxy-'))
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? ''
  const url = method === 'CONNECT' ? URL.parse(`https://${target}`) : URL.parse(target, `http://${host}`)
  const path = method === 'CONNECT' || url === null ? '' : url.pathname + url.search
  const to = journal.record('elsewhere', 'http.request', {
    endpoint: 'elsewhere',
    method: masking.text(method),
    origin: masking.text(url?.origin ?? ''),
    ...masking.describe({ method, origin: '', target: path, headers: told, body: new Uint8Array() }),
    actor: 'subject',
  })
  journal.record('elsewhere', 'http.response', { endpoint: 'elsewhere', to, status, contentType: 'text/plain' })
}
