import type { ChallengeMethod, Challenge } from '../grants/pkce.ts'
import { repeatedName, valueOf } from '../form.ts'
import { type RegisteredClient, findClient, stateOf } from '../registration/clients.ts'
import { redirectUriProblem } from '../registration/redirect-uris.ts'
import { scopesOf } from '../scopes.ts'
import type { GoogleWorld } from '../google-world.ts'
import { isEmbedded } from './embedded-browser.ts'
import {
  accessTypeProblem,
  challengeProblem,
  notAllowed,
  promptProblem,
  promptsOf,
  responseTypeProblem,
  scopeProblem,
} from './parameter-problems.ts'
import { type Problem, problem } from './problem.ts'

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
  /** A Workspace domain, or `*` for any; a hint alone (Google, OpenID Connect guide). */
  readonly hostedDomain: string | null
  readonly challenge: Challenge | null
  readonly includeGrantedScopes: boolean
  /** As they came, for error pages. */
  readonly parameters: URLSearchParams
}

type Rules = Pick<GoogleWorld, 'clients' | 'switches' | 'clock'>

/** Reads an authorization request, or says which of Google's error pages it earns (rows of the captured pages). */
export function readAuthorizationRequest(
  parameters: URLSearchParams,
  userAgent: string,
  rules: Rules,
): AuthorizationRequest | Problem {
  const client = clientOf(parameters, rules)
  if ('problem' in client) return client
  const found =
    problemWith(parameters, client, rules) ?? (isEmbedded(userAgent) ? problem('embedded-browser') : undefined)
  if (found !== undefined) return found
  return {
    client,
    redirectUri: parameters.get('redirect_uri')!,
    scopes: scopesOf(parameters.get('scope')!),
    state: parameters.get('state'),
    nonce: valueOf(parameters, 'nonce'),
    accessType: parameters.get('access_type') === 'offline' ? 'offline' : 'online',
    prompt: promptsOf(parameters),
    loginHint: valueOf(parameters, 'login_hint'),
    hostedDomain: valueOf(parameters, 'hd'),
    challenge: challengeOf(parameters),
    // Google, native-app guide: not supported for installed applications.
    // Google, native-app guide: incremental authorization is not for installed applications.
    includeGrantedScopes: client.kind === 'web' && parameters.get('include_granted_scopes') === 'true',
    parameters,
  }
}

/** Google, native-app guide: `plain` when a challenge comes without a method. */
function challengeOf(parameters: URLSearchParams): Challenge | null {
  const value = valueOf(parameters, 'code_challenge')
  const method: ChallengeMethod = parameters.get('code_challenge_method') === 'S256' ? 'S256' : 'plain'
  return value === null ? null : { method, value }
}

/** A request without anything is told that it lacks a response_type (captured), so that comes first. */
function clientOf(parameters: URLSearchParams, { clients, switches, clock }: Rules): RegisteredClient | Problem {
  const repeated = repeatedName(parameters)
  if (repeated !== undefined) return problem('parameter-repeated', repeated)
  if (valueOf(parameters, 'response_type') === null) return problem('response-type-missing')
  const clientId = valueOf(parameters, 'client_id')
  if (clientId === null) return problem('parameter-missing', 'client_id')
  const client = findClient(clients, clientId)
  if (client === undefined) return problem('client-unknown')
  const state = stateOf(client, clock.now(), switches)
  return state === 'active' ? client : problem(`client-${state}`)
}

function problemWith(parameters: URLSearchParams, client: RegisteredClient, { switches }: Rules): Problem | undefined {
  return (
    notAllowed(parameters) ??
    responseTypeProblem(parameters, switches) ??
    redirectProblem(valueOf(parameters, 'redirect_uri'), client) ??
    scopeProblem(parameters) ??
    challengeProblem(parameters) ??
    accessTypeProblem(parameters) ??
    promptProblem(parameters)
  )
}

function redirectProblem(uri: string | null, client: RegisteredClient): Problem | undefined {
  if (uri === null) return problem('parameter-missing', 'redirect_uri')
  const name = redirectUriProblem(uri, client)
  return name === undefined ? undefined : problem(name, uri)
}
