import { type HttpHandler, http } from 'msw/http'
import { badRequest, headersOf, methodNotAllowed, notFound } from './answers.ts'
import { addresses } from './endpoints.ts'
import { type Body, bodyOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'

/** A request as an endpoint sees it: its body is read, and has no parameters unless it is a form. */
export interface Asked extends Body {
  readonly request: Request
  /** Where it was asked, without the query. */
  readonly address: string
  readonly query: URLSearchParams
}

type Answer = (asked: Asked) => Response | Promise<Response>
type Methods = Readonly<Partial<Record<'GET' | 'POST', Answer>>>
type RoutedEndpoint = Exclude<keyof typeof addresses, 'authorization-endpoint'>

/**
 * Every address of an endpoint. What its methods have in common stands here: those that it lacks get what Google was seen
 * to answer, and other origins may read the answer (Fetch standard §3.3). A door makes a GET of HEAD.
 */
export const route = (google: GoogleWorld, endpoint: RoutedEndpoint, methods: Methods): readonly HttpHandler[] =>
  addresses[endpoint].map((address) =>
    http.all(address, ({ request }) =>
      google.faults.answer(endpoint, async () => {
        const shared = google.switches.crossOrigin.includes(endpoint)
        if (shared && isPreflight(request)) return preflight(request)
        const response = await answer(google, { request, address }, methods)
        return shared ? readable(request, response) : response
      }),
    ),
  )

async function answer({ switches }: GoogleWorld, asked: Pick<Asked, 'request' | 'address'>, methods: Methods) {
  const { request } = asked
  const method = Object.hasOwn(methods, request.method) ? methods[request.method as keyof Methods] : undefined
  if (method === undefined)
    return switches.wrongMethod === 'not-found' ? notFound() : methodNotAllowed(namesOf(methods))
  const body = await bodyOf(request)
  if (body === undefined) return badRequest()
  return method({ ...asked, ...body, query: new URL(request.url).searchParams })
}

const namesOf = (methods: Methods): readonly string[] =>
  Object.keys(methods).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))

/**
 * The origin comes back, as captured, and never `access-control-allow-credentials`
 * (github.com/google/google-api-javascript-client issue 821).
 */
function readable(request: Request, response: Response): Response {
  const origin = request.headers.get('origin')
  if (origin !== null) response.headers.set('access-control-allow-origin', origin)
  return response
}

const isPreflight = ({ method, headers }: Request): boolean =>
  method === 'OPTIONS' && headers.has('access-control-request-method')

/** Fetch standard §4.8: whatever was asked is allowed. */
function preflight(request: Request): Response {
  const response = new Response(null, { status: 200, headers: headersOf('preflight') })
  for (const [asked, allowed] of [
    ['access-control-request-method', 'access-control-allow-methods'],
    ['access-control-request-headers', 'access-control-allow-headers'],
  ] as const) {
    const value = request.headers.get(asked)
    if (value !== null) response.headers.set(allowed, value)
  }
  return readable(request, response)
}
