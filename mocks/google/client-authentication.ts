import { valueOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import { type ClientType, type RegisteredClient, findClient, stateOf } from './registration/clients.ts'
import type { RefusalName } from './refusals.ts'
import type { Switches } from './switches.ts'

interface Credentials {
  readonly id: string | null
  readonly secret: string | null
}

/** These hold no secret: the documentation says that the parameter is not applicable to them (native-app guide). */
const secretless: ReadonlySet<ClientType> = new Set(['android', 'ios', 'chrome'])

/**
 * HTTP Basic credentials (RFC 7617 §2). RFC 6749 §2.3.1 wants them form-encoded before they are joined; Google takes
 * them as they are, so that an encoded identifier is unknown to it.
 */
function basicCredentials(authorization: string | null, { basicCredentials }: Switches): Credentials | undefined {
  const [, token] = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization ?? '') ?? []
  if (token === undefined) return undefined
  const decode = basicCredentials === 'form-decoded' ? formDecoded : (text: string) => text
  try {
    const [id = '', secret = ''] = atob(token).split(/:(.*)/s)
    return { id: decode(id) || null, secret: decode(secret) || null }
  } catch {
    return undefined
  }
}

const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/** The credentials of a request, in its body or in its header (RFC 6749 §2.3.1). */
function credentialsOf(
  authorization: string | null,
  parameters: URLSearchParams,
  switches: Switches,
): Credentials | RefusalName {
  const body = { id: valueOf(parameters, 'client_id'), secret: valueOf(parameters, 'client_secret') }
  const basic = basicCredentials(authorization, switches)
  if (basic === undefined || basic.id === null) return body
  const twice = body.secret !== null || (body.id !== null && body.id !== basic.id)
  if (twice && switches.bothCredentials === 'refused') return 'credentials-twice'
  return basic
}

/**
 * Which client a token request comes from. Web, Desktop and TV clients must send a secret that is enabled, with PKCE
 * too; the others have none (Google, web-server and native-app guides; captured refusals).
 */
export function authenticate(
  { clients, switches, clock }: GoogleWorld,
  authorization: string | null,
  parameters: URLSearchParams,
): RegisteredClient | RefusalName {
  const credentials = credentialsOf(authorization, parameters, switches)
  if (typeof credentials === 'string') return credentials
  const client = identify({ clients, switches, clock }, credentials.id)
  if (typeof client === 'string') return client
  const refusal = secretRefusal(client, credentials.secret, switches)
  if (refusal === undefined) client.lastUsed = clock.now()
  return refusal ?? client
}

/** The client of an identifier, if it may be used at all. */
export function identify(
  { clients, switches, clock }: Pick<GoogleWorld, 'clients' | 'switches' | 'clock'>,
  clientId: string | null,
): RegisteredClient | RefusalName {
  if (clientId === null) return 'client-id-missing'
  const client = findClient(clients, clientId)
  if (client === undefined) return 'client-unknown'
  const state = stateOf(client, clock.now(), switches)
  if (state !== 'active') return state === 'deleted' ? 'client-deleted' : 'client-disabled'
  return client
}

function secretRefusal(
  { type, secrets }: RegisteredClient,
  secret: string | null,
  { wrongSecretWording }: Switches,
): RefusalName | undefined {
  if (secret === null) return secretless.has(type) ? undefined : 'client-secret-missing'
  // A secret that a secretless client sends was refused as a wrong one (github.com/adrielcafe/AndroidOAuth issue 2).
  const held = secrets.some(({ value, enabled }) => enabled && value === secret)
  return held ? undefined : wrongSecretWording
}
