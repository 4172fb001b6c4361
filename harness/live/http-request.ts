import type { HttpAnswer, HttpRequest } from '../runtime/http-exchange.ts'
import { LiveTrouble } from './trouble.ts'

/** Statuses whose Response refuses any body, an empty one too (Fetch standard). */
const isBodiless = (status: number): boolean => [204, 205, 304].includes(status)

/** A request as it goes over the wire: one on its connection, its answer in no encoding but its own. */
export async function requestOf(url: URL, init: RequestInit): Promise<HttpRequest> {
  // The platform knows what type each kind of body has, and which fields are none.
  const request = new Request(url, { ...init, redirect: 'manual', signal: null })
  const body = new Uint8Array(await request.arrayBuffer())
  const { method } = request
  const counted = body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method)
  return {
    method,
    target: url.pathname + url.search,
    headers: {
      ...Object.fromEntries(request.headers),
      host: url.host,
      connection: 'close',
      'accept-encoding': 'identity',
      ...(counted ? { 'content-length': `${body.length}` } : {}),
    },
    body,
  }
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
