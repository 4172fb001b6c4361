import fixture from '../../../fixtures/google/authorization-errors.json' with { type: 'json' }
import type { RegisteredClient } from '../registration/clients.ts'
import { findClient } from '../registration/clients.ts'
import { repeatedName, valueOf } from '../form.ts'
import { isLoopbackRedirect } from './loopback.ts'
import type { Challenge } from '../grants/pkce.ts'
import { scopesOf, unknownScopes } from '../scopes.ts'
import type { Switches } from '../switches.ts'

export type ProblemName = keyof typeof fixture

/** Why an authorization request ends on an error page; `value` stands for `{value}` in the page's text. */
export interface Problem {
  readonly problem: ProblemName
  readonly value: string
}

/** An authorization request that may go before the user (RFC 6749 §4.1.1, RFC 7636 §4.3). */
export interface AuthorizationRequest {
  readonly client: RegisteredClient
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string | null
  readonly nonce: string | null
  readonly accessType: 'online' | 'offline'
  readonly prompt: readonly string[]
  readonly loginHint: string | null
  readonly challenge: Challenge | null
  readonly includeGrantedScopes: boolean
}

type Rules = { readonly clients: readonly RegisteredClient[]; readonly switches: Switches }

const problem = (name: ProblemName, value = ''): Problem => ({ problem: name, value })

/** Reads an authorization request, or says which of Google's error pages it earns (rows of the captured pages). */
export function readAuthorizationRequest(
  parameters: URLSearchParams,
  { clients, switches }: Rules,
): AuthorizationRequest | Problem {
  const found = problemWith(parameters, { clients, switches })
  if (found !== undefined) return found
  const challenge = valueOf(parameters, 'code_challenge')
  return {
    client: findClient(clients, parameters.get('client_id')!)!,
    redirectUri: parameters.get('redirect_uri')!,
    scopes: scopesOf(parameters.get('scope')!),
    state: parameters.get('state'),
    nonce: valueOf(parameters, 'nonce'),
    accessType: parameters.get('access_type') === 'offline' ? 'offline' : 'online',
    prompt: promptsOf(parameters),
    loginHint: valueOf(parameters, 'login_hint'),
    // Google, native-app guide: `plain` when a challenge comes without a method.
    challenge:
      challenge === null
        ? null
        : { method: parameters.get('code_challenge_method') === 'S256' ? 'S256' : 'plain', value: challenge },
    includeGrantedScopes: parameters.get('include_granted_scopes') === 'true',
  }
}

function problemWith(parameters: URLSearchParams, { clients, switches }: Rules): Problem | undefined {
  const repeated = repeatedName(parameters)
  if (repeated !== undefined) return problem('parameter-repeated', repeated)
  const clientId = valueOf(parameters, 'client_id')
  if (clientId === null) return problem('parameter-missing', 'client_id')
  const client = findClient(clients, clientId)
  if (client === undefined) return problem('client-unknown')
  return (
    responseTypeProblem(parameters, switches) ??
    redirectUriProblem(valueOf(parameters, 'redirect_uri'), client) ??
    scopeProblem(parameters) ??
    challengeProblem(parameters) ??
    promptProblem(parameters) ??
    notAllowed(parameters)
  )
}

/** `code` is the only one that this mock plays; Google serves others to web pages, which no mail program is. */
const otherResponseTypes = /^(none|(code|token|id_token)( (code|token|id_token))*)$/

function responseTypeProblem(parameters: URLSearchParams, switches: Switches): Problem | undefined {
  const type = valueOf(parameters, 'response_type')
  if (type === null) return problem('response-type-missing')
  if (type === 'code') return undefined
  return problem(otherResponseTypes.test(type) ? 'response-type-unsupported' : switches.unknownResponseType, type)
}

const outOfBand: ReadonlySet<string> = new Set(['oob', 'urn:ietf:wg:oauth:2.0:oob', 'urn:ietf:wg:oauth:2.0:oob:auto'])
const privateAddress = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/

/** Web: an exact registered value; Desktop: any loopback URI (Google, web-server and native-app guides). */
function redirectUriProblem(uri: string | null, client: RegisteredClient): Problem | undefined {
  if (uri === null) return problem('parameter-missing', 'redirect_uri')
  if (outOfBand.has(uri)) return problem(client.kind === 'web' ? 'redirect-uri-mismatch' : 'out-of-band', uri)
  const url = URL.parse(uri)
  if (url === null || uri.includes('#')) return problem('redirect-uri-invalid', uri)
  const registered = client.kind === 'web' ? client.redirect_uris.includes(uri) : isLoopbackRedirect(uri)
  if (registered) return undefined
  return problem(privateAddress.test(url.hostname) ? 'private-address' : 'redirect-uri-mismatch', uri)
}

function scopeProblem(parameters: URLSearchParams): Problem | undefined {
  const scopes = scopesOf(parameters.get('scope') ?? '')
  if (scopes.length === 0) return problem('parameter-missing', 'scope')
  const unknown = unknownScopes(scopes)
  return unknown.length === 0 ? undefined : problem('scope-invalid', unknown.join(', '))
}

function challengeProblem(parameters: URLSearchParams): Problem | undefined {
  const method = valueOf(parameters, 'code_challenge_method')
  return method === null || method === 'S256' || method === 'plain'
    ? undefined
    : problem('challenge-method-invalid', method)
}

const prompts: ReadonlySet<string> = new Set(['none', 'consent', 'select_account'])
const promptsOf = (parameters: URLSearchParams): readonly string[] =>
  (parameters.get('prompt') ?? '').split(' ').filter((prompt) => prompt !== '')

/** `none` must stand alone (Google, web-server guide). */
function promptProblem(parameters: URLSearchParams): Problem | undefined {
  const asked = promptsOf(parameters)
  const wrong = asked.find((prompt) => !prompts.has(prompt))
  if (wrong !== undefined) return problem('prompt-invalid', wrong)
  return asked.length > 1 && asked.includes('none') ? problem('prompt-invalid', asked.join(' ')) : undefined
}

/** Google refuses some stray parameters by name; which others is not known, so the rest pass. */
const refusedNames = ['username', 'action']

function notAllowed(parameters: URLSearchParams): Problem | undefined {
  const name = refusedNames.find((refused) => parameters.has(refused))
  return name === undefined ? undefined : problem('parameter-not-allowed', name)
}

/** The words of a problem's page. */
export function pageOf({ problem: name, value }: Problem) {
  const { number, code, message, ...rest } = fixture[name]
  return {
    number,
    code,
    message: message.replace('{value}', value),
    help: 'help' in rest ? rest.help : 'https://developers.google.com/identity/protocols/oauth2',
  }
}
