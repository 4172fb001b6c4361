import { type Server as HttpServer, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Server as TlsServer, type TLSSocket, createServer as createTlsServer } from 'node:tls'
import type { RequestHandler } from 'msw'
import { page } from '../google/answers.ts'
import type { MockWorld } from '../mock-world.ts'
import { type Actor, createExchange } from './http-observation.ts'
import { readWire, send } from './wire-message.ts'

export interface TlsDoor extends AsyncDisposable {
  readonly port: number
}

export interface TlsOptions {
  /** PEM. */
  readonly key: string
  readonly cert: string
  readonly actor?: Actor
}

/** Real milliseconds of silence after which a connection is given up; a hostile client may never end its request. */
const silenceLimit = 10_000

/**
 * Serves the handlers over TLS on a loopback port. The Host header picks the mocked origin, so the handlers stay written
 * for Google's own addresses.
 */
export async function listenHttps(
  world: MockWorld,
  handlers: readonly RequestHandler[],
  { key, cert, actor = 'subject' }: TlsOptions,
): Promise<TlsDoor> {
  // RFC 9110 §15.5.20: this server does not answer for that host.
  const exchange = createExchange(world, handlers, () => page(421, 'Misdirected Request', '<p>421.</p>'))
  const http = createServer({ requireHostHeader: false }, async (message, answer) => {
    // A client that goes away in the middle of its request has asked nothing.
    const wire = await readWire(message, port).catch(() => undefined)
    if (wire === undefined) return void answer.destroy()
    if (wire === 'too-long') return send(answer, page(413, 'Content Too Large', '<p>413.</p>'), 'close')
    const response = await exchange(wire, actor).catch(() => page(500, 'Error 500', '<p>The mock itself failed.</p>'))
    await send(answer, response, 'keep')
  })
  const tls = createTlsServer({ key, cert, handshakeTimeout: silenceLimit })
  const sockets = connect(tls, http, world)
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve))
  const { port } = tls.address() as AddressInfo
  return { port, [Symbol.asyncDispose]: () => close(tls, sockets) }
}

/** Feeds decrypted connections to the HTTP server: node:https itself shows no TLS details on Bun. */
function connect(tls: TlsServer, http: HttpServer, { journal }: MockWorld): ReadonlySet<TLSSocket> {
  const sockets = new Set<TLSSocket>()
  tls.on('secureConnection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A client that resets its connection must not end the harness.
    socket.on('error', () => socket.destroy())
    socket.setTimeout(silenceLimit, () => socket.destroy())
    const version = socket.getProtocol() ?? 'unknown'
    journal.record('tls', 'tls.done', { server: 'google', sni: sniOf(socket), version })
    http.emit('connection', socket)
  })
  tls.on('tlsClientError', (_error: Error, socket: TLSSocket | undefined) => {
    journal.record('tls', 'tls.failed', { server: 'google', sni: sniOf(socket) })
    socket?.destroy()
  })
  http.on('clientError', (_error: Error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    else socket.destroy()
  })
  return sockets
}

/** Empty when the client named no server, or the runtime does not say. */
function sniOf(socket: TLSSocket | undefined): string {
  const { servername } = (socket ?? {}) as { readonly servername?: string | false | null }
  return typeof servername === 'string' ? servername : ''
}

const close = (tls: TlsServer, sockets: ReadonlySet<TLSSocket>): Promise<void> =>
  new Promise((resolve) => {
    tls.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
