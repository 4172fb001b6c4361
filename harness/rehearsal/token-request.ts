import { isLoopbackHost } from '../../mocks/google/sign-in/loopback.ts'
import { addresses, endpointAt, isMocked } from '../../mocks/google/endpoints.ts'
import { type Decider, decided, deciderOf } from './decider.ts'
import type { Profile } from './profile.ts'
import type { Stand } from './stand.ts'
import type { Steps, Telling } from './telling.ts'

/** What the flows of one profile have in common. */
export interface Playing {
  readonly profile: Profile
  readonly stand: Stand
  readonly tell: Telling
}

type Endpoint = 'authorization-endpoint' | 'token-endpoint'

const configuredAs = {
  'authorization-endpoint': ['authorizationEndpoint', 'client.auth_uri'],
  'token-endpoint': ['tokenEndpoint', 'client.token_uri'],
} as const satisfies Record<Endpoint, readonly string[]>

/** An endpoint as it is configured; libraries know Google’s own where none is. */
export function endpointOf(profile: Profile, endpoint: Endpoint): { readonly url: string; readonly by: Decider } {
  const by = decided(profile, configuredAs[endpoint])
  return { url: by.value ?? addresses[endpoint][0], by }
}

/** Why nothing is sent to an address; undefined for those that the mock plays. */
export function obstacleAt(url: string, endpoint: Endpoint): Obstacle | undefined {
  const parsed = URL.parse(url)
  if (parsed === null) return { outcome: 'refused', reason: `not sent: ${url} is no URL` }
  const { origin, protocol, hostname, port } = parsed
  const hasUser = parsed.username !== '' || parsed.password !== ''
  if (isMocked(origin) && !hasUser) return undefined
  if (isLoopbackHost(hostname)) return { outcome: 'undecided', reason: `not sent: ${origin} is this machine` }
  // Such as the one for clients that show a certificate.
  if (protocol === 'https:' && port === '' && !hasUser && hostname.endsWith('.googleapis.com'))
    return { outcome: 'undecided', reason: `not sent: ${origin} is Google’s, and is not played` }
  const what = endpoint === 'token-endpoint' ? 'the code and the client secret' : 'the user'
  return {
    outcome: 'refused',
    reason: `not sent: ${hasUser ? url : origin} is no address of Google’s; ${what} would have gone there`,
  }
}

interface Obstacle {
  readonly outcome: 'refused' | 'undecided'
  readonly reason: string
}

interface TokenAnswer {
  readonly access_token?: string
  readonly refresh_token?: string
}

/** A token request, told as a step; what it returns are the tokens. */
export async function* requestTokens(
  { profile, stand, tell }: Playing,
  step: string,
  form: Readonly<Record<string, string>>,
  otherwise: readonly string[],
): Steps<TokenAnswer> {
  const { url, by } = endpointOf(profile, 'token-endpoint')
  const obstacle = obstacleAt(url, 'token-endpoint')
  if (obstacle !== undefined) {
    yield { ...tell.failed(step, by, obstacle.reason), outcome: obstacle.outcome }
    return undefined
  }
  const { origin, pathname } = new URL(url)
  const isEndpoint = endpointAt(origin, pathname) === 'token-endpoint'
  const response = await stand.post(url, form)
  if (isEndpoint && response.status === 200) {
    yield tell.done(step, otherwise)
    return (await response.json()) as TokenAnswer
  }
  if (isEndpoint) yield refusal({ profile, stand, tell }, step, otherwise)
  else yield tell.refused(step, by, `Error ${response.status} at ${url}`)
  return undefined
}

/** What an endpoint refused, in its words: `400 invalid_grant, Bad Request`. */
export function refusal({ profile, stand, tell }: Playing, step: string, otherwise: readonly string[]) {
  const { status, error, description, reason } = stand.newest('as.error.sent')!
  const words = [`${status} ${error}`, description].filter((word) => word !== '').join(', ')
  return tell.refused(step, deciderOf(profile, reason, otherwise), words)
}

/** The client’s credentials as the application has them. */
export function credentialsOf(profile: Profile, registered: string): Readonly<Record<string, string>> {
  const id = profile.said('client.client_id')?.values.join(' ') ?? ''
  const said = profile.said('clientSecret') ?? profile.said('client.client_secret')
  // What is fetched at run time is taken to be the client’s own.
  const secret = said?.elsewhere === true ? registered : (said?.values[0] ?? '')
  return { client_id: id, ...(secret === '' ? {} : { client_secret: secret }) }
}
