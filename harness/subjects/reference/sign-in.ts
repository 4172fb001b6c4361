/** Step 6: from "sign in" to a grant. Authorization code with PKCE, state and nonce, on a loopback redirect. */
import * as oidc from 'openid-client'
import { AccountProblem } from './account-problem.ts'
import type { ReferencePolicy } from './policy.ts'
import type { StoredGrant } from './token-store.ts'

/** The one scope that opens IMAP; what Gmail's narrower scopes allow does not include it. */
export const mailScope = 'https://mail.google.com/'

/** What is asked for, and of whom. */
export interface AskedAccess {
  /** Space-delimited. */
  readonly scope: string
  /** What of it opens the mailbox; null where no scope does by itself. */
  readonly mailScope: string | null
  /** Milliseconds; a user who has not answered after this long has gone away. */
  readonly patience: number
}

const gmail: AskedAccess = { scope: `openid email ${mailScope}`, mailScope, patience: 10 * 60_000 }

/** Why nobody is signed in, in words on which a program may act. */
export class SignInProblem extends AccountProblem {
  readonly reason: 'unanswered' | 'refused' | 'scope-unticked' | 'another-account' | 'no-refresh-token'

  constructor(reason: SignInProblem['reason'], message: string, options?: ErrorOptions) {
    super('needs-consent', message, options)
    this.reason = reason
  }
}

export interface SignInPorts {
  readonly policy: ReferencePolicy
  readonly server: () => Promise<oidc.Configuration>
  readonly now: () => number
  readonly random: (length: number) => Uint8Array<ArrayBuffer>
  readonly openBrowser: (url: string) => Promise<void>
  readonly redirectionEndpoint: () => Promise<RedirectionEndpoint>
}

/** A loopback listener for the authorization response (RFC 8252 §7.3). */
export interface RedirectionEndpoint {
  readonly redirectUri: string
  readonly requests: AsyncIterable<{ readonly url: URL; answer(status: number, html: string): Promise<void> }>
  close(): Promise<void>
}

/**
 * Asks the user for access to the mailbox of `account`; `again` when a refresh token was held before and was lost.
 *
 * @throws AccountProblem
 */
export async function signIn(
  ports: SignInPorts,
  account: string,
  again: boolean,
  asked: AskedAccess = gmail,
): Promise<StoredGrant> {
  const server = await ports.server()
  const redirection = await ports.redirectionEndpoint()
  try {
    const { redirectUri } = redirection
    const request = await authorizationRequest(ports, server, { account, redirectUri, again, scope: asked.scope })
    await ports.openBrowser(request.url.href)
    const answer = await authorizationResponse(ports.policy, redirection, request.state, asked.patience)
    const tokens = await exchange(server, request, answer, isOpenId(asked))
    return grantOf(tokens, account, asked, ports.now())
  } finally {
    await redirection.close()
  }
}

interface AuthorizationRequest {
  readonly url: URL
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

interface Requested {
  readonly account: string
  readonly redirectUri: string
  readonly scope: string
  readonly again: boolean
}

async function authorizationRequest(
  { policy, random }: SignInPorts,
  server: oidc.Configuration,
  { account, redirectUri, scope, again }: Requested,
): Promise<AuthorizationRequest> {
  const [state, nonce, verifier] = [0, 1, 2].map(() => base64url(random(32))) as [string, string, string]
  const url = oidc.buildAuthorizationUrl(server, {
    response_type: policy.responseType,
    redirect_uri: redirectUri,
    scope,
    state,
    nonce,
    code_challenge: policy.codeChallengeMethod === 'S256' ? await oidc.calculatePKCECodeChallenge(verifier) : verifier,
    code_challenge_method: policy.codeChallengeMethod,
    access_type: 'offline',
    login_hint: account,
    // Google gives a refresh token at the first consent only, so a lost one has to be asked for.
    ...(again ? { prompt: 'consent' } : {}),
  })
  return { url, state, nonce, verifier }
}

interface AuthorizationResponse {
  readonly callback: URL
  readonly state: string
}

/** Waits for the answer that belongs to this request; whatever else knocks is turned away and ends nothing. */
async function authorizationResponse(
  policy: ReferencePolicy,
  redirection: RedirectionEndpoint,
  state: string,
  patience: number,
): Promise<AuthorizationResponse> {
  const abandoned = setTimeout(() => void redirection.close(), patience)
  try {
    for await (const { url, answer } of redirection.requests) {
      const accepted = policy.acceptedState(url, state)
      if (accepted !== undefined) {
        const told = url.searchParams.has('error')
          ? page('Not signed in', 'Access was not granted. You may close this page.')
          : page('Signed in', 'You may close this page.')
        await answer(200, told)
        return { callback: url, state: accepted }
      }
      await answer(400, page('Not expected', 'This is not the answer to the sign-in that is under way.'))
    }
  } finally {
    clearTimeout(abandoned)
  }
  throw new SignInProblem('unanswered', 'nobody answered the consent screen')
}

const isOpenId = ({ scope }: AskedAccess): boolean => scope.split(' ').includes('openid')

type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>

const exchange = (
  server: oidc.Configuration,
  request: AuthorizationRequest,
  { callback, state }: AuthorizationResponse,
  openId: boolean,
): Promise<Tokens> =>
  oidc
    .authorizationCodeGrant(server, callback, {
      expectedState: state,
      pkceCodeVerifier: request.verifier,
      ...(openId ? { expectedNonce: request.nonce, idTokenExpected: true } : {}),
    })
    .catch((error: unknown) => {
      throw signInProblem(error)
    })

/** What came must be what was asked for: mail, of this account, for longer than an hour. */
function grantOf(tokens: Tokens, account: string, asked: AskedAccess, now: number): StoredGrant {
  const granted = tokens.scope ?? asked.scope
  if (asked.mailScope !== null && !granted.split(' ').includes(asked.mailScope))
    throw new SignInProblem('scope-unticked', `access to mail was not granted (${asked.mailScope} was left unticked)`)
  const identity = tokens.claims()?.['email']
  // Google tells it; OpenID Connect Core 1.0 §5.4 leaves it to userinfo, and then the mail server compares alone.
  const isTold = identity !== undefined || asked.mailScope !== null
  if (isOpenId(asked) && isTold && String(identity).toLowerCase() !== account.toLowerCase())
    throw new SignInProblem('another-account', 'the id_token does not name the account that was asked for')
  if (tokens.refresh_token === undefined)
    throw new SignInProblem('no-refresh-token', 'Google returned no refresh token; sign in again with consent')
  return {
    refreshToken: tokens.refresh_token,
    accessToken: tokens.access_token,
    expiresAt: now + (tokens.expires_in ?? 0) * 1000,
    scope: granted,
  }
}

function signInProblem(error: unknown): AccountProblem {
  if (error instanceof oidc.AuthorizationResponseError)
    return new SignInProblem('refused', `the sign-in ended with ${error.error}`, { cause: error })
  if (error instanceof oidc.ResponseBodyError) {
    const kind = error.error === 'invalid_grant' ? 'needs-consent' : 'configuration'
    return new AccountProblem(kind, `Google refused the code: ${error.error}`, { cause: error })
  }
  return new AccountProblem('configuration', `the answer could not be trusted: ${messageOf(error)}`, { cause: error })
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** Shown in the browser: no script, no foreign content, nothing of the request repeated. */
const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>${title}</title><p>${text}</p></html>`
