import { type JWK, SignJWT, importJWK } from 'jose'
import active from '../../fixtures/keys/test-only-google-signing-key-1.json' with { type: 'json' }
import other from '../../fixtures/keys/test-only-google-signing-key-2.json' with { type: 'json' }
import type { IdTokenDefect } from '../../harness/model/scenario.ts'
import type { Account, MockWorld } from '../mock-world.ts'
import type { Issued } from './grants/grants.ts'
import { base64url, sha256 } from './grants/pkce.ts'
import { canonical } from './scopes.ts'

export const issuer = 'https://accounts.google.com'

type Claims = Readonly<Record<string, string | number | boolean>>

/** Imported once per process: the keys are fixed, and importing costs more than signing. */
let signingKey: ReturnType<typeof importJWK> | undefined

const publicPart = ({ n, e, kty, alg, use, kid }: JWK & { kid: string }) => ({ n, e, kty, alg, use, kid })
/** The keys as the JWKS endpoint shows them: two at a time (captured sets of 2024). */
export const publicKeys = [publicPart(active), publicPart(other)]

/** Issues the id_tokens of one world, in the shape of a captured one; the server side's only door to jose. */
export class IdTokens {
  readonly #world: MockWorld
  #defect: IdTokenDefect | null = null

  constructor(world: MockWorld) {
    this.#world = world
  }

  /** Names the flaw of the next id_token; null takes it back. */
  defect(defect: IdTokenDefect | null): void {
    this.#defect = defect
  }

  async issue(issued: Issued): Promise<string> {
    const defect = this.#defect
    this.#defect = null
    const { secrets, journal } = this.#world
    const claims = this.#flawed(await this.#claims(issued), defect)
    signingKey ??= importJWK(active, 'RS256')
    const header = { alg: 'RS256', kid: active.kid, typ: 'JWT' }
    const idToken = await new SignJWT(claims).setProtectedHeader(header).sign(await signingKey)
    secrets.learn('id-token', idToken)
    const nonce = claims['nonce']
    const recorded = nonce === undefined ? claims : { ...claims, nonce: secrets.learn('nonce', String(nonce)) }
    journal.record('token-endpoint', 'as.idtoken.issued', { kid: active.kid, alg: 'RS256', defect, claims: recorded })
    return idToken
  }

  /** In the order of a captured token: iss, azp, aud, sub, email …, at_hash, nonce, name …, iat, exp. */
  async #claims({ account, clientId, scopes, accessToken, nonce, lifetime }: Issued): Promise<Claims> {
    const iat = Math.floor(this.#world.clock.now() / 1000)
    const granted = new Set(scopes.map(canonical))
    return {
      iss: issuer,
      azp: clientId,
      aud: clientId,
      sub: account.sub,
      ...(granted.has(canonical('email')) ? { email: account.address, email_verified: true } : {}),
      // OpenID Connect Core §3.1.3.6: the left half of the hash.
      at_hash: base64url((await sha256(accessToken)).subarray(0, 16)),
      ...(nonce === null ? {} : { nonce }),
      ...(granted.has(canonical('profile')) ? profileOf(account) : {}),
      iat,
      exp: iat + lifetime,
    }
  }

  #flawed(claims: Claims, defect: IdTokenDefect | null): Claims {
    const { nonce: _, ...withoutNonce } = claims
    const now = Math.floor(this.#world.clock.now() / 1000)
    switch (defect) {
      case null:
        return claims
      case 'no-nonce':
        return withoutNonce
      case 'wrong-nonce':
        return { ...claims, nonce: this.#world.secrets.mint('nonce', nonceShape) }
      case 'wrong-audience':
        return { ...claims, azp: foreignClient, aud: foreignClient }
      case 'wrong-issuer':
      case 'wrong-authorized-party':
      case 'wrong-signature':
      case 'alg-none':
      case 'alg-hs256':
      case 'unknown-key':
        throw new Error(`the defect ${defect} is not played yet`)
      case 'expired':
        return { ...claims, iat: now - 7200, exp: now - 3600 }
    }
  }
}

const foreignClient = '999999999999-aforeignclientaforeignclientafor.apps.googleusercontent.com'
const nonceShape = {
  prefix: '',
  length: 43,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
}

/** The claims that `profile` opens, as userinfo and id_token share them. */
export function profileOf(account: Account): Claims {
  const [given = account.name, ...family] = account.name.split(' ')
  return {
    name: account.name,
    picture: `https://lh3.googleusercontent.com/a/${account.sub}=s96-c`,
    given_name: given,
    ...(family.length === 0 ? {} : { family_name: family.join(' ') }),
  }
}
