import type { Socket } from 'node:net'
import { type Server, type TLSSocket, createServer } from 'node:tls'
import type { Gmail } from '../gmail/gmail.ts'
import type { ServerCertificate } from './pki.ts'

/** A client that does not finish its handshake in real time is no client. */
const handshakeTimeout = 10_000

/** Protects TCP connections with TLS, each with the certificate that it is to see. */
export class TlsLayer {
  readonly #gmail: Gmail
  /** One server for each certificate; none of them listens. */
  readonly #servers = new Map<ServerCertificate, Server>()
  /** By the client's port, the one thing that a socket and the TLS socket around it share. */
  readonly #handshakes = new Map<number | undefined, (socket: TLSSocket) => void>()

  constructor(gmail: Gmail) {
    this.#gmail = gmail
  }

  /** Handshakes that are neither done nor failed. */
  get handshakes(): number {
    return this.#handshakes.size
  }

  /** Begins the server's side of a handshake on the connection. */
  protect(raw: Socket, certificate: ServerCertificate, secured: (socket: TLSSocket) => void): void {
    const { remotePort } = raw
    if (raw.destroyed) return
    this.#handshakes.set(remotePort, secured)
    raw.once('close', () => this.#handshakes.delete(remotePort))
    this.#serverFor(certificate).emit('connection', raw)
    raw.resume()
  }

  #serverFor(certificate: ServerCertificate): Server {
    const server = this.#servers.get(certificate) ?? this.#newServer(certificate)
    this.#servers.set(certificate, server)
    return server
  }

  #newServer({ key, cert }: ServerCertificate): Server {
    const server = createServer({ key, cert, handshakeTimeout, minVersion: 'TLSv1.2' })
    const { journal } = this.#gmail
    const done = new WeakSet<TLSSocket>()
    server.on('secureConnection', (socket) => {
      done.add(socket)
      const secured = this.#handshakes.get(socket.remotePort)
      this.#handshakes.delete(socket.remotePort)
      const version = socket.getProtocol() ?? 'unknown'
      journal.record('tls', 'tls.done', { server: 'gmail', sni: sniOf(socket), version })
      secured?.(socket)
    })
    server.on('tlsClientError', (_: Error, socket: TLSSocket | undefined) => {
      // Deno tells of connections here, too, that were ended long after their handshake.
      if (socket !== undefined && done.has(socket)) return
      journal.record('tls', 'tls.failed', { server: 'gmail', sni: sniOf(socket) })
      socket?.destroy()
    })
    return server
  }
}

const sniOf = (socket: TLSSocket | undefined): string =>
  typeof socket?.servername === 'string' ? socket.servername : ''
