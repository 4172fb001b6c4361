import type { Socket } from 'node:net'
import { type Server, type TLSSocket, createServer } from 'node:tls'
import type { RequestHandler } from 'msw'
import type { MockWorld } from '../mock-world.ts'
import { type Actor, createExchange } from './http-observation.ts'
import { serveHttp } from './http-server.ts'
import { type ListenAddress, listen } from './listen.ts'
import { refusalPage } from './refusals.ts'

export interface TlsDoor extends AsyncDisposable {
  readonly port: number
}

export interface TlsOptions {
  /** PEM. */
  readonly key: string
  readonly cert: string
  readonly actor?: Actor
  /** Real milliseconds of silence after which a connection is given up; a hostile client may never end its request. */
  readonly silence?: number
  readonly at?: ListenAddress
}

/**
 * Serves the handlers over TLS on a loopback port. The Host header picks the mocked origin, so the handlers stay written
 * for Google's own addresses.
 */
export async function listenHttps(
  world: MockWorld,
  handlers: readonly RequestHandler[],
  { key, cert, actor = 'subject', silence = 10_000, at }: TlsOptions,
): Promise<TlsDoor> {
  const tls = createServer({ key, cert, handshakeTimeout: silence, noDelay: true })
  const sockets = collect(tls)
  let port = 0
  const exchange = createExchange(world, handlers, { elsewhere: () => refusalPage('misdirected'), spoils: true })
  const takeIn = serveHttp(exchange, world.clock, { actor, port: () => port, silence, reset: sockets.reset })
  connect(tls, world, takeIn)
  port = await listen(tls, at)
  return {
    port,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        tls.close(() => resolve())
        sockets.destroy()
      }),
  }
}

/** Feeds decrypted connections to the HTTP server: node:https itself shows no TLS details on Bun. */
function connect(tls: Server, { journal }: MockWorld, takeIn: (socket: Socket) => void): void {
  tls.on('secureConnection', (socket) => {
    // A client that resets its connection must not end the harness.
    socket.on('error', () => socket.destroy())
    // A client may end its own half before it has its answer. Not earlier: a handshake that is given up must be seen.
    socket.allowHalfOpen = true
    const version = socket.getProtocol() ?? 'unknown'
    journal.record('tls', 'tls.done', { server: 'google', sni: sniOf(socket), version })
    takeIn(socket)
  })
  tls.on('tlsClientError', (_error: Error, socket: TLSSocket | undefined) => {
    journal.record('tls', 'tls.failed', { server: 'google', sni: sniOf(socket) })
    socket?.destroy()
  })
}

interface Sockets {
  /** Ends all at once. */
  readonly destroy: () => void
  /** Resets the TCP connection below a TLS one. */
  readonly reset: (socket: Socket) => void
}

/** Every TCP connection from its first octet on, by the client's port: a TLS socket cannot be reset on Node. */
function collect(tls: Server): Sockets {
  const sockets = new Map<number | undefined, Socket>()
  tls.on('connection', (socket: Socket) => {
    const { remotePort } = socket
    sockets.set(remotePort, socket)
    // By then the port may be another connection's.
    socket.on('close', () => sockets.get(remotePort) === socket && sockets.delete(remotePort))
  })
  return {
    destroy: () => sockets.forEach((socket) => socket.destroy()),
    reset(socket) {
      sockets.get(socket.remotePort)?.resetAndDestroy()
      socket.destroy()
    },
  }
}

/** Empty when the client named no server, or the runtime does not say. */
function sniOf(socket: TLSSocket | undefined): string {
  const { servername } = (socket ?? {}) as { readonly servername?: string | false | null }
  return typeof servername === 'string' ? servername : ''
}
