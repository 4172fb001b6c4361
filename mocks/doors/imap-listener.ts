import type { AddressInfo, Socket } from 'node:net'
import { type TLSSocket, createServer } from 'node:tls'
import type { Gmail } from '../gmail/gmail.ts'

export interface ImapListener extends AsyncDisposable {
  readonly port: number
  /** Whether a handshake is neither done nor failed, or a client has yet to notice that its connection was ended. */
  unsettled(): boolean
}

/** Octets that a client may leave unread before it is cut off. */
const mostUnread = 96 * 1024 * 1024
/** A client that does not finish its handshake in real time is no client. */
const handshakeTimeout = 10_000

/**
 * Serves a Gmail over implicit TLS on a loopback port of the system's choice. Disposing closes all connections at once.
 *
 * @param tls PEM of the private key, and of the certificate with those above it
 */
export async function listenImap(gmail: Gmail, tls: { key: string; cert: string }): Promise<ImapListener> {
  const sockets = new Set<Socket>()
  const server = createServer({ ...tls, handshakeTimeout, minVersion: 'TLSv1.2' })
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.setNoDelay(true)
    // An error is always followed by close, which is what the session hears of.
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  }
  /** By the client's port, the one thing that a socket and the TLS socket around it share. */
  const handshakes = new Set<number | undefined>()
  server.on('connection', (socket) => {
    const { remotePort } = socket
    keep(socket)
    handshakes.add(remotePort)
    socket.once('close', () => handshakes.delete(remotePort))
  })
  const secured = new WeakSet<TLSSocket>()
  server.on('secureConnection', (socket) => {
    secured.add(socket)
    handshakes.delete(socket.remotePort)
    keep(socket)
    gmail.journal.record('tls', 'tls.done', {
      server: 'gmail',
      sni: sniOf(socket),
      version: socket.getProtocol() ?? 'unknown',
    })
    carry(gmail, socket)
  })
  server.on('tlsClientError', (_, socket) => {
    // Deno tells of connections here, too, that were ended long after their handshake.
    if (secured.has(socket)) return
    gmail.journal.record('tls', 'tls.failed', { server: 'gmail', sni: sniOf(socket) })
    socket.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve())
  })
  return {
    port: (server.address() as AddressInfo).port,
    unsettled: () => handshakes.size > 0 || [...sockets].some((socket) => socket.writableEnded),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function carry(gmail: Gmail, socket: TLSSocket): void {
  const inlet = gmail.serve({
    write(octets) {
      if (socket.destroyed || socket.writableEnded) return
      socket.write(octets)
      if (socket.writableLength > mostUnread) socket.destroy()
    },
    end: () => socket.end(),
    unsent: () => (socket.destroyed ? 0 : socket.writableLength),
  })
  socket.on('data', (octets: Uint8Array) => inlet.receive(octets))
  socket.once('end', () => inlet.closed())
  socket.once('close', () => inlet.closed())
}

const sniOf = (socket: TLSSocket): string => (typeof socket.servername === 'string' ? socket.servername : '')
