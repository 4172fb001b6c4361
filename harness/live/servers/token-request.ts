import type { ClientCredentials } from '../../model/world.ts'
import type { IssuerMetadata } from './metadata.ts'

/** A request to the token endpoint by a client that shows its secret, if it has one (RFC 6749 §2.3.1, §3.2). */
export function tokenRequest(
  { client_id, client_secret }: ClientCredentials,
  parameters: Readonly<Record<string, string>>,
  { clientAuthentication }: Pick<IssuerMetadata, 'clientAuthentication'>,
): RequestInit {
  const isBasic = clientAuthentication === 'client_secret_basic' && client_secret !== ''
  const own = { client_id, ...(client_secret === '' ? {} : { client_secret }) }
  const form = new URLSearchParams({ ...parameters, ...(isBasic ? {} : own) })
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(isBasic ? { authorization: `Basic ${btoa(`${encoded(client_id)}:${encoded(client_secret)}`)}` } : {}),
    },
    body: String(form),
  }
}

/** Form-encoded first, as RFC 6749 §2.3.1 wants it. */
const encoded = (text: string): string => String(new URLSearchParams({ text })).slice('text='.length)
