import type { MockWorld, TokenStatus } from '../../mock-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import type { Grant } from './consents.ts'
import { canonical } from '../scopes.ts'
import { accessTokenLifetime, accessTokenShape } from './token-shapes.ts'

/** Who a token is for and what it opens. */
export interface TokenReach {
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly accessType: 'online' | 'offline'
}

interface AccessToken extends TokenReach {
  readonly grant: Grant
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

export interface TokenDescription extends TokenReach {
  readonly account: RegisteredAccount
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** The access tokens of one world. */
export class AccessTokens {
  readonly #world: MockWorld
  readonly #tokens = new Map<string, AccessToken>()

  constructor(world: MockWorld) {
    this.#world = world
  }

  mint(grant: Grant, reach: TokenReach): string {
    const value = this.#world.secrets.mint('access-token', accessTokenShape)
    const expiresAt = this.#world.clock.now() + accessTokenLifetime * 1000
    this.#tokens.set(value, { ...reach, grant, expiresAt })
    return value
  }

  lookup(value: string): TokenStatus {
    const token = this.#tokens.get(value)
    if (token === undefined) return { status: 'unknown' }
    const { address } = token.grant.account
    if (token.grant.ended !== undefined) return { status: 'revoked', address }
    if (token.expiresAt <= this.#world.clock.now()) return { status: 'expired', address }
    return { status: 'live', address, scopes: token.scopes.map(canonical), expiresAt: token.expiresAt }
  }

  /** A live token; undefined for any other. */
  describe(value: string): TokenDescription | undefined {
    const token = this.#tokens.get(value)
    if (token === undefined || this.lookup(value).status !== 'live') return undefined
    return { account: token.grant.account, ...token }
  }

  /** The grant behind a live token. */
  grantOf(value: string): Grant | undefined {
    return this.lookup(value).status === 'live' ? this.#tokens.get(value)?.grant : undefined
  }
}
