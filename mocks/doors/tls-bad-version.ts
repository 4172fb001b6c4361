import type { Socket } from 'node:net'
import type { OldVersion } from '../../harness/model/gmail-setup.ts'
import type { Gmail } from '../gmail/gmail.ts'
import { join } from '../gmail/wire/command-stream.ts'
import { type ClientHello, readClientHello } from './imap-client-hello.ts'

const numbers: Readonly<Record<OldVersion, readonly [number, number]>> = { 'tls-1.0': [3, 1], 'tls-1.1': [3, 2] }

/** Cipher suites that TLS 1.0 has, in the order in which a server would like them. */
const oldSuites = [0xc009, 0xc013, 0xc00a, 0xc014, 0x002f, 0x0035]
const alertRecord = 0x15
/** A handshake of more octets is none. */
const longestHello = 65_536

/**
 * Answers a ClientHello by hand with an old version: no runtime's own server does that on all three. A client that refuses
 * sends an alert and goes; one that would go on waits for a certificate that never comes, which is evidence enough.
 */
export function answerInOldVersion(gmail: Gmail, socket: Socket, version: OldVersion): void {
  let received: Uint8Array[] = []
  let hello: ClientHello | undefined
  let failed = false
  const fail = (alert: number | null): void => {
    if (failed) return
    failed = true
    gmail.journal.record('tls', 'tls.failed', { server: 'gmail', sni: hello?.sni ?? '', alert })
    socket.destroy()
  }
  socket.on('data', (octets: Uint8Array) => {
    received.push(octets)
    const all = join(received)
    if (hello !== undefined) {
      if (all[0] === alertRecord && all.length >= 7) fail(all[6]!)
      return
    }
    const read = all.length > longestHello ? null : readClientHello(all)
    if (read === undefined) return
    if (read === null) return fail(null)
    hello = read
    received = []
    gmail.journal.record('tls', 'tls.old', { sni: read.sni, offered: read.versions, chosen: version })
    socket.write(serverHello(numbers[version], read.cipherSuites))
  })
  socket.once('close', () => fail(null))
}

/** RFC 4346 §7.4.1.3, in one record. Its random octets are none: nobody depends on them before there is a key. */
function serverHello([major, minor]: readonly [number, number], offered: readonly number[]): Uint8Array {
  const suite = oldSuites.find((known) => offered.includes(known)) ?? oldSuites[0]!
  const random = Array<number>(32).fill(0x47)
  const noSession = 0
  const noCompression = 0
  const body = [major, minor, ...random, noSession, suite >> 8, suite & 0xff, noCompression]
  const handshake = [2, 0, 0, body.length, ...body]
  return Uint8Array.from([0x16, major, minor, 0, handshake.length, ...handshake])
}
