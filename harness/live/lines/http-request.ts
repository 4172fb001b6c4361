import type { HttpAnswer, HttpRequest } from '../../runtime/http-exchange.ts'
import { LiveTrouble } from '../trouble.ts'

/** Statuses whose Response refuses any body, an empty one too (Fetch standard). */
const isBodiless = (status: number): boolean => [204, 205, 304].includes(status)

/** A request as it goes over the wire: one on its connection, its answer in no encoding but its own. */
export async function requestOf(url: URL, init: RequestInit): Promise<HttpRequest> {
  const body = new Uint8Array(await new Response(init.body ?? null).arrayBuffer())
  const fields = new Headers(init.headers)
  const type = typeOf(init.body)
  if (type !== undefined && !fields.has('content-type')) fields.set('content-type', type)
  const method = (init.method ?? 'GET').toUpperCase()
  const counted = body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method)
  return {
    method,
    target: url.pathname + url.search,
    headers: {
      ...Object.fromEntries(fields),
      host: url.host,
      connection: 'close',
      'accept-encoding': 'identity',
      ...(counted ? { 'content-length': `${body.length}` } : {}),
    },
    body,
  }
}

/** What a body is by itself (Fetch standard); Bun tells it too late. */
function typeOf(body: RequestInit['body']): string | undefined {
  if (body instanceof URLSearchParams) return 'application/x-www-form-urlencoded;charset=UTF-8'
  return typeof body === 'string' ? 'text/plain;charset=UTF-8' : undefined
}

/** @throws LiveTrouble `not-understood` for what no Response can say */
export function responseOf({ status, statusText, headers, body }: HttpAnswer, where: string): Response {
  try {
    const known = new Headers()
    for (const [name, value] of headers) known.append(name, value)
    return new Response(isBodiless(status) ? null : body, { status, statusText, headers: known })
  } catch (error) {
    throw new LiveTrouble('not-understood', `${where}: an answer of HTTP with status ${status}`, { cause: error })
  }
}
