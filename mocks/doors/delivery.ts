import type { ServerResponse } from 'node:http'
import type { WireAnswer } from './http-answer.ts'

/** What a door can do to the connection that an answer leaves by. */
export interface Connection {
  /** Waits simulated milliseconds. */
  sleep(milliseconds: number): Promise<void>
  /** Ends the connection behind what was sent so far. */
  cut(): void
  /** Ends it at once, and everything that is under way on it. */
  reset(): void
}

/** Sends an answer, spoiled on its way where a transport fault says so. */
export async function deliver(answer: ServerResponse, told: WireAnswer, connection: Connection): Promise<void> {
  const { status, headers, body, transport } = told
  switch (transport?.kind) {
    case undefined:
      return void answer.writeHead(status, headers.flat()).end(body)
    case 'reset':
      return connection.reset()
    case 'truncation':
      answer.writeHead(status, promising(headers, Math.max(body.length, transport.after) + 1))
      answer.write(body.subarray(0, transport.after))
      return connection.cut()
    case 'drip':
      answer.writeHead(status, headers.flat())
      return drip(answer, body, Math.max(1, transport.octets), () => connection.sleep(transport.every))
    case 'huge-body':
      answer.writeHead(status, promising(headers, Math.max(body.length, transport.octets)))
      answer.write(body)
      return blanks(answer, transport.octets - body.length)
  }
}

const promising = (headers: WireAnswer['headers'], length: number): string[] =>
  headers.flatMap(([name, value]) => [name, name === 'content-length' ? String(length) : value])

async function drip(
  answer: ServerResponse,
  body: Uint8Array,
  octets: number,
  between: () => Promise<void>,
): Promise<void> {
  for (let at = 0; at < body.length && !answer.destroyed; at += octets) {
    if (at > 0) await between()
    answer.write(body.subarray(at, at + octets))
  }
  answer.end()
}

const piece = new Uint8Array(64 * 1024).fill(0x20)

/** No more is made than the client takes. */
async function blanks(answer: ServerResponse, octets: number): Promise<void> {
  for (let left = octets; left > 0 && !answer.destroyed; left -= piece.length)
    if (!answer.write(piece.subarray(0, left))) await drained(answer)
  answer.end()
}

const drained = (answer: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const settle = (): void => {
      answer.off('drain', settle)
      answer.off('close', settle)
      resolve()
    }
    answer.on('drain', settle)
    answer.on('close', settle)
  })
