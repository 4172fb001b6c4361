import { type ClientRequestArgs, type IncomingMessage, request as beginRequest } from 'node:http'
import type { Duplex } from 'node:stream'
import { errorCode } from './error-code.ts'
import { withPatience } from './patience.ts'
import { WireError } from './wire-error.ts'

export interface HttpRequest {
  readonly method: string
  /** Origin form (RFC 9112 §3.2.1). */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface HttpAnswer {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array<ArrayBuffer>
}

export interface ExchangeOptions {
  /** Octets of the body. */
  readonly mostBody: number
  /** Milliseconds that the whole answer may take. */
  readonly patience: number
}

/**
 * One request and its whole answer (RFC 9112) on a connection that is of no use afterwards, and is ended.
 *
 * @throws WireError `WIRE_SILENT`, `WIRE_ENDED`, `WIRE_TOO_MUCH`, `WIRE_NOT_HTTP`; the system’s error
 */
export async function exchange(
  line: Duplex,
  { method, target, headers, body }: HttpRequest,
  { mostBody, patience }: ExchangeOptions,
): Promise<HttpAnswer> {
  const options = { createConnection: () => line, method, path: target, headers } as unknown as ClientRequestArgs
  try {
    return await withPatience<HttpAnswer>(line, patience, 'no whole answer', (resolve, reject) => {
      // What the connection itself died of says more than what became of the request.
      line.once('error', reject)
      const outgoing = beginRequest(options)
      outgoing.once('error', (error) => reject(named(error)))
      outgoing.once('close', () => reject(cutOff()))
      outgoing.once('response', (incoming) => {
        whole(incoming, mostBody).then(resolve, reject)
      })
      outgoing.once('upgrade', () => reject(new WireError('WIRE_NOT_HTTP', 'another protocol shall begin')))
      outgoing.end(body)
    })
  } finally {
    line.destroy()
  }
}

const cutOff = (cause?: unknown): WireError =>
  new WireError('WIRE_ENDED', 'the connection was ended before the answer was whole', { cause })

/** The parsers of the runtimes name their errors differently, or not at all. */
function named(error: Error): Error {
  const code = errorCode(error) ?? ''
  if (code === 'ECONNRESET') return cutOff(error)
  if (code === 'HPE_HEADER_OVERFLOW') return new WireError('WIRE_TOO_MUCH', error.message, { cause: error })
  if (code === '' || code.startsWith('HPE_')) return new WireError('WIRE_NOT_HTTP', error.message, { cause: error })
  return error
}

/** An answer that ends early is none. */
function whole(incoming: IncomingMessage, mostBody: number): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let length = 0
    const tooMuch = (): void => reject(new WireError('WIRE_TOO_MUCH', `a body of more than ${mostBody} octets`))
    if (Number(incoming.headers['content-length']) > mostBody) return tooMuch()
    incoming.on('data', (chunk: Uint8Array) => {
      length += chunk.length
      if (length <= mostBody) chunks.push(chunk)
      else tooMuch()
    })
    const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders } = incoming
    const answered = (body: Uint8Array<ArrayBuffer>): void =>
      resolve({ status, statusText, headers: pairs(rawHeaders), body })
    // On Deno these do not end before the connection does.
    if (status === 204 || status === 304) return answered(new Uint8Array())
    incoming.once('end', () => {
      if (!incoming.complete) return reject(cutOff())
      const body = new Uint8Array(length)
      let at = 0
      for (const chunk of chunks) {
        body.set(chunk, at)
        at += chunk.length
      }
      answered(body)
    })
    incoming.once('error', (error) => reject(cutOff(error)))
    incoming.once('close', () => reject(cutOff()))
  })
}

const pairs = (raw: readonly string[]): HttpAnswer['headers'] =>
  raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []))
