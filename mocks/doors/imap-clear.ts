import type { ServeImap } from '../../harness/model/imap-carrier.ts'
import type { Gmail } from '../gmail/gmail.ts'
import { readClientHello } from './client-hello.ts'
import { Handshake } from './tls-handshake.ts'

const handshakeRecord = 0x16

/** A session in the clear. To a client that begins TLS it is a handshake that fails, not a list of ill-formed commands. */
export const inTheClear =
  (gmail: Gmail, serve: ServeImap): ServeImap =>
  (outlet) => {
    const inlet = serve(outlet)
    let began = false
    return {
      receive(octets) {
        if (!began && octets[0] === handshakeRecord) {
          const handshake = new Handshake(gmail, 'gmail')
          const hello = readClientHello(octets)
          if (hello) handshake.begins(hello)
          handshake.fail(null)
          outlet.end()
          return true
        }
        began = true
        return inlet.receive(octets)
      },
      drained: () => inlet.drained(),
      closed: () => inlet.closed(),
    }
  }
