import { redirect } from '../answers.ts'
import type { GoogleWorld } from '../google-world.ts'
import { issuer } from '../id-tokens/claims.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import { isOutOfBand } from '../registration/redirect-uris.ts'
import { canonical, inRedirect } from '../scopes.ts'
import { signInPages } from './addresses.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

export interface Approval {
  readonly account: RegisteredAccount
  readonly scopes: readonly string[]
  readonly consentShown: boolean
  /** The account's place among those of the browser. */
  readonly authuser: number
}

/**
 * Sends a code to the redirection endpoint: `state`, `iss`, `code`, `scope`, `authuser`, `hd`, `prompt`, in the order of
 * captured redirects (RFC 6749 §4.1.2, RFC 9207 §2).
 */
export function sendCode(
  { grants, switches }: GoogleWorld,
  request: AuthorizationRequest,
  { account, scopes: approved, consentShown, authuser }: Approval,
): Response {
  const earlier = request.includeGrantedScopes ? grants.consented(account, request.client.project) : []
  const scopes = union(approved, earlier)
  const code = grants.issueCode({ ...request, account, scopes, consentShown })
  const parameters = new URLSearchParams()
  if (request.state !== null) parameters.set('state', request.state)
  if (switches.issuerInRedirect) parameters.set('iss', issuer)
  parameters.set('code', code)
  parameters.set('scope', inRedirect(scopes))
  parameters.set('authuser', String(authuser))
  if (account.organisation !== null) parameters.set('hd', account.organisation)
  parameters.set('prompt', consentShown ? 'consent' : 'none')
  return to(request.redirectUri, parameters)
}

/** Sends an error to the redirection endpoint, with `state` (RFC 6749 §4.1.2.1; Google, web-server guide). */
export function sendError(
  { journal, switches }: GoogleWorld,
  request: AuthorizationRequest,
  error: string,
  reason: string,
): Response {
  journal.record('authorization-endpoint', 'as.error.sent', {
    endpoint: 'authorization-endpoint',
    status: 302,
    error,
    description: '',
    reason,
  })
  const parameters = new URLSearchParams()
  if (request.state !== null) parameters.set('state', request.state)
  if (switches.issuerInErrorRedirect) parameters.set('iss', issuer)
  parameters.set('error', error)
  return to(request.redirectUri, parameters)
}

/** To the client, or to the page that stands in for it (captured: the response as one parameter, the code as another). */
function to(redirectUri: string, response: URLSearchParams): Response {
  if (!isOutOfBand(redirectUri))
    return redirect(`${inAscii(redirectUri)}${redirectUri.includes('?') ? '&' : '?'}${response}`)
  const query = new URLSearchParams({ auto: 'false', response: String(response), hl: 'en' })
  const code = response.get('code')
  if (code !== null) query.set('approvalCode', code)
  return redirect(`${signInPages.approval}?${query}`)
}

/** A header field holds no other characters; a URI never has them, but a request may bring one that does. */
const inAscii = (uri: string): string => uri.replace(/[^!-~]+/gu, encodeURIComponent)

/** Requested scopes first; of two spellings of one scope, the requested one. */
function union(requested: readonly string[], earlier: Iterable<string>): readonly string[] {
  const known = new Set(requested.map(canonical))
  return [...requested, ...[...earlier].filter((scope) => !known.has(canonical(scope)))]
}
