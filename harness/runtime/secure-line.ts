import { isIP } from 'node:net'
import { type SecureContext, type SecureVersion, type TLSSocket, connect, createSecureContext } from 'node:tls'
import type { Carrier } from './dial.ts'
import { withPatience } from './patience.ts'
import { WireError } from './wire-error.ts'

export type SecureLine = TLSSocket

export interface SecureOptions {
  /** Whom the certificate must name. */
  readonly host: string
  /** PEM, one certificate each. */
  readonly authorities: readonly string[]
  /** For ALPN (RFC 7301). */
  readonly protocol?: string
  /** This one alone; from TLS 1.2 on unless told. */
  readonly version?: SecureVersion
  /** Whoever does not verify must send nothing. */
  readonly verify?: boolean
  /** Milliseconds that the handshake may take. */
  readonly patience: number
}

/**
 * Begins TLS on a connection as its client.
 *
 * @throws the library’s error; WireError `WIRE_SILENT`, `WIRE_ENDED`, `WIRE_NOT_TLS`. The connection is ended then.
 */
export async function secure(socket: Carrier, options: SecureOptions): Promise<SecureLine> {
  const { host, authorities, protocol, version, verify = true, patience } = options
  const line = begin(socket, () =>
    connect({
      socket,
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      secureContext: contextOf({ authorities, version }),
      ...(protocol === undefined ? {} : { ALPNProtocols: [protocol] }),
      rejectUnauthorized: verify,
    }),
  )
  socket.once('error', (error) => line.destroy(error))
  // Errors after the handshake are told to whoever reads or writes.
  line.on('error', () => {})
  return withPatience(line, patience, 'no end of the TLS handshake', (resolve, reject) => {
    const ended = (): void => reject(new WireError('WIRE_ENDED', 'the connection was ended during the TLS handshake'))
    line.once('secureConnect', () => resolve(line))
    line.once('error', (error) => reject(clearText(socket) ?? error))
    line.once('end', ended)
    line.once('close', ended)
  })
}

/** What a library cannot do it says by throwing, at the latest here. */
function begin<T>(socket: Carrier, make: () => T): T {
  try {
    return make()
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** By their authorities, for reading more than a hundred certificates takes longer than a handshake. */
const contexts = new WeakMap<readonly string[], SecureContext>()

/** TLS from version 1.2 on with whom these authorities sign; the same for the same array. */
export function trusting(authorities: readonly string[]): SecureContext {
  const context = contexts.get(authorities) ?? createSecureContext({ ca: [...authorities], minVersion: 'TLSv1.2' })
  contexts.set(authorities, context)
  return context
}

interface ContextOptions {
  readonly authorities: readonly string[]
  readonly version: SecureVersion | undefined
}

const contextOf = ({ authorities, version }: ContextOptions): SecureContext =>
  version === undefined
    ? trusting(authorities)
    : createSecureContext({ ca: [...authorities], minVersion: version, maxVersion: version })

/** A record of TLS begins with its content type and the major version (RFC 8446 §5.1). */
const isRecord = ([type = 0, major = 0]: Uint8Array): boolean => type >= 20 && type <= 24 && major === 3

/** What a port that speaks no TLS said in its place. */
function clearText({ begun }: Carrier): WireError | undefined {
  if (begun === undefined || begun.length < 2 || isRecord(begun)) return undefined
  const [line = ''] = String.fromCharCode(...begun).split(/[\r\n]/, 1)
  return new WireError('WIRE_NOT_TLS', `it speaks in the clear: “${line.slice(0, 120)}”`)
}
