import type { MockWorld, TokenStatus } from '../../mock-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import type { Project } from '../registration/projects.ts'
import { AccessTokens, type TokenDescription } from './access-tokens.ts'
import { type Authorization, AuthorizationCodes, type Exchange } from './authorization-codes.ts'
import { Consents, type Grant } from './consents.ts'
import type { Refused } from './refusal.ts'
import { RefreshTokens } from './refresh-tokens.ts'
import { inTokenAnswer } from '../scopes.ts'
import type { Switches } from '../switches.ts'
import { accessTokenLifetime } from './token-shapes.ts'

/** What a successful exchange or refresh yields. */
export interface Issued {
  readonly outcome: 'issued'
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly account: RegisteredAccount
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Seconds. */
  readonly lifetime: number
  readonly nonce: string | null
  readonly by: 'authorization_code' | 'refresh_token'
}

/**
 * Consents, codes and tokens of one world, with no HTTP in them: what is issued, to whom, and when it ends. The endpoint
 * files put the answers into Google's words.
 */
export class Grants {
  readonly #world: MockWorld
  readonly #switches: Switches
  readonly #consents: Consents
  readonly #codes: AuthorizationCodes
  readonly #accessTokens: AccessTokens
  readonly #refreshTokens: RefreshTokens

  constructor(world: MockWorld, switches: Switches) {
    this.#world = world
    this.#switches = switches
    this.#consents = new Consents(world)
    this.#codes = new AuthorizationCodes(world, switches)
    this.#accessTokens = new AccessTokens(world)
    this.#refreshTokens = new RefreshTokens(world, switches)
  }

  /** The scopes, in their long spelling, that the account has granted to the project. */
  consented(account: RegisteredAccount, project: Project): ReadonlySet<string> {
    return this.#consents.live(account, project)?.scopes ?? new Set()
  }

  consent(account: RegisteredAccount, project: Project, scopes: readonly string[]): void {
    this.#consents.give(account, project, scopes)
  }

  issueCode(authorization: Authorization): string {
    const grant = this.#consents.live(authorization.account, authorization.client.project)
    if (grant === undefined) throw new Error('a code needs a consent')
    return this.#codes.issue(authorization, grant)
  }

  async redeem(exchange: Exchange): Promise<Issued | Refused> {
    const taken = await this.#codes.take(exchange)
    if ('refusal' in taken) {
      const reuse = taken.refusal === 'code-used' && this.#switches.codeReuseEndsGrant
      if (reuse && taken.code !== undefined) this.#consents.end(taken.code.grant, 'code used twice')
      return taken
    }
    const { grant, client, scopes, nonce } = taken.code
    const refreshToken = this.#bringsRefreshToken(taken.code, grant)
      ? this.#refreshTokens.mint(grant, client.client_id, scopes)
      : null
    return this.#issue('authorization_code', grant, { clientId: client.client_id, scopes, refreshToken, nonce })
  }

  /** `scopes` narrows what the new token covers; null keeps all. */
  refresh(refreshToken: string, clientId: string, scopes: readonly string[] | null): Issued | Refused {
    const used = this.#refreshTokens.use(refreshToken, clientId, scopes)
    if ('refusal' in used) return used
    return this.#issue('refresh_token', used.grant, { clientId, scopes: used.scopes, refreshToken: null, nonce: null })
  }

  /** Ends the grant behind a live access or refresh token, for all clients of the project (Google, device guide). */
  revoke(token: string): 'revoked' | 'dead' {
    const grant = this.#accessTokens.grantOf(token) ?? this.#refreshTokens.grantOf(token)
    if (grant === undefined) return 'dead'
    this.#consents.end(grant, 'revocation endpoint')
    return 'revoked'
  }

  /** The user removes every application on the account's own page. */
  removeAccess(address: string): void {
    this.#consents.endAll(address, 'removed by the user')
  }

  /** Ends refresh tokens that reach Gmail (Google, OAuth 2.0 overview). */
  changePassword(address: string): void {
    this.#consents.endAll(address, 'password changed')
  }

  lookup(accessToken: string): TokenStatus {
    return this.#accessTokens.lookup(accessToken)
  }

  /** A live access token; undefined for any other. */
  describe(accessToken: string): TokenDescription | undefined {
    return this.#accessTokens.describe(accessToken)
  }

  /** Google, web-server guide and native-app guide: when an exchange answers with a refresh token. */
  #bringsRefreshToken({ client, consentShown, accessType }: Authorization, grant: Grant): boolean {
    if (client.kind === 'installed') return consentShown || this.#switches.installedRepeatLogin === 'refresh-token'
    return accessType === 'offline' && (consentShown || this.#refreshTokens.live(grant, client.client_id).length === 0)
  }

  #issue(
    by: Issued['by'],
    grant: Grant,
    token: Pick<Issued, 'clientId' | 'scopes' | 'refreshToken' | 'nonce'>,
  ): Issued {
    const { secrets, journal } = this.#world
    const { clientId, scopes, refreshToken } = token
    const accessType = by === 'refresh_token' || refreshToken !== null ? 'offline' : 'online'
    const accessToken = this.#accessTokens.mint(grant, { clientId, scopes, accessType })
    journal.record('token-endpoint', 'as.token.issued', {
      accessToken: secrets.refer(accessToken)!,
      refreshToken: refreshToken === null ? null : secrets.refer(refreshToken)!,
      by,
      grant: grant.name,
      account: grant.account.address,
      scope: inTokenAnswer(scopes, this.#switches.scopeSpelling),
      lifetime: accessTokenLifetime,
    })
    return { outcome: 'issued', accessToken, account: grant.account, lifetime: accessTokenLifetime, by, ...token }
  }
}
