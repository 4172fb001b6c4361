import type { Socket } from 'node:net'
import type { OldVersion } from '../../harness/model/tls-security.ts'
import type { ClientHello } from './client-hello.ts'
import type { Handshake } from './tls-handshake.ts'

const numbers: Readonly<Record<OldVersion, readonly [number, number]>> = { 'tls-1.0': [3, 1], 'tls-1.1': [3, 2] }

/** Cipher suites that TLS 1.0 has, in the order in which a server would like them. */
const oldSuites = [0xc009, 0xc013, 0xc00a, 0xc014, 0x002f, 0x0035]
const alertRecord = 0x15
const alertLength = 7

/**
 * Answers a ClientHello by hand with an old version: no runtime's own server does that on all three. A client that refuses
 * sends an alert and goes; one that would go on waits for a certificate that never comes, which is evidence enough, until its
 * handshake has lasted too long.
 */
export function answerInOldVersion(
  socket: Socket,
  hello: ClientHello,
  version: OldVersion,
  handshake: Handshake,
): void {
  let answer: Buffer = Buffer.alloc(0)
  socket.on('data', (octets: Buffer) => {
    if (answer.length < alertLength) answer = Buffer.concat([answer, octets.subarray(0, alertLength)])
    if (answer[0] !== alertRecord || answer.length < alertLength) return
    handshake.fail(answer[alertLength - 1]!)
    socket.destroy()
  })
  handshake.choosesOld(version)
  socket.write(serverHello(numbers[version], hello))
  socket.resume()
}

/** RFC 4346 §7.4.1.3, in one record. Its random octets are none: nobody depends on them before there is a key. */
function serverHello(
  [major, minor]: readonly [number, number],
  { cipherSuites, renegotiation }: ClientHello,
): Uint8Array {
  const suite = oldSuites.find((known) => cipherSuites.includes(known)) ?? oldSuites[0]!
  const random = Array<number>(32).fill(0x47)
  const noSession = 0
  const noCompression = 0
  // RFC 5746 §3.6: without it, a client may go for that reason and not for the version.
  const extensions = renegotiation ? [0, 5, 0xff, 0x01, 0, 1, 0] : []
  const body = [major, minor, ...random, noSession, suite >> 8, suite & 0xff, noCompression, ...extensions]
  const handshake = [2, 0, 0, body.length, ...body]
  return Uint8Array.from([0x16, major, minor, 0, handshake.length, ...handshake])
}
