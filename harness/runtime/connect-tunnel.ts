import { Buffer } from 'node:buffer'
import type { Carrier } from './dial.ts'
import { withPatience } from './patience.ts'
import { WireError } from './wire-error.ts'

export interface TunnelOptions {
  /** Where the tunnel shall lead, such as `imap.gmail.com:993`. */
  readonly authority: string
  /** Basic credentials (RFC 7617). */
  readonly credentials?: { readonly user: string; readonly password: string }
  /** Milliseconds that the answer may take. */
  readonly patience: number
}

const mostHead = 16 * 1024
const statusLine = /^HTTP\/1\.[01] (\d{3})(?: |$)/

/**
 * Asks a proxy for a tunnel (RFC 9110 §9.3.6); afterwards the connection is one to where the tunnel leads.
 *
 * @throws WireError `WIRE_PROXY_REFUSED` with its status line, `WIRE_SILENT`, `WIRE_ENDED`; the system’s error
 */
export async function openTunnel(proxy: Carrier, { authority, credentials, patience }: TunnelOptions): Promise<void> {
  const basic = credentials && Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')
  const field = basic === undefined ? '' : `Proxy-Authorization: Basic ${basic}\r\n`
  const head = await withPatience<string>(proxy, patience, 'no answer of the proxy', (resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    const take = (octets: Buffer): void => {
      received = Buffer.concat([received, octets])
      const end = received.indexOf('\r\n\r\n')
      if (end < 0 && received.length < mostHead && mayBeHttp(received)) return
      proxy.off('data', take)
      proxy.pause()
      const rest = received.subarray(end < 0 ? received.length : end + 4)
      if (rest.length > 0) proxy.unshift(rest)
      proxy.beginAnew?.(rest)
      resolve(received.toString('latin1', 0, end < 0 ? 200 : end))
    }
    proxy.on('data', take)
    proxy.once('error', reject)
    const ended = (): void => reject(new WireError('WIRE_ENDED', 'the proxy ended the connection without an answer'))
    proxy.once('end', ended)
    proxy.once('close', ended)
    proxy.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${field}\r\n`)
  })
  const [first = ''] = head.split('\r\n', 1)
  const status = Number(statusLine.exec(first)?.[1])
  if (status >= 200 && status < 300) return
  proxy.destroy()
  const secrets = [basic, credentials?.password].filter((secret) => secret !== undefined && secret !== '')
  const said = secrets.reduce((line, secret) => line!.replaceAll(secret!, '…'), first.slice(0, 120))
  throw new WireError('WIRE_PROXY_REFUSED', Number.isNaN(status) ? `no answer of HTTP: “${said}”` : `“${said}”`)
}

/** Whether these octets can be the beginning of an answer: whoever speaks another protocol may never end a head. */
const mayBeHttp = (octets: Buffer): boolean => {
  const begun = octets.toString('latin1', 0, 5)
  return 'HTTP/'.startsWith(begun)
}
