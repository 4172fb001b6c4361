import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK } from 'jose'
import type { ServiceAccountKey } from '../registration/service-accounts.ts'

/** What a JWT says of itself before anybody has looked at its signature (RFC 7523 §3); null where it does not. */
export interface Assertion {
  readonly kid: string | null
  readonly issuer: string | null
  readonly subject: string | null
  readonly audience: string | null
  readonly scope: string
  /** Seconds since the epoch. */
  readonly issuedAt: number | null
  readonly expiresAt: number | null
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** Reads a JWT; undefined where it is none. */
export function readAssertion(jwt: string): Assertion | undefined {
  try {
    const claims: Readonly<Record<string, unknown>> = decodeJwt(jwt)
    return {
      kid: textOf(decodeProtectedHeader(jwt).kid),
      issuer: textOf(claims['iss']),
      subject: textOf(claims['sub']),
      audience: textOf(claims['aud']),
      scope: textOf(claims['scope']) ?? '',
      issuedAt: numberOf(claims['iat']),
      expiresAt: numberOf(claims['exp']),
    }
  } catch {
    return undefined
  }
}

/** Whether one of the keys signed a JWT with RS256, the one algorithm that Google takes. */
export async function isSigned(jwt: string, keys: readonly ServiceAccountKey[]): Promise<boolean> {
  for (const { n, e } of keys) {
    const key = await importJWK({ kty: 'RSA', n, e, alg: 'RS256' })
    const verified = await compactVerify(jwt, key).then(
      () => true,
      () => false,
    )
    if (verified) return true
  }
  return false
}
