import { errorCode } from '../../runtime/error-code.ts'
import type { LiveCause } from '../../model/live.ts'
import { Fault } from '../../model/fault.ts'
import { LiveTrouble } from '../trouble.ts'

/** Codes of the system, of the TLS library and of our own connections; the first that fits counts. */
const causesOf: readonly (readonly [code: RegExp, cause: LiveCause])[] = [
  [/^(?:ENOTFOUND|ENODATA|EAI_\w+|ENONAME|ESERVFAIL|EREFUSED|EBADNAME|EBADRESP|DNS_\w+)$/, 'name-not-found'],
  [/^(?:ETIMEDOUT|ETIMEOUT|ESOCKETTIMEDOUT|WIRE_SILENT)$/, 'timed-out'],
  [/^(?:ECONNRESET|ECONNABORTED|EPIPE|ESHUTDOWN|WIRE_ENDED|WIRE_CLOSED|ERR_STREAM_\w+|ERR_SOCKET_CLOSED)$/, 'cut-off'],
  [/^(?:ECONNREFUSED|E(?:NET|HOST)(?:UNREACH|DOWN)|EADDRNOTAVAIL|EACCES|EPERM|EINVAL|EPROTONOSUPPORT)$/, 'unreachable'],
  [/^WIRE_PROXY_REFUSED$/, 'proxy-refused'],
  [/^WIRE_TOO_MUCH$/, 'too-much'],
  [/^WIRE_NOT_HTTP$/, 'not-understood'],
  [/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/, 'clock-wrong'],
  [/^(?:WIRE_NOT_TLS|ERR_SSL_\w+|ERR_TLS_(?!CERT_)\w+|EPROTO)$/, 'tls-refused'],
]

/** What verifying a certificate ends with, in OpenSSL’s names, which Bun and Deno took over. */
const certificateCodes =
  /^(?:(?:CERT|CRL|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|INVALID|PATH_LENGTH|CA|EE|ERROR_IN|ERR_TLS_CERT)_\w+|HOSTNAME_MISMATCH)$/

/** Whether it is the certificate that was not believed. */
export const isOfCertificate = (error: unknown): boolean => certificateCodes.test(errorCode(error) ?? '')

/**
 * Names what went wrong on the way to `where`, such as `imap.gmail.com:993`. A pure function.
 *
 * @throws what is no trouble of the network: a mistake of ours
 */
export function troubleOf(error: unknown, where: string): LiveTrouble {
  if (error instanceof LiveTrouble) return error
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : []
  const one = first ?? error
  const code = errorCode(one) ?? errorCode(error)
  if (code === undefined || error instanceof Fault) throw error
  const cause = causesOf.find(([codes]) => codes.test(code))?.[1]
  const unbelieved = certificateCodes.test(code) ? 'tls-intercepted' : 'cut-off'
  return new LiveTrouble(cause ?? unbelieved, `${where}: ${told(one as Error, code)}`, { cause: error })
}

/** Each TLS library has words of its own; the codes are the same. */
function told({ message }: Error, code: string): string {
  if (code.startsWith('WIRE_')) return message
  const text = /^ERR_SSL_\w/.test(code) ? code.slice('ERR_SSL_'.length).toLowerCase().replaceAll('_', ' ') : message
  return text.includes(code) ? text : `${text} (${code})`
}
