import type { RegisteredAccount } from '../registration/accounts.ts'
import { redirect } from '../answers.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import { canonical, inRedirect } from '../scopes.ts'
import type { GoogleWorld } from '../google-world.ts'
import { issuer } from '../id-token.ts'

const to = (redirectUri: string, parameters: URLSearchParams): Response =>
  redirect(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${parameters}`)

/**
 * Sends a code to the redirection endpoint: `state`, `iss`, `code`, `scope`, `authuser`, `prompt`, in the order of
 * captured redirects (RFC 6749 §4.1.2, RFC 9207 §2).
 */
export function sendCode(
  { grants, switches }: GoogleWorld,
  request: AuthorizationRequest,
  answer: {
    readonly account: RegisteredAccount
    readonly scopes: readonly string[]
    readonly consentShown: boolean
    readonly authuser: number
  },
): Response {
  const { account, consentShown } = answer
  const earlier = request.includeGrantedScopes ? grants.consented(account, request.client.project) : []
  const scopes = union(answer.scopes, earlier)
  const code = grants.issueCode({ ...request, account, scopes, consentShown })
  const parameters = new URLSearchParams()
  if (request.state !== null) parameters.set('state', request.state)
  if (switches.issuerInRedirect) parameters.set('iss', issuer)
  parameters.set('code', code)
  parameters.set('scope', inRedirect(scopes))
  parameters.set('authuser', String(answer.authuser))
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

/** Requested scopes first; of two spellings of one scope, the requested one. */
function union(requested: readonly string[], earlier: Iterable<string>): readonly string[] {
  const known = new Set(requested.map(canonical))
  return [...requested, ...[...earlier].filter((scope) => !known.has(canonical(scope)))]
}
