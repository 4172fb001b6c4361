import type { RequestHandler } from 'msw'
import { getResponse } from 'msw/utils/get-response'
import type { Endpoint, Observed } from '../../harness/model/observation.ts'
import type { Position } from '../../harness/model/position.ts'
import { notFound, page } from '../google/answers.ts'
import { endpointAt, isMocked } from '../google/endpoints.ts'
import { withoutPorts } from '../google/sign-in/loopback.ts'
import type { MockWorld } from '../mock-world.ts'
import { Masking } from './masking.ts'

export type Actor = Observed['http.request']['actor']

/** A request as it crossed the wire, before a WHATWG Request normalises its path, host and repeated headers. */
export interface WireRequest {
  readonly method: string
  /** Such as `https://accounts.google.com`; from the Host header where there is one. */
  readonly origin: string
  /** Path and query as sent. */
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array<ArrayBuffer>
}

/** Records a request, lets the handlers decide, records the answer. */
export type Exchange = (wire: WireRequest, actor: Actor) => Promise<Response>

/**
 * What every door shares: the record of what crossed it, and one handler list that decides. The door itself answers
 * whatever is not an origin-form request (RFC 9112 §3.2.1) for a mocked host.
 *
 * @param refuse answers for a host that is not mocked; nothing ever reaches a real network
 */
export function createExchange(
  world: MockWorld,
  handlers: readonly RequestHandler[],
  refuse: () => Response,
): Exchange {
  const masking = new Masking(world.secrets)
  const list = [...handlers]

  const decide = async (wire: WireRequest, endpoint: Endpoint): Promise<Response> => {
    if (!isMocked(wire.origin)) return refuse()
    if (!isOriginForm(wire.target))
      return page(400, 'Error 400 (Bad Request)!!1', '<p><b>400.</b> Malformed request.</p>')
    const request = endpoint === 'elsewhere' ? undefined : requestOf(wire)
    return (request && (await getResponse(list, request))) ?? notFound()
  }

  return async (wire, actor) => {
    const path = pathOf(wire.target)
    const endpoint = isOriginForm(wire.target) ? endpointAt(wire.origin, path) : 'elsewhere'
    const to = world.journal.record(endpoint, 'http.request', {
      endpoint,
      method: masking.text(wire.method),
      origin: masking.text(wire.origin),
      ...masking.describe(wire),
      actor,
    })
    const response = await decide(wire, endpoint)
    return recordAnswer(world, response, endpoint, to)
  }
}

const pathOf = (target: string): string => target.split(/[?#]/, 1)[0]!

/** Origin form whose path a URL parser would leave alone: dot segments and backslashes never reach an endpoint. */
function isOriginForm(target: string): boolean {
  if (!target.startsWith('/') || target.startsWith('//') || target.includes('#')) return false
  return URL.parse(target, 'https://origin.invalid')?.pathname === pathOf(target)
}

/** Undefined for what a Request cannot say, such as the method TRACE. */
function requestOf({ method, origin, target, headers, body }: WireRequest): Request | undefined {
  try {
    const init = { method, headers: new Headers(headers.map(([name, value]): [string, string] => [name, value])) }
    const hasBody = body.length > 0 && method !== 'GET' && method !== 'HEAD'
    return new Request(origin + target, hasBody ? { ...init, body } : init)
  } catch {
    return undefined
  }
}

/** Records an answer and returns it, its body read once. */
async function recordAnswer(
  { journal, secrets }: MockWorld,
  response: Response,
  endpoint: Endpoint,
  to: Position,
): Promise<Response> {
  const contentType = response.headers.get('content-type')
  if (response.type === 'error') {
    journal.record(endpoint, 'http.response', { endpoint, to, status: 0, contentType })
    return response
  }
  // Octets, because a Response made of text would add a content type of the runtime's own.
  const body = response.body === null ? null : new Uint8Array(await response.arrayBuffer())
  const { error, description } = errorIn(response, body === null ? '' : new TextDecoder().decode(body))
  journal.record(endpoint, 'http.response', {
    endpoint,
    to,
    status: response.status,
    contentType,
    ...(error === undefined ? {} : { error: secrets.mask(error) }),
    ...(description === undefined ? {} : { description: withoutPorts(secrets.mask(description)) }),
  })
  return new Response(body, { status: response.status, headers: response.headers })
}

/** The error that a JSON body or a redirect carries (RFC 6749 §5.2 and §4.1.2.1). */
function errorIn(response: Response, body: string): { error?: string; description?: string } {
  const location = URL.parse(response.headers.get('location') ?? '')
  const members = location === null ? jsonMembers(response, body) : Object.fromEntries(location.searchParams)
  const { error, error_description: description } = members
  return {
    ...(typeof error === 'string' ? { error } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  }
}

function jsonMembers(response: Response, body: string): Record<string, unknown> {
  if (response.headers.get('content-type')?.startsWith('application/json') !== true) return {}
  try {
    const document: unknown = JSON.parse(body)
    return typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
