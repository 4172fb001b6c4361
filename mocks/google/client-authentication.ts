import { type RegisteredClient, findClient } from './registration/clients.ts'
import { valueOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import type { RefusalName } from './refusals.ts'

/** RFC 6749 §2.3.1: identifier and secret are form-encoded before they are joined. */
function basicCredentials(authorization: string | null): { id: string; secret: string } | undefined {
  const [, token] = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization ?? '') ?? []
  if (token === undefined) return undefined
  try {
    const [id = '', secret = ''] = atob(token).split(/:(.*)/s)
    return { id: formDecoded(id), secret: formDecoded(secret) }
  } catch {
    return undefined
  }
}

const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/**
 * Which client a token request comes from. Web and Desktop clients must send their secret, with PKCE too, in the body
 * or with HTTP Basic (Google, web-server guide; captured refusals).
 */
export function authenticate(
  { clients, switches }: GoogleWorld,
  authorization: string | null,
  parameters: URLSearchParams,
): RegisteredClient | RefusalName {
  const basic = basicCredentials(authorization)
  const clientId = (basic?.id || null) ?? valueOf(parameters, 'client_id')
  const secret = (basic?.secret || null) ?? valueOf(parameters, 'client_secret')
  if (clientId === null) return 'client-id-missing'
  const client = findClient(clients, clientId)
  if (client === undefined) return 'client-unknown'
  if (secret === null) return 'client-secret-missing'
  return secret === client.client_secret ? client : switches.wrongSecretWording
}
