import type { IncomingMessage } from 'node:http'
import type { WireRequest } from './http-observation.ts'
import { type Problem, tooLarge } from './refusals.ts'
import { originOf } from './request-target.ts'

type Head = Omit<WireRequest, 'body'>

/** What precedes a body: header lines in order with their repetitions, the target untouched. */
export function headOf({ method = 'GET', url = '/', rawHeaders, httpVersion }: IncomingMessage, port: number): Head {
  const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []))
  const hosts = headers.filter(([name]) => name.toLowerCase() === 'host').map(([, value]) => value)
  const version = `HTTP/${httpVersion}`
  return { method, origin: originOf(url, hosts, httpVersion, port), target: url, headers, version }
}

export interface Reading {
  /** The listener's own. */
  readonly port: number
  /** Octets. */
  readonly longestBody: number
  /** Called when the body is about to be read. */
  proceed(): void
}

/** Reads a request as it was sent, or tells why it is not read to its end. Rejects when it is cut short. */
export async function readWire(
  message: IncomingMessage,
  { port, longestBody, proceed }: Reading,
): Promise<WireRequest | Problem> {
  const head = headOf(message, port)
  const problem = problemOf(message, head, longestBody)
  if (problem !== undefined) return problem
  proceed()
  const body = await readBody(message, longestBody)
  return body === undefined ? 'content-too-large' : { ...head, body }
}

function problemOf({ httpVersion, headers }: IncomingMessage, head: Head, longestBody: number): Problem | undefined {
  // RFC 9110 §15.6.6
  if (!httpVersion.startsWith('1.')) return 'version-not-supported'
  const coding = headers['transfer-encoding']
  if (coding !== undefined) {
    // RFC 9112 §6.1: such framing is faulty.
    if (httpVersion === '1.0') return 'malformed'
    // RFC 9112 §6.1: a coding that the server does not understand.
    if (coding.trim().toLowerCase() !== 'chunked') return 'not-implemented'
  }
  return tooLarge(head, Number(headers['content-length'] ?? 0), longestBody)
}

/** Undefined when the body is longer than that; the rest then stays unread. */
function readBody(message: IncomingMessage, longest: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { socket } = message
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  return new Promise((resolve, reject) => {
    const settle = (settled: () => void): void => {
      // An error that nobody listens to would end the harness, so that listener stays.
      message.off('data', collect).off('end', whole).off('close', cutShort)
      socket.off('end', halfClosed)
      settled()
    }
    const collect = (chunk: Uint8Array<ArrayBuffer>): void => {
      length += chunk.length
      if (length <= longest) return void chunks.push(chunk)
      message.pause()
      settle(() => resolve(undefined))
    }
    const whole = (): void => settle(() => resolve(new Uint8Array(Buffer.concat(chunks))))
    const cutShort = (): void => settle(() => reject(new Error('the request was cut short')))
    const halfClosed = (): void => {
      if (!message.complete) cutShort()
    }
    message.on('data', collect).on('end', whole).on('close', cutShort).on('error', cutShort)
    // Not every runtime tells the message of it.
    socket.on('end', halfClosed)
  })
}
