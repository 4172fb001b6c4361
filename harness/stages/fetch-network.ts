import { FetchInterceptor } from '@mswjs/interceptors/fetch/web'
import { InterceptorSource, defineNetwork } from 'msw/experimental'
import { http } from 'msw/http'

export interface FetchNetwork {
  enable(): void | Promise<void>
  disable(): void | Promise<void>
}

/**
 * Catches every request of this thread's global `fetch` and lets `relay` answer it; a rejected relay rejects the fetch,
 * and nothing passes by to a real network. Works alike on Node, Bun and Deno, which `setupServer` does not.
 */
export function fetchNetwork(relay: (request: Request) => Promise<Response>): FetchNetwork {
  return defineNetwork({
    // The two packages declare the interceptor's private members apart; at run time it is one class.
    sources: [new InterceptorSource({ interceptors: [new FetchInterceptor() as never] })],
    // A relay that fails is a network error; thrown on, it would be printed and answered with 500.
    handlers: [http.all('*', ({ request }) => relay(request).catch(() => Response.error()))],
    onUnhandledFrame: 'error',
    // Otherwise every request is logged, tokens included.
    context: { quiet: true },
  })
}
