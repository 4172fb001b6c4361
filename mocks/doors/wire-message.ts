import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WireRequest } from './http-observation.ts'

/** Octets of a request body; the longest honest one is a token request of some two thousand. */
const bodyLimit = 64 * 1024
/** RFC 9110 §8.6: these carry no Content-Length. */
const bodiless: ReadonlySet<number> = new Set([204, 304])

/** Reads a request as it was sent: header lines in order with their repetitions, the target untouched. */
export async function readWire(message: IncomingMessage, port: number): Promise<WireRequest | 'too-long'> {
  const body = await readBody(message)
  if (body === undefined) return 'too-long'
  const { rawHeaders } = message
  const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []))
  return {
    method: message.method ?? 'GET',
    origin: originOf(headers, port),
    target: message.url ?? '/',
    headers,
    body,
  }
}

/** Undefined when the body is longer than any honest one; the rest then stays unread. Rejects when it is cut short. */
function readBody(message: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array<ArrayBuffer>[] = []
    let length = 0
    message.on('data', (chunk: Uint8Array<ArrayBuffer>) => {
      length += chunk.length
      if (length <= bodyLimit) return void chunks.push(chunk)
      message.pause()
      resolve(undefined)
    })
    message.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
    message.on('close', () => reject(new Error('the request was cut short')))
    message.on('error', reject)
  })
}

/** The origin that the one Host header names, `https://` alone without one; the listener's own port stands for 443. */
function originOf(headers: WireRequest['headers'], port: number): string {
  const [host, ...others] = headers.filter(([name]) => name.toLowerCase() === 'host').map(([, value]) => value)
  if (host === undefined || others.length > 0) return 'https://'
  const [, name, digits] = /^(.*?)(?::(\d+))?$/.exec(host.toLowerCase()) ?? []
  const own = digits === undefined || digits === '443' || digits === String(port)
  return own ? `https://${name}` : `https://${name}:${digits}`
}

/** Sends an answer with the length of its body, whatever the answer itself said of it. */
export async function send(answer: ServerResponse, response: Response, connection: 'keep' | 'close'): Promise<void> {
  const body = new Uint8Array(await response.arrayBuffer())
  const headers = [...response.headers].filter(([name]) => name !== 'content-length' && name !== 'transfer-encoding')
  if (!bodiless.has(response.status)) headers.push(['content-length', String(body.length)])
  if (connection === 'close') headers.push(['connection', 'close'])
  answer.writeHead(response.status, headers.flat()).end(body)
}
