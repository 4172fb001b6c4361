import { FetchInterceptor } from '@mswjs/interceptors/fetch/web'
import { InterceptorSource, defineNetwork } from 'msw/experimental'
import { http } from 'msw/http'

/** The stage's half of the interception door: every fetch of this thread goes to `relay`, and none to a network. */
export function fetchNetwork(relay: (request: Request) => Promise<Response>): {
  enable(): Promise<void>
  disable(): Promise<void>
} {
  const network = defineNetwork({
    // msw and @mswjs/interceptors each declare the private members of the same class.
    sources: [new InterceptorSource({ interceptors: [new FetchInterceptor() as never] })],
    handlers: [http.all(/.*/, ({ request }) => relay(request))],
    onUnhandledFrame: 'error',
    // Otherwise every request is logged, tokens included.
    context: { quiet: true },
  })
  return {
    enable: async () => void (await network.enable()),
    disable: async () => void (await network.disable()),
  }
}
