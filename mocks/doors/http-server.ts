import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { WorldClock } from '../../harness/clock.ts'
import { deliver } from './delivery.ts'
import type { WireAnswer } from './http-answer.ts'
import type { Actor, Exchange } from './http-observation.ts'
import { type ParseError, problemIn } from './parse-error.ts'
import { limits } from './refusals.ts'
import { headOf, readWire } from './wire-message.ts'

export interface HttpOptions {
  readonly actor: Actor
  /** The listener's own. */
  port(): number
  /** Real milliseconds of silence after which a client that owes something is given up. */
  readonly silence: number
  /** Octets; as long as any honest one for Google unless told. */
  readonly longestBody?: number
  /** Resets the connection that a socket belongs to. */
  reset(socket: Socket): void
}

/** Octets that a refused client may go on sending before it is cut off: until then it can still read why. */
const discardLimit = 4 * 1024 * 1024

/** Serves one exchange over connections that somebody else accepts; what it returns takes one in. */
export function serveHttp(
  exchange: Exchange,
  clock: Pick<WorldClock, 'sleep'>,
  { actor, port, silence, longestBody = limits.body, reset }: HttpOptions,
): (socket: Socket) => void {
  /** Answers that are not sent to their end, with what they answer. */
  const due = new WeakMap<Socket, Map<ServerResponse, IncomingMessage>>()
  /** What the next octet waits for, on a connection that waits for us. */
  const ours = new Tally()

  const answerTo = async (message: IncomingMessage, answer: ServerResponse, proceed = () => {}): Promise<void> => {
    const { socket } = message
    const own = due.get(socket) ?? new Map<ServerResponse, IncomingMessage>()
    due.set(socket, own.set(answer, message))
    for (const event of ['finish', 'close']) answer.once(event, () => own.delete(answer))
    // A client that goes away in the middle of its request has asked nothing.
    const wire = await readWire(message, { port: port(), longestBody, proceed }).catch(() => undefined)
    if (wire === undefined) return void answer.destroy()
    if (typeof wire === 'string') return turnAway(message, answer, await exchange.refuse(wire))
    const told = await ours.during(socket, () => exchange.answer(wire, actor)).catch(() => exchange.refuse('failed'))
    await deliver(answer, told, {
      sleep: (milliseconds) => ours.during(socket, () => clock.sleep(milliseconds)),
      cut: () => socket.destroySoon(),
      reset: () => reset(socket),
    })
  }

  const http = createHttp()
  http.on('request', (message, answer) => void answerTo(message, answer))
  http.on('checkContinue', (message, answer) => void answerTo(message, answer, () => answer.writeContinue()))
  // RFC 9110 §10.1.1
  http.on('checkExpectation', async (message, answer) =>
    turnAway(message, answer, await exchange.refuse('expectation-unknown')),
  )
  http.on('connect', async (message, socket) => {
    const told = await exchange.answer({ ...headOf(message, port()), body: new Uint8Array() }, actor)
    socket.end(octetsOf(told))
  })
  const refused = new WeakSet<Socket>()
  http.on('clientError', (error: ParseError, duplex) => {
    const socket = duplex as Socket
    if (refused.has(socket)) return
    const problem = problemIn(error)
    if (problem === undefined) return void socket.destroy()
    refused.add(socket)
    // The parser has had enough.
    socket.removeAllListeners('data')
    discard(socket, socket)
    // Requests that came whole before are answered first: this answer would be taken for theirs.
    const before = [...(due.get(socket) ?? [])].filter(([, message]) => message.complete)
    void Promise.all(before.map(([answer]) => sent(answer)))
      .then(() => exchange.refuse(problem))
      .then((told) => socket.end(octetsOf(told)))
  })

  return (socket) => {
    socket.setTimeout(silence)
    socket.on('timeout', () => ours.has(socket) || socket.destroy())
    http.emit('connection', socket)
  }
}

/** Resolves when nothing more of an answer will be sent. */
const sent = (answer: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    answer.once('finish', resolve)
    answer.once('close', resolve)
  })

/** Counts what is under way on each connection; requests may be pipelined (RFC 9112 §9.3.2). */
class Tally {
  readonly #counts = new WeakMap<Socket, number>()

  async during<T>(socket: Socket, work: () => Promise<T>): Promise<T> {
    this.#add(socket, 1)
    try {
      return await work()
    } finally {
      this.#add(socket, -1)
    }
  }

  has(socket: Socket): boolean {
    return (this.#counts.get(socket) ?? 0) > 0
  }

  #add(socket: Socket, one: 1 | -1): void {
    this.#counts.set(socket, (this.#counts.get(socket) ?? 0) + one)
  }
}

/** A server that never listens itself. */
function createHttp(): Server {
  const http = createServer({
    requireHostHeader: false,
    // Above the limit of our own, which tells a long target from long fields where the parser cannot.
    maxHeaderSize: limits.target + limits.fields,
    keepAliveTimeout: 0,
  })
  // Otherwise fields beyond the two thousandth are dropped in silence.
  http.maxHeadersCount = 0
  // Node ends a silent connection by itself unless somebody listens.
  http.on('timeout', () => {})
  // Deno ends each connection of a server that does not listen behind its first answer (denoland/deno issue 35609).
  Object.defineProperty(http, 'listening', { value: true })
  // A client that has ended its half still gets its answer.
  return Object.assign(http, { httpAllowHalfOpen: true })
}

/** Answers, and ends our half of the connection. */
function turnAway(message: IncomingMessage, answer: ServerResponse, { status, headers, body }: WireAnswer): void {
  discard(message, message.socket)
  answer.writeHead(status, [...headers.flat(), 'connection', 'close']).write(body)
  message.socket.end()
}

/** Reads on for a while: a connection that is closed on unread octets is reset, and the answer lost (RFC 9112 §9.6). */
function discard(from: Readable, socket: Socket): void {
  let discarded = 0
  from.on('data', (chunk: Uint8Array) => {
    discarded += chunk.length
    if (discarded > discardLimit) socket.destroy()
  })
  from.resume()
}

/** An answer for a connection that the HTTP server has let go. */
function octetsOf({ status, headers, body }: WireAnswer): Uint8Array {
  const fields = [...headers, ['connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} \r\n${fields.join('')}\r\n`, 'latin1'), body])
}
