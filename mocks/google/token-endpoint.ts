import { http } from 'msw/http'
import { json } from './answers.ts'
import { authenticate } from './client-authentication.ts'
import type { RegisteredClient } from './registration/clients.ts'
import { addresses } from './endpoints.ts'
import { formOf, repeatedName, valueOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import type { Issued } from './grants/grants.ts'
import type { Refusal, Refused } from './grants/refusal.ts'
import { type RefusalName, refuse } from './refusals.ts'
import { inTokenAnswer, isIdentityScope, scopesOf } from './scopes.ts'

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
  'scope-not-granted': 'scope-invalid',
} as const satisfies Record<Refusal, RefusalName>

/** The token endpoint (RFC 6749 §3.2): the authorization code grant and the refresh token grant. */
export const tokenEndpoint = (google: GoogleWorld) =>
  addresses['token-endpoint'].map((address) =>
    http.post(address, ({ request }) =>
      google.faults.answer('token-endpoint', async () => {
        const parameters = await parametersOf(request, google)
        const repeated = repeatedName(parameters)
        if (repeated !== undefined) return refuse(google, 'token-endpoint', 'parameter-repeated', { name: repeated })
        const grantType = valueOf(parameters, 'grant_type')
        if (grantType === null) return refuse(google, 'token-endpoint', 'grant-type-missing')
        const client = authenticate(google, request.headers.get('authorization'), parameters)
        if (typeof client === 'string') return refuse(google, 'token-endpoint', client)
        switch (grantType) {
          case 'authorization_code':
            return redeem(google, client, parameters)
          case 'refresh_token':
            return refresh(google, client, parameters)
          default:
            return refuse(google, 'token-endpoint', 'grant-type-unknown', { name: grantType })
        }
      }),
    ),
  )

async function parametersOf(request: Request, { switches }: GoogleWorld): Promise<URLSearchParams> {
  const isJson = request.headers.get('content-type')?.startsWith('application/json') === true
  if (switches.tokenRequestBody === 'form' || !isJson) return formOf(request)
  const document: unknown = await request.json().catch(() => ({}))
  const members = Object.entries(document ?? {}).filter(
    (member): member is [string, string] => typeof member[1] === 'string',
  )
  return new URLSearchParams(members)
}

/** RFC 6749 §4.1.3. */
async function redeem(google: GoogleWorld, client: RegisteredClient, parameters: URLSearchParams): Promise<Response> {
  const code = valueOf(parameters, 'code')
  if (code === null) return refuse(google, 'token-endpoint', 'parameter-missing', { name: 'code' })
  const redirectUri = valueOf(parameters, 'redirect_uri')
  const verifier = valueOf(parameters, 'code_verifier')
  return answer(google, await google.grants.redeem({ code, clientId: client.client_id, redirectUri, verifier }))
}

/** RFC 6749 §6. */
function refresh(google: GoogleWorld, client: RegisteredClient, parameters: URLSearchParams) {
  const token = valueOf(parameters, 'refresh_token')
  if (token === null) return refuse(google, 'token-endpoint', 'parameter-missing', { name: 'refresh_token' })
  const scope = valueOf(parameters, 'scope')
  const scopes = scope === null ? null : scopesOf(scope)
  return answer(google, google.grants.refresh(token, client.client_id, scopes))
}

/**
 * Members in the order of captured answers: access_token, expires_in, refresh_token, scope, token_type, id_token,
 * refresh_token_expires_in; a refresh brings no refresh_token (Google, web-server guide).
 */
async function answer(google: GoogleWorld, result: Issued | Refused): Promise<Response> {
  if (result.outcome === 'refused')
    return refuse(google, 'token-endpoint', words[result.refusal], {
      name: result.name,
      reason: result.refusal,
    })
  const { switches, idTokens } = google
  const wantsIdToken =
    result.scopes.some(isIdentityScope) && (result.by === 'authorization_code' || switches.idTokenOnRefresh)
  return json('token', 200, {
    access_token: result.accessToken,
    expires_in: result.lifetime,
    ...(result.refreshToken === null ? {} : { refresh_token: result.refreshToken }),
    scope: inTokenAnswer(result.scopes, switches.scopeSpelling),
    token_type: 'Bearer',
    ...(wantsIdToken ? { id_token: await idTokens.issue(result) } : {}),
    ...(result.refreshTokenLifetime === null ? {} : { refresh_token_expires_in: result.refreshTokenLifetime }),
  })
}
