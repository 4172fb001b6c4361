import type { MockWorld, TokenStatus } from '../../mock-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import { type RegisteredClient, stateOf } from '../registration/clients.ts'
import { canonical } from '../scopes.ts'
import type { Switches } from '../switches.ts'
import type { Consents, Grant } from './consents.ts'
import { type Ending, earliest, endedWithAccount, stateAfter } from './endings.ts'
import { accessTokenLifetime } from './lifetimes.ts'
import { accessTokenShape } from './token-shapes.ts'

/** Who a token is for and what it opens. */
interface TokenReach {
  readonly client: RegisteredClient
  readonly scopes: readonly string[]
  readonly accessType: 'online' | 'offline'
}

interface AccessToken extends TokenReach {
  readonly grant: Grant
  /** Epoch milliseconds. */
  expiresAt: number
  /** How much had befallen the account when it was minted. */
  readonly born: number
}

export interface TokenDescription {
  readonly account: RegisteredAccount
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly accessType: 'online' | 'offline'
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** The access tokens of one world. */
export class AccessTokens {
  readonly #world: MockWorld
  readonly #switches: Switches
  readonly #consents: Consents
  readonly #tokens = new Map<string, AccessToken>()

  constructor(world: MockWorld, switches: Switches, consents: Consents) {
    this.#world = world
    this.#switches = switches
    this.#consents = consents
  }

  mint(grant: Grant, reach: TokenReach): string {
    const value = this.#world.secrets.mint('access-token', accessTokenShape)
    const expiresAt = this.#world.clock.now() + accessTokenLifetime * 1000
    this.#tokens.set(value, { ...reach, grant, expiresAt, born: grant.account.history.length })
    return value
  }

  lookup(value: string): TokenStatus {
    const token = this.#tokens.get(value)
    if (token === undefined) return { status: 'unknown' }
    const { address } = token.grant.account
    const end = this.#endOf(token)
    if (end !== undefined) return { status: stateAfter(end), address }
    const client = stateOf(token.client, this.#world.clock.now(), this.#switches)
    if (client !== 'active') return { status: 'revoked', address }
    return { status: 'live', address, scopes: token.scopes.map(canonical), expiresAt: token.expiresAt }
  }

  /** A live token; undefined for any other. */
  describe(value: string): TokenDescription | undefined {
    const token = this.#tokens.get(value)
    if (token === undefined || this.lookup(value).status !== 'live') return undefined
    const { grant, client, scopes, accessType, expiresAt } = token
    return { account: grant.account, clientId: client.client_id, scopes, accessType, expiresAt }
  }

  /** The grant behind a live token. */
  grantOf(value: string): Grant | undefined {
    return this.lookup(value).status === 'live' ? this.#tokens.get(value)?.grant : undefined
  }

  /** Ends the lifetime of the account's live tokens now; returns their number. */
  expire(account: RegisteredAccount): number {
    const live = [...this.#tokens.values()].filter(
      (token) => token.grant.account === account && this.#endOf(token) === undefined,
    )
    for (const token of live) token.expiresAt = this.#world.clock.now()
    return live.length
  }

  #endOf(token: AccessToken): Ending | undefined {
    const withConsent = this.#consents.endOf(token.grant)
    const outlives = !this.#switches.consentEndsAccessTokens
    return earliest(
      [
        withConsent !== undefined && stateAfter(withConsent) === 'expired' && outlives ? undefined : withConsent,
        endedWithAccount(token.grant.account, token, 'access-token'),
        { at: token.expiresAt, cause: 'lifetime over' },
      ],
      this.#world.clock.now(),
    )
  }
}
