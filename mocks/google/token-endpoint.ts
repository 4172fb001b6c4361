import { json } from './answers.ts'
import { authenticate } from './client-authentication.ts'
import { pollDevice } from './device-authorization.ts'
import { repeatedName, valueOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import type { Issued } from './grants/grants.ts'
import type { Refusal, Refused } from './grants/refusal.ts'
import type { RegisteredClient } from './registration/clients.ts'
import type { RefusalName } from './refusals.ts'
import { type Asked, route } from './route.ts'
import { inTokenAnswer, inRefusal, isIdentityScope, scopesOf, unknownScopes } from './scopes.ts'
import { grantToServiceAccount } from './service-accounts/grant.ts'
import { parametersOf, refuseToken } from './token-request.ts'

/** The grants' reasons in Google's words. */
const words = {
  'code-malformed': 'code-malformed',
  'code-unknown': 'grant-bad',
  'code-used': 'grant-bad',
  'code-expired': 'grant-bad',
  'grant-ended': 'grant-bad',
  'client-differs': 'client-differs',
  'redirect-uri-differs': 'redirect-uri-differs',
  'verifier-missing': 'verifier-missing',
  'verifier-wrong': 'verifier-wrong',
  'verifier-not-needed': 'verifier-not-needed',
  'refresh-token-unknown': 'grant-bad',
  'refresh-token-dead': 'refresh-token-dead',
  'refresh-token-forgotten': 'grant-bad',
  'account-deleted': 'account-deleted',
  'admin-policy-enforced': 'admin-policy-enforced',
  'session-over': 'session-over',
  'scope-not-granted': 'scope-not-granted',
} as const satisfies Record<Refusal, RefusalName>

/** What a client that has shown who it is may ask for. */
type Grant = (
  google: GoogleWorld,
  client: RegisteredClient,
  parameters: URLSearchParams,
) => Promise<Response> | Response

const grants: Readonly<Record<string, Grant>> = {
  authorization_code: redeem,
  refresh_token: refresh,
  'urn:ietf:params:oauth:grant-type:device_code': pollDevice,
}
const assertionGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** The token endpoint (RFC 6749 §3.2). */
export const tokenEndpoint = (google: GoogleWorld) =>
  route(google, 'token-endpoint', {
    async POST(asked) {
      if (google.switches.tokenOutage !== null) return refuseToken(google, google.switches.tokenOutage)
      const parameters = parametersOf(asked, google)
      if (parameters === undefined) return refuseToken(google, 'json-malformed')
      const repeated = repeatedName(parameters)
      if (repeated !== undefined) return refuseToken(google, 'parameter-repeated', { name: repeated })
      return answer(google, asked, parameters)
    },
  })

async function answer(google: GoogleWorld, { request, address }: Asked, parameters: URLSearchParams) {
  const grantType = valueOf(parameters, 'grant_type')
  if (grantType === null) return refuseToken(google, google.switches.missingGrantType)
  // Its assertion says who asks (RFC 7521 §4.1).
  if (grantType === assertionGrant) return grantToServiceAccount(google, parameters, address)
  const grant = Object.hasOwn(grants, grantType) ? grants[grantType] : undefined
  if (grant === undefined) return refuseToken(google, 'grant-type-unknown', { name: grantType })
  const client = authenticate(google, request.headers.get('authorization'), parameters)
  if (typeof client === 'string') return refuseToken(google, client)
  if (!google.quotas.token.allows(client.client_id)) return refuseToken(google, 'quota-exceeded')
  return grant(google, client, parameters)
}

/** RFC 6749 §4.1.3. */
function redeem(google: GoogleWorld, client: RegisteredClient, parameters: URLSearchParams) {
  const code = valueOf(parameters, 'code')
  if (code === null) return refuseToken(google, 'parameter-missing', { name: 'code' })
  const redirectUri = valueOf(parameters, 'redirect_uri')
  const verifier = valueOf(parameters, 'code_verifier')
  const result = google.grants.redeem({ code, clientId: client.client_id, redirectUri, verifier })
  return tokens(google, client, result)
}

/** RFC 6749 §6. */
function refresh(google: GoogleWorld, client: RegisteredClient, parameters: URLSearchParams) {
  const token = valueOf(parameters, 'refresh_token')
  if (token === null) return refuseToken(google, 'parameter-missing', { name: 'refresh_token' })
  const scope = valueOf(parameters, 'scope')
  const scopes = scope === null ? null : scopesOf(scope)
  const result = google.grants.refresh(token, client.client_id, scopes)
  const tooMuch = result.outcome === 'refused' && result.refusal === 'scope-not-granted'
  if (tooMuch && unknownScopes(scopes!).length > 0)
    return refuseToken(google, 'scope-invalid', { name: inRefusal(scopes!), reason: result.refusal })
  return tokens(google, client, result)
}

/**
 * Members in the order of captured answers: access_token, expires_in, refresh_token, scope, token_type, id_token,
 * refresh_token_expires_in; a refresh brings no refresh_token (Google, web-server guide).
 */
async function tokens(google: GoogleWorld, client: RegisteredClient, result: Issued | Refused): Promise<Response> {
  const { switches, idTokens } = google
  if (result.outcome === 'refused') {
    const word = result.refusal === 'code-used' ? switches.usedCodeWording : words[result.refusal]
    return refuseToken(google, word, { reason: result.refusal })
  }
  const { accessToken, refreshToken, refreshTokenLifetime, scopes, lifetime, by } = result
  const wantsIdToken = scopes.some(isIdentityScope) && (by === 'authorization_code' || switches.idTokenOnRefresh)
  return json('token', 200, {
    access_token: accessToken,
    expires_in: lifetime,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    scope: inTokenAnswer(scopes, switches.scopeSpelling),
    token_type: 'Bearer',
    ...(wantsIdToken ? { id_token: await idTokens.issue(result, client) } : {}),
    ...(refreshTokenLifetime === null ? {} : { refresh_token_expires_in: refreshTokenLifetime }),
  })
}
