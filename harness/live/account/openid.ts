import * as oidc from 'openid-client'
import type { ClientCredentials } from '../../model/world.ts'
import { wallClock } from '../../runtime/wall-clock.ts'
import type { LiveContext } from '../context.ts'
import { recordedFetch } from '../recorded-fetch.ts'
import { clientAuthenticationIn } from '../servers/metadata.ts'
import { LiveTrouble } from '../trouble.ts'

/** The issuer as one account of one run sees it. */
export type Issuer = oidc.Configuration

type Context = Pick<LiveContext, 'farSide' | 'client' | 'lines' | 'journal' | 'secrets' | 'now'>

/**
 * Takes every endpoint from the issuer’s own metadata.
 *
 * @throws LiveTrouble
 */
export const openIssuer = (context: Context, account: string): Promise<Issuer> => {
  const { farSide, client, now } = context
  const skew = Math.round((now() - wallClock.now()) / 1000)
  const fetch = recordedFetch(context, account)
  return oidc
    .discovery(new URL(farSide.issuer), client.client_id, { [oidc.clockSkew]: skew }, authenticationOf(client), {
      [oidc.customFetch]: (url, init) => fetch(url, init as RequestInit),
      // Plain HTTP goes to this machine alone (`Lines.fetch`).
      ...(farSide.issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {}),
    })
    .catch((error: unknown) => {
      throw troubleIn(error)
    })
}

/** As the issuer takes it; a client that has no secret is public. */
function authenticationOf({ client_secret }: ClientCredentials): oidc.ClientAuth {
  if (client_secret === '') return oidc.None()
  const ways = {
    client_secret_basic: oidc.ClientSecretBasic(client_secret),
    client_secret_post: oidc.ClientSecretPost(client_secret),
  }
  return (server, ...request) =>
    ways[clientAuthenticationIn(server.token_endpoint_auth_methods_supported)](server, ...request)
}

/** What a refresh gave; a refresh token only where it is a new one. */
export interface Refreshed {
  readonly accessToken: string
  /** Seconds. */
  readonly expiresIn: number
  readonly refreshToken: string | undefined
  readonly scope: string | undefined
}

/** @throws LiveTrouble `grant-dead` for invalid_grant */
export async function refresh(issuer: Issuer, refreshToken: string): Promise<Refreshed> {
  const tokens = await oidc.refreshTokenGrant(issuer, refreshToken).catch((error: unknown) => {
    throw tokenError(error) === 'invalid_grant' ? grantDead(error) : troubleIn(error)
  })
  const { access_token: accessToken, expires_in: expiresIn = 0, refresh_token, scope } = tokens
  return { accessToken, expiresIn, refreshToken: refresh_token, scope }
}

/**
 * Ends a grant (RFC 7009).
 *
 * @returns the status of the answer: 200, or 400 where the token was dead before
 * @throws LiveTrouble
 */
export async function revoke(issuer: Issuer, refreshToken: string): Promise<number> {
  if (issuer.serverMetadata().revocation_endpoint === undefined)
    throw new LiveTrouble('not-understood', 'the issuer names no revocation endpoint')
  try {
    await oidc.tokenRevocation(issuer, refreshToken)
    return 200
  } catch (error) {
    if (tokenError(error) === 'invalid_token') return (error as oidc.ResponseBodyError).status
    throw troubleIn(error)
  }
}

/** How one more refresh ended. */
export interface OneMore {
  readonly after: 'refused' | 'granted' | 'not-asked'
  readonly error: string | null
  /** The one that is good from now on, where one is. */
  readonly refreshToken: string
}

/** How one more refresh ends, which is recorded nowhere: its caller has something to say of it. */
export async function tryRefresh(
  issuer: Issuer,
  context: Context,
  account: string,
  refreshToken: string,
): Promise<OneMore> {
  const { client } = context
  const fetch = recordedFetch(context, account, { records: false })
  const unseen = new oidc.Configuration(issuer.serverMetadata(), client.client_id, undefined, authenticationOf(client))
  unseen[oidc.customFetch] = (url, init) => fetch(url, init as RequestInit)
  if (issuer.serverMetadata().issuer.startsWith('http:')) oidc.allowInsecureRequests(unseen)
  try {
    const { refresh_token } = await oidc.refreshTokenGrant(unseen, refreshToken)
    return { after: 'granted', error: null, refreshToken: refresh_token ?? refreshToken }
  } catch (error) {
    const code = tokenError(error)
    return code === undefined
      ? { after: 'not-asked', error: null, refreshToken }
      : { after: 'refused', error: code, refreshToken }
  }
}

