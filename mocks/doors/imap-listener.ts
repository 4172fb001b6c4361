import { type Socket, createServer } from 'node:net'
import { type CertificateFlaw, type ImapSecurity, certificateFlaws } from '../../harness/model/gmail-setup.ts'
import type { ImapAlteration } from '../../harness/model/alteration.ts'
import type { Gmail } from '../gmail/gmail.ts'
import { carry } from './imap-carrier.ts'
import { inTheClear } from './imap-clear.ts'
import { TlsLayer } from './imap-tls.ts'
import { type ListenAddress, listen } from './listen.ts'
import type { Pki } from './pki.ts'
import { answerInOldVersion } from './tls-bad-version.ts'

export interface ImapListener extends AsyncDisposable {
  readonly port: number
  /** Whether a handshake is neither done nor failed, or a client has yet to notice that its connection was ended. */
  unsettled(): boolean
}

/**
 * Serves a Gmail on a loopback port of the system's choice: over implicit TLS, or as the scenario has secured the port when
 * a client connects. Disposing closes all connections at once.
 *
 * @param alteration breaks Gmail on purpose
 */
export async function listenImap(
  gmail: Gmail,
  pki: Pki,
  alteration: ImapAlteration = (serve) => serve,
  at?: ListenAddress,
): Promise<ImapListener> {
  const sockets = new Set<Socket>()
  const layer = new TlsLayer(gmail)
  const server = createServer((raw) => {
    keep(raw, sockets)
    void meet(raw, { gmail, pki, alteration, layer, sockets })
  })
  const port = await listen(server, at)
  return {
    port,
    unsettled: () => layer.handshakes > 0 || [...sockets].some((socket) => socket.writableEnded),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function keep(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket)
  socket.setNoDelay(true)
  // An error is always followed by close, which is what the session hears of.
  socket.on('error', () => {})
  socket.once('close', () => sockets.delete(socket))
}

interface Port {
  readonly gmail: Gmail
  readonly pki: Pki
  readonly alteration: ImapAlteration
  readonly layer: TlsLayer
  readonly sockets: Set<Socket>
}

/** Treats a connection as the port is secured now. */
async function meet(raw: Socket, { gmail, pki, alteration, layer, sockets }: Port): Promise<void> {
  const security = gmail.security()
  const serve = alteration((outlet) => gmail.serve(outlet, security))
  // What the client does from here on is its own affair: a handshake that it waits for keeps nobody else waiting.
  if (security === 'stalled-handshake') return void raw.resume()
  if (security === 'tls-1.0' || security === 'tls-1.1') return answerInOldVersion(gmail, raw, security)
  if (security === 'tls' || isFlaw(security)) {
    const certificate = isFlaw(security) ? await pki.flawed(security) : pki
    return layer.protect(raw, certificate, (socket) => {
      keep(socket, sockets)
      carry(serve, socket, raw)
    })
  }
  carry(inTheClear(gmail, serve), raw, raw, (_, secured) =>
    layer.protect(raw, pki, (socket) => {
      keep(socket, sockets)
      secured(socket)
    }),
  )
}

const isFlaw = (security: ImapSecurity): security is CertificateFlaw =>
  certificateFlaws.some((flaw) => flaw === security)
