import { type HttpHandler, http } from 'msw/http'
import { methodNotAllowed } from './answers.ts'
import { addresses } from './endpoints.ts'
import { formOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import { signInPages } from './sign-in/addresses.ts'
import { approvalPage } from './sign-in/approval-page.ts'
import { readAuthorizationRequest } from './sign-in/authorization-request.ts'
import { BrowserSessions, type SignIn } from './sign-in/browser-sessions.ts'
import { errorPage, refuseOnPage } from './sign-in/error-page.ts'
import { Journey } from './sign-in/journey.ts'
import { problem } from './sign-in/problem.ts'

type Answer = (request: Request) => Response | Promise<Response>

/** The authorization endpoint (RFC 6749 §3.1): pages for a person that end at the client, or an error page. */
export function authorizationEndpoint(google: GoogleWorld): readonly HttpHandler[] {
  const sessions = new BrowserSessions(google)
  const journey = new Journey(google, sessions)

  /** A request comes in the query or, as OpenID Connect Core §3.1.2.1 wants it too, in a form. */
  const authorize: Answer = (request) =>
    google.faults.answer('authorization-endpoint', async () => {
      const parameters = request.method === 'POST' ? await formOf(request) : queryOf(request)
      const authorization = readAuthorizationRequest(parameters, request.headers.get('user-agent') ?? '', google)
      if ('problem' in authorization) return refuseOnPage(google, parameters, authorization)
      const session = sessions.of(request)
      return sessions.setCookie(journey.begin(session, authorization), session)
    })

  const answered =
    (take: (signIn: SignIn, form: URLSearchParams) => Response): Answer =>
    async (request) => {
      const form = await formOf(request)
      const signIn = sessions.waiting(request, form.get('part'))
      return signIn === undefined ? refuseOnPage(google, form, problem('consent-stale')) : take(signIn, form)
    }

  return [
    ...addresses['authorization-endpoint'].flatMap((address) => at(address, { get: authorize, post: authorize })),
    ...at(signInPages.accounts, { post: answered((signIn, form) => journey.choose(signIn, form)) }),
    ...at(signInPages.warning, { post: answered((signIn, form) => journey.heed(signIn, form)) }),
    ...at(signInPages.identity, { post: answered((signIn, form) => journey.identify(signIn, form)) }),
    ...at(signInPages.consent, { post: answered((signIn, form) => journey.decide(signIn, form)) }),
    ...at(signInPages.approval, { get: (request) => approvalPage(queryOf(request)) }),
    ...[signInPages.error, signInPages.olderError].flatMap((address) =>
      at(address, { get: (request) => errorPage(google, queryOf(request)) }),
    ),
  ]
}

const queryOf = (request: Request): URLSearchParams => new URL(request.url).searchParams

/** What an address answers: HEAD as GET does but for the body (RFC 9110 §9.3.2), and no method that it does not have. */
function at(address: string, { get, post }: { readonly get?: Answer; readonly post?: Answer }): readonly HttpHandler[] {
  const methods = [...(get === undefined ? [] : ['GET', 'HEAD']), ...(post === undefined ? [] : ['POST'])]
  return [
    http.all(address, async ({ request }) => {
      const answer = request.method === 'POST' ? post : methods.includes(request.method) ? get : undefined
      const response = (await answer?.(request)) ?? methodNotAllowed(methods)
      return request.method === 'HEAD' ? new Response(null, response) : response
    }),
  ]
}
