import { type CryptoKey, SignJWT, UnsecuredJWT, compactVerify, importJWK } from 'jose'
import type { KeyMaterial, SigningKey } from './keys.ts'

export type Claims = Readonly<Record<string, unknown>>

/** Imported once per process: the keys are fixed, and importing costs more than signing. */
const imported = new Map<KeyMaterial, Promise<CryptoKey | Uint8Array>>()

function privateKeyOf(material: KeyMaterial): Promise<CryptoKey | Uint8Array> {
  const known = imported.get(material)
  if (known !== undefined) return known
  const key = importJWK({ ...material, alg: 'RS256' })
  imported.set(material, key)
  return key
}

/** A JWT as Google signs it: header `alg`, `kid`, `typ` (captured). */
export const sign = async (claims: Claims, { kid, material }: SigningKey): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(await privateKeyOf(material))

/** Signed with a client secret (RFC 7518 §3.2), which no id_token of Google is. */
export const signWithSecret = (claims: Claims, secret: string): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(new TextEncoder().encode(secret))

/** Not signed at all (RFC 7519 §6). */
export const unsecured = (claims: Claims): string => new UnsecuredJWT({ ...claims }).encode()

/** The claims and `kid` of a JWT that one of the keys signed; undefined for any other text. */
export async function verified(
  jwt: string,
  keys: readonly SigningKey[],
): Promise<{ readonly claims: Claims; readonly kid: string } | undefined> {
  try {
    const { payload, protectedHeader } = await compactVerify(
      jwt,
      ({ kid }) => {
        const key = keys.find((published) => published.kid === kid)
        if (key === undefined) throw new Error('no such key')
        const { n, e } = key.material
        return importJWK({ kty: 'RSA', n, e, alg: 'RS256' })
      },
      { algorithms: ['RS256'] },
    )
    return { claims: JSON.parse(new TextDecoder().decode(payload)), kid: protectedHeader.kid ?? '' }
  } catch {
    return undefined
  }
}
