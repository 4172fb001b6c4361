import type { RequestHandler } from 'msw'
import { getResponse } from 'msw/utils/get-response'
import type { Endpoint, Observed } from '../../harness/model/observation.ts'
import { notFound } from '../google/answers.ts'
import { endpointAt, isMocked } from '../google/endpoints.ts'
import { transportOf } from '../google/faults/transport.ts'
import type { MockWorld } from '../mock-world.ts'
import { type WireAnswer, toldBy, wireAnswerOf } from './http-answer.ts'
import { Masking } from './masking.ts'
import { type Problem, refusalPage, tooLarge } from './refusals.ts'
import { originForm, pathOf } from './request-target.ts'

export type Actor = Observed['http.request']['actor']

/** A request as it crossed the wire, before a WHATWG Request normalises its path, host and repeated headers. */
export interface WireRequest {
  readonly method: string
  /** Of the target URI, such as `https://accounts.google.com`; null where HTTP forbids what the Host fields say. */
  readonly origin: string | null
  /** The request target as sent. */
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array<ArrayBuffer>
  /** Such as `HTTP/1.1`, where the request crossed a wire in that form. */
  readonly version?: string
}

export interface Exchange {
  /** Records a request, lets the handlers decide, records the answer. */
  answer(wire: WireRequest, actor: Actor): Promise<WireAnswer>
  /** Records and answers what no handler could be asked. */
  refuse(problem: Problem): Promise<WireAnswer>
}

export interface DoorTraits {
  /** Answers for a host that is not mocked; nothing ever reaches a real network. */
  elsewhere(): Response
  /** Whether a transport fault can be shown here. */
  readonly spoils: boolean
}

/**
 * What every door shares: the record of what crossed it, and one handler list that decides. The door itself answers
 * whatever is not a well-formed request for a mocked host.
 */
export function createExchange(
  world: MockWorld,
  handlers: readonly RequestHandler[],
  { elsewhere, spoils }: DoorTraits,
): Exchange {
  const { journal, clock } = world
  const masking = new Masking(world.secrets)
  const list = [...handlers]

  const decide = async (wire: WireRequest, target: string | undefined, endpoint: Endpoint): Promise<Response> => {
    if (wire.origin === null) return refusalPage('malformed')
    if (wire.method === 'CONNECT') return refusalPage('not-implemented')
    if (!isMocked(wire.origin)) return elsewhere()
    if (target === undefined) return refusalPage('malformed')
    const request = endpoint === 'elsewhere' ? undefined : requestOf(wire, target)
    return (request && (await getResponse(list, request))) ?? notFound()
  }

  const refuse = async (problem: Problem): Promise<WireAnswer> => {
    const answer = await wireAnswerOf(refusalPage(problem), '', clock.now())
    journal.record('elsewhere', 'http.refused', { problem, status: answer.status })
    return answer
  }

  return {
    refuse,
    async answer(wire, actor) {
      const problem = tooLarge(wire, wire.body.length)
      if (problem !== undefined) return refuse(problem)
      const target = originForm(wire.method, wire.target)
      const endpoint = target === undefined ? 'elsewhere' : endpointAt(wire.origin ?? '', pathOf(target))
      const to = journal.record(endpoint, 'http.request', {
        endpoint,
        method: masking.text(wire.method),
        origin: masking.text(wire.origin ?? ''),
        ...masking.describe(wire),
        actor,
      })
      const { version } = wire
      if (version !== undefined) {
        const fields = wire.headers.map(([name]) => masking.text(name))
        journal.record('tls', 'tls.request', { to, version, fields })
      }
      const decided = await decide(wire, target, endpoint)
      // What was to be spoiled must not arrive whole.
      const response = spoils || transportOf(decided) === undefined ? decided : Response.error()
      const answer = await wireAnswerOf(response, wire.method, clock.now())
      journal.record(endpoint, 'http.response', { endpoint, to, ...toldBy(answer, (text) => masking.text(text)) })
      return answer
    },
  }
}

/** Undefined for what a Request cannot say, such as the method TRACE. */
function requestOf({ method, origin, headers, body }: WireRequest, target: string): Request | undefined {
  try {
    const init = {
      // RFC 9110 §9.3.2: HEAD is GET without the content.
      method: method === 'HEAD' ? 'GET' : method,
      headers: new Headers(headers.map(([name, value]): [string, string] => [name, value])),
    }
    const hasBody = body.length > 0 && init.method !== 'GET'
    return new Request(origin + target, hasBody ? { ...init, body } : init)
  } catch {
    return undefined
  }
}
