import type { MintShape } from '../../../harness/secrets.ts'
import type { MockWorld, TokenStatus } from '../../mock-world.ts'
import type { TokenDescription } from '../grants/access-tokens.ts'
import { canonical } from '../scopes.ts'

/** Seconds; captured answers say `3599`. */
export const lifetime = 3599
/** Those of service accounts begin `ya29.c.`. */
const shape: MintShape = {
  prefix: 'ya29.c.',
  length: 224,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
}

type Token = TokenDescription & { revoked: boolean }

/** The access tokens that service accounts got: no consent stands behind them, and no refresh token beside them. */
export class ServiceAccountTokens {
  readonly #world: MockWorld
  readonly #tokens = new Map<string, Token>()

  constructor(world: MockWorld) {
    this.#world = world
  }

  mint(token: Pick<TokenDescription, 'account' | 'clientId' | 'scopes'>): string {
    const value = this.#world.secrets.mint('access-token', shape)
    const expiresAt = this.#world.clock.now() + lifetime * 1000
    this.#tokens.set(value, { ...token, accessType: 'online', expiresAt, revoked: false })
    return value
  }

  lookup(value: string): TokenStatus {
    const token = this.#tokens.get(value)
    if (token === undefined) return { status: 'unknown' }
    const { account, scopes, expiresAt, revoked } = token
    const { address } = account
    if (revoked || account.state !== 'active') return { status: 'revoked', address }
    if (expiresAt <= this.#world.clock.now()) return { status: 'expired', address }
    return { status: 'live', address, scopes: scopes.map(canonical), expiresAt, delegated: true }
  }

  /** A live token; undefined for any other. */
  describe(value: string): TokenDescription | undefined {
    return this.lookup(value).status === 'live' ? this.#tokens.get(value) : undefined
  }

  revoke(value: string): 'revoked' | 'dead' {
    const token = this.lookup(value).status === 'live' ? this.#tokens.get(value) : undefined
    if (token === undefined) return 'dead'
    token.revoked = true
    return 'revoked'
  }
}
