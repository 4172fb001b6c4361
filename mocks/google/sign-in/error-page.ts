import { withoutPorts } from './loopback.ts'
import { escapeHtml, page, redirect } from '../answers.ts'
import { type AuthError, decodeAuthError, encodeAuthError } from './auth-error.ts'
import { type Problem, pageOf } from './authorization-request.ts'
import { errorPageAddress } from '../endpoints.ts'
import { valueOf } from '../form.ts'
import type { GoogleWorld } from '../google-world.ts'

/**
 * Sends the browser to Google's error page, never back to the client, and records why (RFC 6749 §4.1.2.1; captured
 * addresses carry `authError`, `client_id` when there was one, and `flowName`).
 */
export function refuseOnPage({ journal, secrets }: GoogleWorld, parameters: URLSearchParams, found: Problem): Response {
  const { code, message, number, help } = pageOf(found)
  const redirectUri = valueOf(parameters, 'redirect_uri')
  const details: AuthError['details'] = [
    ...(redirectUri === null ? [] : [['redirect_uri', redirectUri] as const]),
    ['flowName', 'GeneralOAuthFlow'],
  ]
  const query = new URLSearchParams({ authError: encodeAuthError({ code, message, number, help, details }) })
  const clientId = valueOf(parameters, 'client_id')
  if (clientId !== null) query.set('client_id', clientId)
  query.set('flowName', 'GeneralOAuthFlow')
  journal.record('authorization-endpoint', 'as.error.sent', {
    endpoint: 'authorization-endpoint',
    status: number,
    error: code,
    description: withoutPorts(secrets.mask(message)),
    reason: found.problem,
  })
  return redirect(`${errorPageAddress}?${query}`)
}

/** Titles of captured pages: a bad redirect blames the application by name, everything else does not. */
const titleOf = (error: AuthError): string =>
  error.code === 'redirect_uri_mismatch'
    ? "Access blocked: This app's request is invalid"
    : 'Access blocked: Authorization Error'

/** The page itself, told by its address alone. */
export function errorPage({ switches }: GoogleWorld, parameters: URLSearchParams): Response {
  const error = decodeAuthError(parameters.get('authError') ?? '')
  if (error === undefined) return page(switches.errorPageStatus, 'Error', '<p>Something went wrong.</p>')
  const title = titleOf(error)
  const details = error.details.map(([name, value]) => `<li>${escapeHtml(`${name}=${value}`)}</li>`).join('')
  return page(
    switches.errorPageStatus,
    title,
    `<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(error.message)} <a href="${escapeHtml(error.help)}">Learn more about this error</a></p>
<p>Error ${error.number}: ${escapeHtml(error.code)}</p>
<p>Request details:</p>
<ul>${details}</ul>`,
  )
}
