import { http } from 'msw/http'
import type { RegisteredAccount } from './registration/accounts.ts'
import { sendCode, sendError } from './sign-in/authorization-response.ts'
import { type AuthorizationRequest, readAuthorizationRequest } from './sign-in/authorization-request.ts'
import { type BrowserSession, BrowserSessions } from './sign-in/browser-sessions.ts'
import { consentPage, optionalScopes } from './sign-in/consent-page.ts'
import { addresses, consentAddress, errorPageAddress } from './endpoints.ts'
import { errorPage, refuseOnPage } from './sign-in/error-page.ts'
import { formOf, valueOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import { canonical, isIdentityScope } from './scopes.ts'

/** The authorization endpoint (RFC 6749 §3.1): a consent screen for a person, or an error page. */
export function authorizationEndpoint(google: GoogleWorld) {
  const sessions = new BrowserSessions(google)
  return [
    ...addresses['authorization-endpoint'].map((address) =>
      http.get(address, ({ request }) =>
        google.faults.answer('authorization-endpoint', () => authorize(google, sessions, request)),
      ),
    ),
    http.post(consentAddress, async ({ request }) => decide(google, sessions, request, await formOf(request))),
    http.get(errorPageAddress, ({ request }) => errorPage(google, new URL(request.url).searchParams)),
  ]
}

function authorize(google: GoogleWorld, sessions: BrowserSessions, request: Request): Response {
  const parameters = new URL(request.url).searchParams
  const authorization = readAuthorizationRequest(parameters, google)
  if ('problem' in authorization) return refuseOnPage(google, parameters, authorization)
  const session = sessions.of(request)
  const { prompt } = authorization
  const account = prompt.includes('select_account') ? undefined : signedIn(google, session, authorization)
  if (account !== undefined && !prompt.includes('consent') && hasConsented(google, account, authorization)) {
    const { scopes } = authorization
    return sendCode(google, authorization, { account, scopes, consentShown: false, authuser: indexOf(google, account) })
  }
  if (prompt.includes('none')) {
    const { noSession, noConsent } = google.switches.promptNoneErrors
    return sendError(google, authorization, account === undefined ? noSession : noConsent, 'prompt-none')
  }
  const id = sessions.showForm(session, authorization)
  const chosen = account ?? hinted(google, authorization)
  return sessions.setCookie(consentPage(authorization, { id, accounts: google.accounts, chosen }), session)
}

/** The posted consent form. */
function decide(google: GoogleWorld, sessions: BrowserSessions, request: Request, form: URLSearchParams): Response {
  const session = sessions.of(request)
  const authorization = sessions.formOf(session, form.get('request'))
  const account = google.accounts.find(({ sub }) => sub === valueOf(form, 'account'))
  if (authorization === undefined || account === undefined)
    return refuseOnPage(google, form, { problem: 'consent-stale', value: '' })
  session.account = account
  if (form.get('decision') !== 'allow') return sendError(google, authorization, 'access_denied', 'denied')
  const ticked = new Set(form.getAll('scope'))
  const scopes = authorization.scopes.filter((scope) => isIdentityScope(scope) || ticked.has(scope))
  // Google, web-server guide: a code when at least one scope is granted, an error when none is.
  const grantsNothing = optionalScopes(authorization.scopes).length > 0 && ticked.size === 0
  if (grantsNothing) return sendError(google, authorization, 'access_denied', 'no-scope-granted')
  google.grants.consent(account, authorization.client.project, scopes)
  return sendCode(google, authorization, { account, scopes, consentShown: true, authuser: indexOf(google, account) })
}

const indexOf = ({ accounts }: GoogleWorld, account: RegisteredAccount): number => accounts.indexOf(account)

const hinted = ({ accounts }: GoogleWorld, { loginHint }: AuthorizationRequest): RegisteredAccount | undefined =>
  accounts.find(({ address, sub }) => loginHint === address || loginHint === sub)

/** Who this browser is signed in as, unless the request hints at somebody else. */
function signedIn(
  google: GoogleWorld,
  session: BrowserSession,
  request: AuthorizationRequest,
): RegisteredAccount | undefined {
  if (request.loginHint === null) return session.account
  const hint = hinted(google, request)
  return hint === session.account ? hint : undefined
}

function hasConsented(
  { grants }: GoogleWorld,
  account: RegisteredAccount,
  { client, scopes }: AuthorizationRequest,
): boolean {
  const consented = grants.consented(account, client.project)
  return scopes.every((scope) => consented.has(canonical(scope)))
}
