import { base64url, sha256 } from '../../mocks/google/grants/pkce.ts'
import { isLoopbackRedirect } from '../../mocks/google/sign-in/loopback.ts'
import type { SecretRegistry } from '../secrets.ts'
import { decided, deciderOf } from './decider.ts'
import { mailLife } from './mail-life.ts'
import { type Profile, textOf } from './profile.ts'
import type { Steps } from './telling.ts'
import { type Playing, credentialsOf, endpointOf, obstacleAt, requestTokens } from './token-request.ts'

/** The registered secret, and where the values of others stand. */
export interface CodePorts {
  readonly registeredSecret: string
  readonly scopes: readonly string[]
  readonly secrets: SecretRegistry
}

/** Refused only once an account is chosen, so the request itself was good. */
const atConsent = new Set([
  'not-a-test-user',
  'outside-organisation',
  'admin-policy',
  'access-not-configured',
  'user-cap-reached',
])

/** The authorization code grant: request, consent, exchange, and the life that follows. */
export async function* codeGrant(playing: Playing, ports: CodePorts): Steps {
  const { profile, stand, tell } = playing
  const redirectUri = redirectOf(profile)
  if (redirectUri === undefined) {
    yield tell.undecided('authorization request', ['redirectUri'], 'no redirect URI is mapped, and none is registered')
    return undefined
  }
  if (profile.kind === 'web' && !(textOf(profile, 'responseType') ?? 'code').split(' ').includes('code')) {
    yield tell.failed('authorization request', decided(profile, ['responseType']), withoutCode)
    return undefined
  }
  const request = { redirectUri, verifier: stand.text(64) }
  const code = yield* authorize(playing, request, ports)
  if (code === undefined) return undefined
  const credentials = credentialsOf(profile, ports.registeredSecret)
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: request.verifier }
  const tokens = yield* requestTokens(playing, 'code exchange', { ...form, ...credentials }, ['client.client_id'])
  if (tokens === undefined) return undefined
  const { access_token: first, refresh_token: lasting } = tokens
  return yield* mailLife(playing, stand.account.address, async function* (moment) {
    if (moment === '') return first
    const step = `refresh${moment}`
    if (lasting === undefined) {
      const by = decided(profile, ['accessType'])
      const mapped = by.value !== null
      yield mapped ? tell.failed(step, by, withoutRefreshToken) : tell.undecided(step, ['accessType'], unmapped)
      return undefined
    }
    const asked = { grant_type: 'refresh_token', refresh_token: lasting, ...credentials }
    return (yield* requestTokens(playing, step, asked, ['publishingStatus']))?.access_token
  })
}

const withoutCode =
  'no refresh token: Google would give a web page an access token for an hour at once (RFC 6749 §4.2.2), which the mock does not'
const unmapped =
  'no access_type is mapped, and without access_type=offline Google returns no refresh token to a web client'
const withoutRefreshToken =
  'there is none to refresh with: Google returns a refresh token to a web client only for access_type=offline'

/** Sends the user to Google; what it returns is the code. */
async function* authorize(
  playing: Playing,
  { redirectUri, verifier }: { readonly redirectUri: string; readonly verifier: string },
  { scopes, secrets }: CodePorts,
): Steps<string> {
  const { profile, stand, tell } = playing
  const step = 'authorization request'
  const { url, by } = endpointOf(profile, 'authorization-endpoint')
  const obstacle = obstacleAt(url, 'authorization-endpoint')
  if (obstacle !== undefined) {
    yield { ...tell.failed(step, by, obstacle.reason), outcome: obstacle.outcome }
    return undefined
  }
  const parameters = parametersOf(profile, { redirectUri, scopes, challenge: base64url(sha256(verifier)) })
  const end = await stand.consent(`${url}${url.includes('?') ? '&' : '?'}${parameters}`)
  const code = stand.newest('as.code.issued')?.code
  if (code !== undefined) {
    yield tell.done(step, ['redirectUri', 'client.redirect_uris'])
    yield tell.done('consent', ['scopes'])
    // As the redirect has it, or the page from which an out-of-band code is copied.
    return [...secrets.values()].find(({ ref }) => ref === code.ref)?.value
  }
  const sent = stand.newest('as.error.sent')
  if (sent === undefined) {
    yield tell.refused(step, by, `Error ${end.end === 'page' ? end.status : 302} at ${url}`)
    return undefined
  }
  if (end.end === 'redirected') {
    yield tell.refused('consent', deciderOf(profile, sent.reason, ['prompt']), `error=${sent.error}`)
    return undefined
  }
  const asked = atConsent.has(sent.reason)
  if (asked) yield tell.done(step, ['redirectUri', 'client.redirect_uris'])
  const decider = deciderOf(profile, sent.reason, ['client.client_id'])
  yield tell.refused(asked ? 'consent' : step, decider, pageWords(sent))
  return undefined
}

/** As the page heads it, with the first of what it tells the developer. */
const pageWords = ({ status, error, description }: { status: number; error: string; description: string }): string =>
  `Error ${status}: ${error}, ${description.split('\n', 1)[0]!}`

/** As configured; PKCE with S256 wherever a code is asked for. */
function parametersOf(
  profile: Profile,
  asked: { readonly redirectUri: string; readonly scopes: readonly string[]; readonly challenge: string },
): URLSearchParams {
  const responseType = textOf(profile, 'responseType') ?? 'code'
  const parameters = new URLSearchParams({
    client_id: textOf(profile, 'client.client_id') ?? '',
    redirect_uri: asked.redirectUri,
    response_type: responseType,
    scope: asked.scopes.join(' '),
  })
  if (responseType.split(' ').includes('code')) {
    parameters.set('code_challenge', asked.challenge)
    parameters.set('code_challenge_method', 'S256')
  }
  for (const [name, setting] of optional) {
    const value = textOf(profile, setting)
    if (value !== undefined) parameters.set(name, value)
  }
  return parameters
}

const optional = [
  ['access_type', 'accessType'],
  ['prompt', 'prompt'],
  ['approval_prompt', 'approvalPrompt'],
] as const

/** Any port that is free (RFC 8252 §7.3): one that nobody listens at, for nobody goes there. */
const freePort = 53_682

/** As configured, else as registered; a program on the user’s machine listens at whatever port is free. */
function redirectOf(profile: Profile): string | undefined {
  const said = textOf(profile, 'redirectUri') ?? profile.said('client.redirect_uris')?.values[0]
  const runtime = textOf(profile, 'runtime') ?? (profile.kind === 'web' ? 'server' : 'desktop')
  if (said === undefined || !/^(?:desktop|cli)$/.test(runtime) || !isLoopbackRedirect(said)) return said
  return said.replace(/^(http:\/\/(?:\[::1\]|[^/:?]+))(?::0)?(?=[/?]|$)/i, `$1:${freePort}`)
}
