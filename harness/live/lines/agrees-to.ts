import type { AskedVersion } from '../../model/live.ts'
import { agreesToOld } from '../../runtime/client-hello.ts'
import type { Carrier } from '../../runtime/dial.ts'
import { errorCode } from '../../runtime/error-code.ts'
import { secure } from '../../runtime/secure-line.ts'
import type { Address } from '../far-side.ts'
import type { Budget } from './lines.ts'
import { authorityOf } from './route.ts'
import type { Spoken, Ways } from './ways.ts'

/**
 * Whether a server agrees to one version of TLS alone. Nothing is sent after its answer, so its certificate is not verified
 * here.
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
  const offer = async (offered?: 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> => {
    const carrier = await ways.reached(spoken, to)
    const asked = { host: to.host, authorities: ways.authorities, patience, verify: false }
    try {
      const line = await secure(carrier, { ...asked, ...(offered === undefined ? {} : { version: offered }) })
      const agreed = line.getProtocol()
      line.destroy()
      return agreed
    } catch (error) {
      if (isAlert(carrier, error) || isOlder(carrier)) return 'none'
      if (carrier.sent === 0) return null
      throw error
    }
  }
  const ask = async (): Promise<boolean | null> => {
    if (version === 'TLSv1' || version === 'TLSv1.1')
      return agreesToOld(await ways.reached(spoken, to), { host: to.host, version, patience })
    const agreed = await offer(version)
    return agreed === null ? null : agreed === version
  }
  return ways.named(authorityOf(to), () =>
    ask().catch(async (error: unknown) => {
      // Some servers end the connection on what they do not speak; then another version must work at the same moment.
      if (!isEnd(error) || !['TLSv1.2', 'TLSv1.3'].includes((await offer()) ?? '')) throw error
      return false
    }),
  )
}

/** RFC 8446 §5.1 and §6: by the content type of its record, or by what the library calls it. */
const isAlert = ({ begun }: Carrier, error: unknown): boolean =>
  begun?.[0] === 21 || /_ALERT_/.test(errorCode(error) ?? '')

/** A ServerHello of what was not offered. */
function isOlder({ begun }: Carrier): boolean {
  const [type, , , , , message, , , , , minor = 3] = begun ?? []
  return type === 22 && message === 2 && minor < 3
}

const isEnd = (error: unknown): boolean => ['WIRE_ENDED', 'ECONNRESET', 'EPIPE'].includes(errorCode(error) ?? '')
