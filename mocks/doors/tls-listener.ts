import type { Socket } from 'node:net'
import type { RequestHandler } from 'msw'
import type { TlsSecurity } from '../../harness/model/tls-security.ts'
import { mockedHosts } from '../google/endpoints.ts'
import type { MockWorld } from '../mock-world.ts'
import { accept } from './accept.ts'
import { type Actor, createExchange } from './http-observation.ts'
import { serveHttp } from './http-server.ts'
import type { ListenAddress } from './listen.ts'
import type { Pki } from './pki.ts'
import { refusalPage } from './refusals.ts'
import { TlsLayer } from './tls-layer.ts'

export interface TlsDoor extends AsyncDisposable {
  readonly port: number
  /** Whether a handshake is neither done nor failed. */
  unsettled(): boolean
}

export interface TlsOptions extends Pki {
  readonly actor?: Actor
  /** Real milliseconds of silence after which a connection is given up; a hostile client may never end its request. */
  readonly silence?: number
  readonly at?: ListenAddress
  /** What a client that connects now meets. */
  readonly security?: () => TlsSecurity
}

/**
 * Serves the handlers over TLS on a loopback port. The Host header picks the mocked origin, so the handlers stay written
 * for Google's own addresses. Clients that offer HTTP/2 are told that it is HTTP/1.1 here (RFC 7301 §3.2).
 */
export async function listenHttps(
  world: MockWorld,
  handlers: readonly RequestHandler[],
  { actor = 'subject', silence = 10_000, at, security = () => 'tls', ...pki }: TlsOptions,
): Promise<TlsDoor> {
  const layer = new TlsLayer(world, pki, {
    server: 'google',
    hosts: mockedHosts,
    protocols: ['http/1.1'],
    patience: silence,
  })
  /** The TCP connection below: a TLS socket cannot be reset on Node. */
  const below = new WeakMap<Socket, Socket>()
  const exchange = createExchange(world, handlers, { elsewhere: () => refusalPage('misdirected'), spoils: true })
  const takeIn = serveHttp(exchange, world.clock, {
    actor,
    port: () => port.port,
    silence,
    reset(socket) {
      below.get(socket)?.resetAndDestroy()
      socket.destroy()
    },
  })
  const port = await accept((raw) => {
    layer.protect(raw, security(), (socket) => {
      port.keep(socket)
      below.set(socket, raw)
      // A client may end its own half before it has its answer. Not earlier: a handshake that is given up must be seen.
      socket.allowHalfOpen = true
      takeIn(socket)
    })
  }, at)
  return {
    port: port.port,
    unsettled: () => layer.handshakes > 0,
    [Symbol.asyncDispose]: () => port[Symbol.asyncDispose](),
  }
}
