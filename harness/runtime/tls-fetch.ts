import type { IncomingMessage } from 'node:http'
import { request as sendRequest } from 'node:https'

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

export interface TlsFetch {
  /** As the platform's, but for redirects: they are followed only where `init.redirect` says `follow`. */
  readonly fetch: Fetch
  /** Ends what is under way; later requests are refused. */
  close(): void
}

export interface TlsFetchOptions {
  /** Loopback ports that stand in for hosts, such as `{ 'oauth2.googleapis.com': 49152 }`. */
  readonly hosts: Readonly<Record<string, number>>
  /** PEM of the one authority that is trusted. */
  readonly ca: string
  /** Told of each request that is refused, before its caller is: a world records what was to leave it. */
  elsewhere?(request: Request): Promise<unknown>
}

const mostHops = 20
const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)
/** The Fetch standard's null body statuses; a Response of these refuses any body, an empty one too. */
const isBodiless = (status: number): boolean => [101, 204, 205, 304].includes(status)

/**
 * A fetch that believes the named hosts to be on this machine: real TLS to 127.0.0.1 with the host's own name in SNI and
 * certificate. No runtime's own fetch can be told both on all three. Every request has a connection of its own.
 * Any other host is refused with a TypeError, so that nothing reaches a real network.
 */
export function tlsFetch({ hosts, ca, elsewhere }: TlsFetchOptions): TlsFetch {
  const closed = new AbortController()

  const exchange = async (request: Request, body: Uint8Array): Promise<Response> => {
    const url = new URL(request.url)
    const port = Object.hasOwn(hosts, url.hostname) ? hosts[url.hostname] : undefined
    if (url.protocol !== 'https:' || url.port !== '' || port === undefined) {
      await elsewhere?.(request)
      throw new TypeError(`fetch failed: ${url.origin} is none of the hosts of this world`)
    }
    const signal = AbortSignal.any([request.signal, closed.signal])
    signal.throwIfAborted()
    return send({ url, port, ca, signal, method: request.method, headers: headersOf(request, body), body })
  }

  const follow = async (first: Request, redirect: Request['redirect']): Promise<Response> => {
    let request = first
    let body = new Uint8Array(await first.clone().arrayBuffer())
    for (let hop = 0; hop <= mostHops; hop++) {
      const response = await exchange(request, body)
      const location = response.headers.get('location')
      if (!isRedirect(response.status) || location === null || redirect === 'manual') return response
      await response.body?.cancel()
      if (redirect === 'error') throw new TypeError(`fetch failed: ${request.url} answered with a redirect`)
      const method = methodAfter(response.status, request.method)
      if (method !== request.method) body = new Uint8Array()
      const { headers, signal } = request
      request = new Request(new URL(location, request.url), { method, headers, signal, ...contentOf(body) })
    }
    throw new TypeError(`fetch failed: more than ${mostHops} redirects`)
  }

  return {
    fetch: (input, init) => follow(new Request(input, init), init?.redirect ?? 'manual'),
    close: () => closed.abort(new TypeError('fetch failed: this world has ended')),
  }
}

/** RFC 9110 §15.4: 303 asks for GET; after 301 and 302 a POST becomes GET, as every user agent does it. */
const methodAfter = (status: number, method: string): string =>
  (status === 303 && method !== 'HEAD') || (method === 'POST' && status < 303) ? 'GET' : method

const contentOf = (body: Uint8Array<ArrayBuffer>): { body?: Uint8Array<ArrayBuffer> } =>
  body.length > 0 ? { body } : {}

function headersOf(request: Request, body: Uint8Array): Record<string, string> {
  const headers: Record<string, string> = { host: new URL(request.url).host }
  for (const [name, value] of request.headers) headers[name] = value
  if (body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(request.method)) headers['content-length'] = `${body.length}`
  return headers
}

interface Sending {
  readonly url: URL
  readonly port: number
  readonly ca: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: Uint8Array
  readonly signal: AbortSignal
}

function send({ url, port, ca, method, headers, body, signal }: Sending): Promise<Response> {
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest({
      host: '127.0.0.1',
      port,
      servername: url.hostname,
      ca,
      method,
      headers,
      path: url.pathname + url.search,
      agent: false,
    })
    const abort = (): void => {
      reject(signal.reason)
      outgoing.destroy()
    }
    signal.addEventListener('abort', abort, { once: true })
    const settled = (): void => signal.removeEventListener('abort', abort)
    outgoing.once('error', (cause) => {
      settled()
      reject(new TypeError(`fetch failed: ${cause.message}`, { cause }))
    })
    outgoing.once('response', (incoming) => {
      const status = incoming.statusCode ?? 0
      const init = { status, statusText: incoming.statusMessage ?? '', headers: receivedHeaders(incoming.rawHeaders) }
      if (!isBodiless(status)) return resolve(new Response(contentStream(incoming, signal, settled), init))
      settled()
      incoming.resume()
      resolve(new Response(null, init))
    })
    outgoing.end(body)
  })
}

function receivedHeaders(raw: readonly string[]): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < raw.length; at += 2) headers.append(raw[at] ?? '', raw[at + 1] ?? '')
  return headers
}

/** A body that ends early is an error to its reader, never a short text. */
function contentStream(
  incoming: IncomingMessage,
  signal: AbortSignal,
  settled: () => void,
): ReadableStream<Uint8Array> {
  let over = false
  const finish = (end: () => void): void => {
    if (over) return
    over = true
    settled()
    end()
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const broken = (cause?: unknown): void =>
        finish(() => controller.error(signal.aborted ? signal.reason : new TypeError('terminated', { cause })))
      incoming.on('data', (chunk: Uint8Array) => over || controller.enqueue(new Uint8Array(chunk)))
      incoming.once('end', () => (incoming.complete ? finish(() => controller.close()) : broken()))
      incoming.once('error', broken)
      incoming.once('close', () => broken())
      signal.addEventListener('abort', () => broken(), { once: true })
    },
    cancel: () => finish(() => incoming.destroy()),
  })
}
