import type { RequestHandler } from 'msw'
import type { MockWorld } from '../mock-world.ts'
import { type Actor, createExchange } from './http-observation.ts'

export interface Interception {
  /**
   * Answers a request that a stage caught. A host that is not mocked gets `Response.error()`: whoever relays it must
   * make the caller's fetch reject.
   */
  respond(request: Request, actor: Actor): Promise<Response>
}

/** The world's half of the interception door: requests come as web-standard objects, their wire form already lost. */
export function createInterception(world: MockWorld, handlers: readonly RequestHandler[]): Interception {
  const exchange = createExchange(world, handlers, { elsewhere: () => Response.error(), spoils: false })
  return {
    async respond(request, actor) {
      const { origin, pathname, search } = new URL(request.url)
      const { status, headers, body } = await exchange.answer(
        {
          method: request.method,
          origin,
          target: pathname + search,
          headers: [...request.headers],
          body: new Uint8Array(await request.arrayBuffer()),
        },
        actor,
      )
      if (status === 0) return Response.error()
      const content = body.length === 0 ? null : body
      return new Response(content, { status, headers: headers.map(([name, value]): [string, string] => [name, value]) })
    },
  }
}
