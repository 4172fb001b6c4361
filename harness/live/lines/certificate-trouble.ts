import { errorCode } from '../../runtime/error-code.ts'
import type { PresentedCertificate } from '../../runtime/presented-certificate.ts'
import { LiveTrouble } from '../trouble.ts'

const day = (time: number): string => new Date(time).toISOString().slice(0, 10)
const most = 3

/**
 * Why a certificate was not believed, with what it says of itself: whose network inspects TLS finds its name there.
 *
 * @param error of the handshake that verified
 * @param now by this machine’s clock, in milliseconds since the Unix epoch
 */
export function certificateTrouble(
  error: unknown,
  { issuer, subject, names, from, until }: PresentedCertificate,
  { host, port, now }: { readonly host: string; readonly port: number; readonly now: number },
): LiveTrouble {
  const code = errorCode(error) ?? ''
  const shows = `${host}:${port} shows a certificate`
  const signed = `issued by “${issuer}”`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    const named = names.length === 0 ? `“${subject}”` : names.slice(0, most).join(', ')
    return new LiveTrouble('tls-intercepted', `${shows} for ${named}, not for ${host}; ${signed}`, { cause: error })
  }
  // Deno says of a certificate out of its time only that it cannot be verified.
  const isVague = code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' && issuer !== subject
  const isOutOfTime = now < from || now > until
  const isDated = !Number.isNaN(from) && !Number.isNaN(until)
  if (isDated && (/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/.test(code) || (isVague && isOutOfTime))) {
    const said = `${shows} valid from ${day(from)} to ${day(until)}, ${signed}; this machine’s clock says ${day(now)}`
    return new LiveTrouble('clock-wrong', said, { cause: error })
  }
  return new LiveTrouble('tls-intercepted', `${shows} ${signed} (${code})`, { cause: error })
}
