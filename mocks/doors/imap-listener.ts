import type { Socket } from 'node:net'
import type { ImapSecurity } from '../../harness/model/gmail-setup.ts'
import type { ImapAlteration } from '../../harness/model/alteration.ts'
import type { TlsSecurity } from '../../harness/model/tls-security.ts'
import type { Gmail } from '../gmail/gmail.ts'
import { accept } from './accept.ts'
import { carry } from './imap-carrier.ts'
import { inTheClear } from './imap-clear.ts'
import type { ListenAddress } from './listen.ts'
import { type Pki, mailHost } from './pki.ts'
import { TlsLayer } from './tls-layer.ts'

export interface ImapListener extends AsyncDisposable {
  readonly port: number
  /** Whether a handshake is neither done nor failed, or a client has yet to notice that its connection was ended. */
  unsettled(): boolean
}

export interface ImapListenerOptions {
  /** Breaks Gmail on purpose. */
  readonly alteration?: ImapAlteration | undefined
  readonly at?: ListenAddress | undefined
  /** Real milliseconds for a handshake. */
  readonly patience?: number
}

/** How connections begin that do not begin with TLS. */
const clear: ReadonlySet<ImapSecurity> = new Set(['clear', 'starttls', 'starttls-no', 'starttls-bad', 'preauth'])

/**
 * Serves a Gmail on a loopback port of the system's choice: over implicit TLS, or as the scenario has secured the port when
 * a client connects. Disposing closes all connections at once.
 */
export async function listenImap(
  gmail: Gmail,
  pki: Pki,
  { alteration = (serve) => serve, at, patience = 10_000 }: ImapListenerOptions = {},
): Promise<ImapListener> {
  const layer = new TlsLayer(gmail, pki, { server: 'gmail', hosts: [mailHost], patience })
  const protect = (raw: Socket, security: TlsSecurity, secured: (socket: Socket) => void): void =>
    layer.protect(raw, security, (socket) => {
      port.keep(socket)
      secured(socket)
    })
  const meet = (raw: Socket): void => {
    const security = gmail.security()
    const serve = alteration((outlet) => gmail.serve(outlet, security))
    if (isTls(security)) return protect(raw, security, (socket) => carry(serve, socket, raw))
    carry(inTheClear(gmail, serve), raw, raw, (_, secured) => protect(raw, 'tls', secured))
  }
  const port = await accept(meet, at)
  return {
    port: port.port,
    unsettled: () => layer.handshakes > 0 || [...port.sockets].some((socket) => socket.writableEnded),
    [Symbol.asyncDispose]: () => port[Symbol.asyncDispose](),
  }
}

const isTls = (security: ImapSecurity): security is TlsSecurity => !clear.has(security)
