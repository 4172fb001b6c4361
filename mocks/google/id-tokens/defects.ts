import type { IdTokenDefect } from '../../../harness/model/scenario.ts'
import type { MockWorld } from '../../mock-world.ts'
import { signingKey, unpublishedKey } from './keys.ts'
import { type Claims, sign, signWithSecret, unsecured } from './signature.ts'

const foreignClient = '999999999999-aforeignclientaforeignclientafor.apps.googleusercontent.com'
const nonceShape = {
  prefix: '',
  length: 43,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
}

/** The claims with the flaw, if it is one of claims. */
export function flawedClaims(claims: Claims, defect: IdTokenDefect | null, { clock, secrets }: MockWorld): Claims {
  const now = Math.floor(clock.now() / 1000)
  switch (defect) {
    case 'wrong-issuer':
      return { ...claims, iss: 'https://accounts.example.com' }
    case 'wrong-audience':
      return { ...claims, azp: foreignClient, aud: foreignClient }
    case 'wrong-authorized-party':
      // OpenID Connect Core §3.1.3.7 rules 4 and 5: with several audiences it is azp that names the client.
      return { ...claims, aud: [claims['aud'], foreignClient], azp: foreignClient }
    case 'expired':
      return { ...claims, iat: now - 7200, exp: now - 3600 }
    case 'wrong-nonce':
      return { ...claims, nonce: secrets.mint('nonce', nonceShape) }
    case 'no-nonce':
      return Object.fromEntries(Object.entries(claims).filter(([name]) => name !== 'nonce'))
    default:
      return claims
  }
}

export interface Signed {
  readonly jwt: string
  readonly alg: string
  /** Empty where the header has none. */
  readonly kid: string
}

/** The claims, signed by the key of the time unless the flaw is one of signatures. */
export async function signed(
  claims: Claims,
  defect: IdTokenDefect | null,
  { now, clientSecret }: { readonly now: number; readonly clientSecret: string },
): Promise<Signed> {
  if (defect === 'alg-none') return { jwt: unsecured(claims), alg: 'none', kid: '' }
  if (defect === 'alg-hs256') return { jwt: await signWithSecret(claims, clientSecret), alg: 'HS256', kid: '' }
  const [key, other] = [await signingKey(now), await unpublishedKey(now)]
  if (defect === 'unknown-key') return { jwt: await sign(claims, other), alg: 'RS256', kid: other.kid }
  const material = defect === 'wrong-signature' ? other.material : key.material
  return { jwt: await sign(claims, { kid: key.kid, material }), alg: 'RS256', kid: key.kid }
}
