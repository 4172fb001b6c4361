import pages from '../../../fixtures/google/sign-in-pages.json' with { type: 'json' }
import { escapeHtml, redirect } from '../answers.ts'
import { valueOf } from '../form.ts'
import type { GoogleWorld } from '../google-world.ts'
import { findClient } from '../registration/clients.ts'
import { signInPages } from './addresses.ts'
import { type AuthError, type Developer, decodeAuthError, encodeAuthError } from './auth-error.ts'
import { withoutPorts } from './loopback.ts'
import { type Problem, authErrorOf } from './problem.ts'
import { list, paragraphs, screen } from './screen.ts'
import { fill } from './wording.ts'

/**
 * Sends the browser to Google's error page, never back to the client, and records why (RFC 6749 §4.1.2.1; captured
 * addresses carry `authError`, `client_id` when there was one, and `flowName`).
 */
export function refuseOnPage(google: GoogleWorld, parameters: URLSearchParams, found: Problem): Response {
  const { journal, secrets } = google
  const error = authErrorOf(found, appOf(google, parameters), parameters)
  const query = new URLSearchParams({ authError: encodeAuthError(error) })
  const clientId = valueOf(parameters, 'client_id')
  if (clientId !== null) query.set('client_id', clientId)
  query.set('flowName', 'GeneralOAuthFlow')
  journal.record('authorization-endpoint', 'as.error.sent', {
    endpoint: 'authorization-endpoint',
    status: error.number,
    error: error.code,
    description: withoutPorts(secrets.mask(error.developer?.message || error.message)),
    reason: found.problem,
  })
  return redirect(`${signInPages.error}?${query}`)
}

/** What the page calls the application; captured pages of unknown clients speak of "this app". */
const appOf = ({ clients }: GoogleWorld, parameters: URLSearchParams): string =>
  findClient(clients, valueOf(parameters, 'client_id') ?? '')?.project.name ?? 'this app'

const isBlocked = (developer: Developer | null): boolean => developer?.kind === 1

/** Titles and texts of captured pages: what is wrong with a blocked request only its developer learns. */
function wordsOf({ code, message, developer }: AuthError, app: string) {
  const { titles, invalid } = pages.error
  const named: Readonly<Record<string, string>> = titles
  const title = named[code] ?? (isBlocked(developer) ? titles.blocked : titles.default)
  const subject = code === 'redirect_uri_mismatch' ? 'this app' : app
  return {
    title: fill(title, { app }),
    text: isBlocked(developer) ? fill(invalid, { app: subject }) : message,
  }
}

/** The page itself, told by its address alone. */
export function errorPage(google: GoogleWorld, parameters: URLSearchParams): Response {
  const status = google.switches.errorPageStatus
  const error = decodeAuthError(parameters.get('authError') ?? '')
  if (error === undefined)
    return screen({ status, heading: 'Something went wrong', content: '<p>This address names no error.</p>' })
  const app = appOf(google, parameters)
  const { title, text } = wordsOf(error, app)
  const headline = `Error ${error.number}: ${error.code}`
  return screen({
    status,
    title,
    heading: title,
    content: `${paragraphs(text)}
<p>${link(error.help, 'Learn more about this error')}</p>
<details><summary>If you are a developer of ${escapeHtml(app)}, see error details.</summary>
<h2>${escapeHtml(headline)}</h2>
${paragraphs(error.developer?.message ?? '')}
<p>Request details:</p>
${list([...error.details, ['flowName', parameters.get('flowName') ?? '']].map(([name, value]) => `${name}=${value}`))}
${error.developer === null ? '' : `<p>${link(error.developer.help, 'Related developer documentation')}</p>`}
</details>
<p>${escapeHtml(headline)}</p>`,
  })
}

/** Whoever wrote the address chose the target, so nothing but a web page will do. */
const link = (href: string, label: string): string =>
  href.startsWith('https://') ? `<a href="${escapeHtml(href)}">${label}</a>` : label