const tokenError = (error: unknown): string | undefined =>
  error instanceof oidc.ResponseBodyError ? error.error : undefined

/** The error that an authorization response told, where that is what went wrong. */
export const authorizationError = (
  error: unknown,
): { readonly error: string; readonly description: string | undefined } | undefined => {
  const found = causesOf(error).find((cause) => cause instanceof oidc.AuthorizationResponseError)
  return found && { error: found.error, description: found.error_description }
}

const clientErrors = ['invalid_client', 'unauthorized_client', 'deleted_client', 'disabled_client']
const consentErrors = ['admin_policy_enforced', 'policy_enforced', 'org_internal', 'access_denied', 'invalid_grant']

/** What openid-client, or a layer below it, ran into; an error that tells no trouble is none to go on with. */
export function troubleIn(error: unknown): LiveTrouble {
  const causes = causesOf(error)
  const known = causes.find((cause) => cause instanceof LiveTrouble)
  if (known !== undefined) return known
  const answered = causes.find((cause) => cause instanceof oidc.ResponseBodyError)
  if (answered !== undefined) return refused(answered)
  // An issuer may refuse a client by this field alone (RFC 6749 §5.2).
  const challenged = causes.find((cause) => cause instanceof oidc.WWWAuthenticateChallengeError)
  if (challenged !== undefined)
    return new LiveTrouble('client-refused', `the token endpoint answered ${challenged.status}`, { cause: error })
  const said = causes
    .filter((cause) => cause instanceof Error)
    .map(({ message }) => message)
    .join(': ')
  const codes = causes.map((cause) => (cause as { code?: unknown }).code)
  if (codes.includes('OAUTH_JWT_TIMESTAMP_CHECK_FAILED')) return new LiveTrouble('clock-wrong', said, { cause: error })
  if (codes.includes('OAUTH_TIMEOUT')) return new LiveTrouble('timed-out', said, { cause: error })
  if (codes.includes('OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED'))
    return new LiveTrouble('not-the-issuer', said, { cause: error })
  return new LiveTrouble('not-understood', said, { cause: error })
}

function refused(error: oidc.ResponseBodyError): LiveTrouble {
  const said = saidBy(error)
  if (clientErrors.includes(error.error)) return new LiveTrouble('client-refused', said, { cause: error })
  if (error.error === 'redirect_uri_mismatch') return new LiveTrouble('redirect-refused', said, { cause: error })
  if (consentErrors.includes(error.error)) return new LiveTrouble('consent-refused', said, { cause: error })
  // Google’s word for a client of the kind that needs its secret and has sent none.
  if (error.error_description?.includes('client_secret') === true)
    return new LiveTrouble('client-refused', said, { cause: error })
  return new LiveTrouble('not-understood', said, { cause: error })
}

const grantDead = (error: unknown): LiveTrouble =>
  new LiveTrouble('grant-dead', saidBy(error as oidc.ResponseBodyError), { cause: error })

/** As JSON, as it came: `oauth-imap why` knows it by that. */
const saidBy = ({ status, cause }: oidc.ResponseBodyError): string => {
  const { error, error_description, error_subtype } = cause as Readonly<Record<string, unknown>>
  const texts = Object.entries({ error, error_subtype, error_description }).filter(
    ([, value]) => typeof value === 'string',
  )
  return `the token endpoint answered ${status} ${JSON.stringify(Object.fromEntries(texts))}`
}

function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = []
  for (let cause = error; cause !== undefined && causes.length < 8; cause = (cause as Error).cause) {
    causes.push(cause)
    if (!(cause instanceof Error)) break
  }
  return causes
}
