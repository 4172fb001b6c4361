import type { AskedVersion } from '../model/live.ts'
import { secure } from '../runtime/secure-line.ts'
import type { Address } from './far-side.ts'
import type { Budget } from './lines.ts'
import { authorityOf } from './route.ts'
import type { Spoken, Ways } from './ways.ts'

/** What OpenSSL would no longer agree to by itself: SHA-1, which TLS 1.0 and 1.1 sign with. */
const anyStrength = 'DEFAULT@SECLEVEL=0'

/**
 * Whether a server agrees to one version of TLS alone. Nothing is sent after the handshake, so its certificate is not
 * verified here.
 *
 * @returns null where the library of this runtime cannot send that hello
 * @throws LiveTrouble for what says nothing of the version
 */
export function agreesTo(
  version: AskedVersion,
  ways: Ways,
  spoken: Spoken,
  to: Address,
  { patience }: Pick<Budget, 'patience'>,
): Promise<boolean | null> {
  return ways.named(authorityOf(to), async () => {
    const socket = await ways.reached(spoken, to)
    const isOld = version === 'TLSv1' || version === 'TLSv1.1'
    try {
      const line = await secure(socket, {
        ...{ host: to.host, authorities: ways.authorities, patience, version, verify: false },
        ...(isOld ? { ciphers: anyStrength } : {}),
      })
      const agreed = line.getProtocol()
      line.destroy()
      return agreed === version ? true : null
    } catch (error) {
      if (socket.sent === 0) return null
      if (isAlert(socket.begun)) return false
      throw error
    }
  })
}

/** RFC 8446 §5.1 and §6: the content type of a record. */
const isAlert = (begun: Uint8Array | undefined): boolean => begun?.[0] === 0x15
