import type { Socket } from 'node:net'
import { type TLSSocket, createServer } from 'node:tls'
import {
  type CertificateFlaw,
  type OldVersion,
  type TlsSecurity,
  type TlsServer,
  certificateFlaws,
  oldVersions,
} from '../../harness/model/tls-security.ts'
import { type ClientHello, readClientHello } from './client-hello.ts'
import type { Pki, ServerCertificate } from './pki.ts'
import { alertIn, alertRecord, protocolVersion, unexpectedMessage } from './tls-alert.ts'
import { Handshake, type Recording } from './tls-handshake.ts'
import { answerInOldVersion } from './tls-old-version.ts'

export interface TlsTraits {
  readonly server: TlsServer
  /** Names that the certificate is for; the first counts for a client that asks for none of them. */
  readonly hosts: readonly string[]
  /** Application protocols (RFC 7301 §3.1), best first; none unless told, and then nothing is negotiated. */
  readonly protocols?: readonly string[]
  /** Real milliseconds after which a client that has not finished its handshake is none. */
  readonly patience: number
}

/** Where a connection stands between TCP and TLS. */
interface Meeting {
  readonly raw: Socket
  readonly handshake: Handshake
  readonly secured: (socket: TLSSocket) => void
}

/** Protects TCP connections with TLS, each as its port is secured when it comes. */
export class TlsLayer {
  readonly #world: Recording
  readonly #pki: Pki
  readonly #traits: TlsTraits
  /** Connections that wait for our next step or for the client's. */
  readonly #underWay = new Set<Socket>()

  constructor(world: Recording, pki: Pki, traits: TlsTraits) {
    this.#world = world
    this.#pki = pki
    this.#traits = traits
  }

  /** Handshakes that are neither done nor failed, but for those that are held up on purpose. */
  get handshakes(): number {
    return this.#underWay.size
  }

  /** Begins the server's side of a handshake on the connection. */
  protect(raw: Socket, security: TlsSecurity, secured: (socket: TLSSocket) => void): void {
    if (raw.destroyed) return
    const { server, patience } = this.#traits
    const timer = setTimeout(() => raw.destroy(), patience)
    this.#underWay.add(raw)
    const handshake = new Handshake(this.#world, server, () => {
      clearTimeout(timer)
      this.#underWay.delete(raw)
    })
    raw.once('close', () => handshake.fail(null))
    receiveHello(raw, (hello, octets) => {
      if (hello === null) return refuse(raw, unexpectedMessage)
      handshake.begins(hello)
      // What the client does from here on is its own affair: a handshake that it waits for keeps nobody else waiting.
      if (security === 'stalled-handshake' || isOld(security)) this.#underWay.delete(raw)
      if (isOld(security)) return answerInOldVersion(raw, hello, security, handshake)
      if (security === 'stalled-handshake') {
        // It stalls for as long as the client bears it.
        clearTimeout(timer)
        return void raw.resume()
      }
      // By hand, because each runtime has its own alert for it.
      if (!isModern(hello)) return refuse(raw, protocolVersion)
      const certificate = isFlaw(security) ? this.#pki.flawed(security, this.#hostOf(hello)) : this.#pki
      void this.#handOver({ raw, handshake, secured }, certificate, octets)
    })
  }

  #hostOf({ sni }: ClientHello): string {
    const { hosts } = this.#traits
    return hosts.find((host) => host === sni.toLowerCase()) ?? hosts[0]!
  }

  /** To a server that never listens, and has this one connection: what it tells later is told of no other. */
  async #handOver(
    { raw, handshake, secured }: Meeting,
    certificate: ServerCertificate | Promise<ServerCertificate>,
    octets: Uint8Array,
  ): Promise<void> {
    const { key, cert } = await certificate
    if (raw.destroyed) return
    const { protocols = [] } = this.#traits
    const negotiation = protocols.length > 0 ? { ALPNProtocols: [...protocols] } : {}
    const server = createServer({ key, cert, minVersion: 'TLSv1.2', ...negotiation })
    server.on('secureConnection', (socket) => {
      handshake.done(socket.getProtocol() ?? 'unknown')
      secured(socket)
    })
    server.on('tlsClientError', (error: NodeJS.ErrnoException) => {
      // Deno tells of connections here, too, that were ended long after their handshake.
      if (handshake.settled) return
      handshake.fail(alertIn(error))
      raw.destroy()
    })
    raw.unshift(octets)
    server.emit('connection', raw)
  }
}

/** Calls back once, with the connection paused: with the client's first message, or null for what is none. */
function receiveHello(raw: Socket, heard: (hello: ClientHello | null, octets: Uint8Array) => void): void {
  let octets: Buffer = Buffer.alloc(0)
  const receive = (chunk: Buffer): void => {
    octets = Buffer.concat([octets, chunk])
    const hello = readClientHello(octets)
    if (hello === undefined) return
    raw.off('data', receive)
    raw.pause()
    heard(hello, octets)
  }
  raw.on('data', receive)
  raw.resume()
}

/** The record of it is made when the connection is closed. */
function refuse(raw: Socket, alert: number): void {
  raw.write(alertRecord(alert))
  raw.destroySoon()
}

const isModern = ({ versions }: ClientHello): boolean => versions.includes('TLSv1.3') || versions.includes('TLSv1.2')
const isOld = (security: TlsSecurity): security is OldVersion => oldVersions.some((version) => version === security)
const isFlaw = (security: TlsSecurity): security is CertificateFlaw =>
  certificateFlaws.some((flaw) => flaw === security)
