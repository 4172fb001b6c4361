import type { ServiceAccountRegistration } from '../../mocks/google/registration/service-accounts.ts'
import type { Project } from '../../mocks/google/registration/projects.ts'
import { type Profile, textOf } from './profile.ts'

type SigningKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

/** A service account as its key file has it, with the key that signs. */
export interface Signer {
  readonly email: string
  readonly keyId: string
  readonly key: SigningKey
  readonly registration: ServiceAccountRegistration
}

/**
 * Reads a key file; undefined where its private key is none. The administrator is taken to have entered the client id with
 * just the scopes that are asked for: no file says it.
 */
export async function signerOf(
  profile: Profile,
  project: Project,
  { organisation, scopes }: { readonly organisation: string | null; readonly scopes: readonly string[] },
): Promise<Signer | undefined> {
  const key = await keyOf(textOf(profile, 'client.private_key') ?? '')
  if (key === undefined) return undefined
  const { n = '', e = '' } = await crypto.subtle.exportKey('jwk', key)
  const email = textOf(profile, 'client.client_email') ?? ''
  const clientId = textOf(profile, 'client.client_id') ?? ''
  const keyId = textOf(profile, 'client.private_key_id') ?? ''
  const delegations = organisation === null ? [] : [{ clientId, organisation, scopes }]
  return { email, keyId, key, registration: { email, clientId, project, keys: [{ id: keyId, n, e }], delegations } }
}

/** PKCS #8 as PEM (RFC 7468 §10). */
async function keyOf(pem: string): Promise<SigningKey | undefined> {
  const [, body] = /-----BEGIN PRIVATE KEY-----([\sA-Za-z0-9+/=]+)-----END PRIVATE KEY-----/.exec(pem) ?? []
  try {
    const octets = Uint8Array.from(atob((body ?? '').replace(/\s/g, '')), (character) => character.charCodeAt(0))
    return await crypto.subtle.importKey('pkcs8', octets, algorithm, true, ['sign'])
  } catch {
    return undefined
  }
}

const base64url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** A JWT with RS256, good for an hour (google-facts 9); `now` in epoch milliseconds. */
export async function assertionOf(
  { email, keyId, key }: Signer,
  claims: { readonly sub: string | undefined; readonly scope: string; readonly aud: string },
  now: number,
): Promise<string> {
  const issued = Math.floor(now / 1000)
  // JSON leaves out what is undefined.
  const parts = [
    { alg: 'RS256', typ: 'JWT', kid: keyId },
    { iss: email, ...claims, iat: issued, exp: issued + 3600 },
  ].map((part) => base64url(latin(JSON.stringify(part))))
  const signed = parts.join('.')
  const signature = await crypto.subtle.sign(algorithm.name, key, new TextEncoder().encode(signed))
  return `${signed}.${base64url(String.fromCharCode(...new Uint8Array(signature)))}`
}

/** The octets of a text in UTF-8, one character each. */
const latin = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text))
