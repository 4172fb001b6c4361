import { type Socket, connect, createServer } from 'node:net'
import type { MockWorld } from '../mock-world.ts'
import {
  type ProxyRefusal,
  notHttp,
  octetsOf,
  recordRefused,
  refusalOf,
  tooLong,
  unreachable,
} from './connect-refusal.ts'
import { type ProxyRequest, authorityOf, mayBegin, readHead } from './connect-request.ts'
import { type ListenAddress, listen } from './listen.ts'

/** Which port of this machine stands in for a host and port, such as `{ 'accounts.google.com:443': 49152 }`. */
export type Routes = Readonly<Record<string, number>>

export interface ConnectProxy extends AsyncDisposable {
  readonly port: number
}

export interface ConnectOptions extends ListenAddress {
  /** Real milliseconds after which a client that is no tunnel is given up, whatever it sends by then. */
  readonly patience?: number
  /** The address of this machine at which the ports of the routes are; loopback unless told. */
  readonly behind?: string
}

type Recording = Pick<MockWorld, 'journal' | 'secrets'>

/** Octets of a request's head; the longest honest one is some three hundred. */
const headLimit = 16 * 1024
/** Octets that a refused client may go on sending before it is cut off: until then it can still read why. */
const discardLimit = 256 * 1024

/**
 * An HTTP proxy that knows CONNECT alone (RFC 9110 §9.3.6), for programs that have Google's addresses in their code: a
 * tunnel to a host and port of `routes` ends at a port of this machine. Anything else is refused and recorded, never
 * dialled. What goes through a tunnel is recorded by the door at its end, which also bounds how long it may be silent.
 * Disposing ends all connections at once.
 *
 * @throws Fault `ADDRESS_UNAVAILABLE`
 */
export async function listenConnect(
  world: Recording,
  routes: Routes,
  { patience = 10_000, behind = '127.0.0.1', ...at }: ConnectOptions = {},
): Promise<ConnectProxy> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }
  const server = createServer((client) => {
    keep(client)
    const stopWaiting = endAfter(client, patience)
    collectHead(client, (head, early) => {
      if (typeof head !== 'string') return refuse(client, head, world)
      const request = readHead(head)
      if (request === undefined) return refuse(client, notHttp, world)
      const port = routeOf(request, routes)
      if (port === undefined) return refuse(client, refusalOf(request, Object.keys(routes), world), world, request)
      const upstream = connect(port, behind)
      keep(upstream)
      join(client, upstream, early, { opened: stopWaiting, failed: () => refuse(client, unreachable, world, request) })
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

/** A real timer: the octets are real, whatever the world's clock says. What it returns stops it. */
function endAfter(client: Socket, patience: number): () => void {
  const timer = setTimeout(() => client.destroy(), patience)
  const stop = (): void => clearTimeout(timer)
  client.once('close', stop)
  return stop
}

/** Calls back once: with the head and what came after it, or with the reason why there will be none. */
function collectHead(client: Socket, onHead: (head: string | ProxyRefusal, early: Buffer) => void): void {
  let received: Buffer = Buffer.alloc(0)
  const collect = (chunk: Buffer): void => {
    received = Buffer.concat([received, chunk])
    const end = received.subarray(0, headLimit).indexOf('\r\n\r\n')
    const isRequest = mayBegin(received)
    if (isRequest && end < 0 && received.length < headLimit) return
    client.off('data', collect)
    // Nothing may flow before somebody listens.
    client.pause()
    const refusal = isRequest ? tooLong : notHttp
    onHead(isRequest && end >= 0 ? received.toString('latin1', 0, end) : refusal, received.subarray(end + 4))
  }
  client.on('data', collect)
}

function routeOf({ method, target }: ProxyRequest, routes: Routes): number | undefined {
  const to = method === 'CONNECT' ? authorityOf(target) : undefined
  return to !== undefined && Object.hasOwn(routes, to) ? routes[to] : undefined
}

/** Both ways until either side ends; what it had sent still arrives (RFC 9110 §9.3.6). */
function join(
  client: Socket,
  upstream: Socket,
  early: Buffer,
  { opened, failed }: { readonly opened: () => void; readonly failed: () => void },
): void {
  let open = false
  upstream.once('connect', () => {
    open = true
    opened()
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    upstream.write(early)
    client.pipe(upstream).pipe(client)
  })
  upstream.once('close', () => {
    if (open) client.destroySoon()
    else if (!client.destroyed) failed()
  })
  client.once('close', () => (open ? upstream.destroySoon() : upstream.destroy()))
}

function refuse(client: Socket, refusal: ProxyRefusal, world: Recording, request?: ProxyRequest): void {
  recordRefused(world, refusal, request)
  turnAway(client, refusal)
}

/** Reads on for a while: a connection that is closed on unread octets is reset, and the answer lost (RFC 9112 §9.6). */
function turnAway(client: Socket, refusal: ProxyRefusal): void {
  let discarded = 0
  client.on('data', (chunk) => {
    discarded += chunk.length
    if (discarded > discardLimit) client.destroy()
  })
  client.resume()
  client.end(octetsOf(refusal))
}
