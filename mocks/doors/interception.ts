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
  const exchange = createExchange(world, handlers, () => Response.error())
  return {
    async respond(request, actor) {
      const { origin, pathname, search } = new URL(request.url)
      const body = new Uint8Array(await request.arrayBuffer())
      return exchange(
        { method: request.method, origin, target: pathname + search, headers: [...request.headers], body },
        actor,
      )
    },
  }
}
