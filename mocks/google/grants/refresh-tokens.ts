import type { MockWorld } from '../../mock-world.ts'
import type { Grant } from './consents.ts'
import { type Refused, refused } from './refusal.ts'
import { canonical } from '../scopes.ts'
import type { Switches } from '../switches.ts'
import { refreshTokenIdleLimit, refreshTokenLimit, refreshTokenShape } from './token-shapes.ts'

export interface RefreshToken {
  readonly grant: Grant
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Epoch milliseconds. */
  readonly issuedAt: number
  lastUsed: number
  /** Set when a newer token pushed it out. */
  ended?: number
}

/** The refresh tokens of one world. Google rotates none: a token serves until something ends it. */
export class RefreshTokens {
  readonly #world: MockWorld
  readonly #switches: Switches
  readonly #tokens = new Map<string, RefreshToken>()

  constructor(world: MockWorld, switches: Switches) {
    this.#world = world
    this.#switches = switches
  }

  mint(grant: Grant, clientId: string, scopes: readonly string[]): string {
    const now = this.#world.clock.now()
    const others = this.live(grant, clientId)
    if (others.length >= refreshTokenLimit) others[0]!.ended = now
    const value = this.#world.secrets.mint('refresh-token', refreshTokenShape)
    this.#tokens.set(value, { grant, clientId, scopes, issuedAt: now, lastUsed: now })
    return value
  }

  live(grant: Grant, clientId: string): RefreshToken[] {
    return [...this.#tokens.values()].filter(
      (token) => token.grant === grant && token.clientId === clientId && this.#deathOf(token) === undefined,
    )
  }

  /** The grant behind a live token. */
  grantOf(value: string): Grant | undefined {
    const token = this.#tokens.get(value)
    return token === undefined || this.#deathOf(token) !== undefined ? undefined : token.grant
  }

  /** Marks a token as used. `scopes` narrows what the answer covers; null keeps all. */
  use(
    value: string,
    clientId: string,
    scopes: readonly string[] | null,
  ): { readonly grant: Grant; readonly scopes: readonly string[] } | Refused {
    const token = this.#tokens.get(value)
    if (token === undefined) return refused('refresh-token-unknown')
    if (token.clientId !== clientId) return refused('client-differs')
    const now = this.#world.clock.now()
    const death = this.#deathOf(token)
    if (death !== undefined)
      return refused(
        now - death < this.#switches.deadTokenRemembered ? 'refresh-token-dead' : 'refresh-token-forgotten',
      )
    const granted = new Set(token.scopes.map(canonical))
    if (scopes?.every((scope) => granted.has(canonical(scope))) === false) return refused('scope-not-granted')
    token.lastUsed = now
    return { grant: token.grant, scopes: scopes ?? token.scopes }
  }

  /** Epoch milliseconds at which a token died; undefined while it lives. */
  #deathOf(token: RefreshToken): number | undefined {
    const now = this.#world.clock.now()
    const lifetime = testingLifetime(token.grant)
    const expiries = [token.lastUsed + refreshTokenIdleLimit, lifetime === null ? Infinity : token.issuedAt + lifetime]
    const ends = [token.grant.ended, token.ended, ...expiries].filter((end) => end !== undefined && end <= now)
    return ends.toSorted((a, b) => a! - b!)[0]
  }
}

const day = 24 * 60 * 60 * 1000

/** Status Testing of an External application: seven days from consent (Google, OAuth 2.0 overview). */
const testingLifetime = ({ project }: Grant): number | null =>
  project.userType === 'external' && project.publishingStatus === 'testing' ? 7 * day : null
