import type { Perishable } from '../../../harness/model/scenario.ts'
import type { MockWorld, TokenStatus } from '../../mock-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import type { RegisteredClient } from '../registration/clients.ts'
import type { Project } from '../registration/projects.ts'
import { inTokenAnswer } from '../scopes.ts'
import type { Switches } from '../switches.ts'
import { AccessTokens, type TokenDescription } from './access-tokens.ts'
import { type Authorization, AuthorizationCodes, type Exchange } from './authorization-codes.ts'
import { Consents, type Grant } from './consents.ts'
import type { AccountCause, Ending } from './endings.ts'
import { accessTokenLifetime, secondsUntil } from './lifetimes.ts'
import type { Refused } from './refusal.ts'
import { RefreshTokens } from './refresh-tokens.ts'

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
  /** Seconds that remain to the refresh token, where answers announce it; null where they do not. */
  readonly refreshTokenLifetime: number | null
  readonly nonce: string | null
  readonly by: 'authorization_code' | 'refresh_token'
}

/** What is to be issued, and under what. */
interface Issue extends Pick<Issued, 'by' | 'scopes' | 'refreshToken' | 'nonce'> {
  readonly grant: Grant
  readonly client: RegisteredClient
  /** When the refresh token runs out, if it does. */
  readonly limit: Ending | undefined
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
    this.#codes = new AuthorizationCodes(world, switches, this.#consents)
    this.#accessTokens = new AccessTokens(world, switches, this.#consents)
    this.#refreshTokens = new RefreshTokens(world, switches, this.#consents)
  }

  /** The scopes, in their long spelling, that the account has granted to the project. */
  consented(account: RegisteredAccount, project: Project): ReadonlySet<string> {
    return this.#consents.live(account, project)?.scopes ?? new Set()
  }

  /** The user agrees; `accessFor` in seconds where access is granted for a time, null for good. */
  consent(
    account: RegisteredAccount,
    project: Project,
    scopes: readonly string[],
    { accessFor }: { readonly accessFor: number | null } = { accessFor: null },
  ): void {
    this.#consents.give(account, project, scopes, accessFor)
  }

  /** The user signs in to the browser: session control counts from now. */
  signedIn(account: RegisteredAccount): void {
    account.lastSignIn = this.#world.clock.now()
  }

  issueCode(authorization: Authorization): string {
    const grant = this.#consents.live(authorization.account, authorization.client.project)
    if (grant === undefined) throw new Error('a code needs a consent')
    return this.#codes.issue(authorization, grant)
  }

  redeem(exchange: Exchange): Issued | Refused {
    const taken = this.#codes.take(exchange)
    if ('refusal' in taken) {
      const reuse = taken.refusal === 'code-used' && this.#switches.codeReuseEndsGrant
      if (reuse && taken.code !== undefined) this.#consents.end(taken.code.grant, 'code used twice')
      return taken
    }
    const { grant, client, scopes, nonce } = taken.code
    const { limit } = grant
    const refreshToken = this.#bringsRefreshToken(taken.code, grant)
      ? this.#refreshTokens.mint({ grant, client, scopes, limit })
      : null
    return this.#issue({ by: 'authorization_code', grant, client, scopes, refreshToken, limit, nonce })
  }

  /** `scopes` narrows what the new token covers; null keeps all. */
  refresh(used: string, clientId: string, scopes: readonly string[] | null): Issued | Refused {
    const taken = this.#refreshTokens.use(used, clientId, scopes)
    if ('refusal' in taken) return taken
    const { grant, client, limit } = taken.token
    const refreshToken = this.#switches.refreshTokenRotation ? this.#refreshTokens.replace(taken.token) : null
    return this.#issue({ by: 'refresh_token', grant, client, scopes: taken.scopes, refreshToken, limit, nonce: null })
  }

  /** Ends the grant behind a live access or refresh token, for all clients of the project (Google, device guide). */
  revoke(token: string): 'revoked' | 'dead' {
    const grant = this.#accessTokens.grantOf(token) ?? this.#refreshTokens.grantOf(token)
    if (grant === undefined) return 'dead'
    this.#consents.end(grant, 'revocation endpoint')
    return 'revoked'
  }

  /** The user removes every application on the account's own page. */
  removeAccess(account: RegisteredAccount): void {
    this.#consents.endAll(account, 'removed by the user')
  }

  /** Time is over, at once, for what the account has given or what was given for it; returns how many that were. */
  expire(account: RegisteredAccount, what: Perishable): number {
    switch (what) {
      case 'access-tokens':
        return this.#accessTokens.expire(account)
      case 'refresh-tokens':
        return this.#refreshTokens.expire(account)
      case 'consents':
        return this.#consents.expire(account)
    }
  }

  /** Something befalls an account that ends tokens and leaves its consents. */
  befall(account: RegisteredAccount, cause: AccountCause): void {
    const accessTokensToo = cause !== 'password changed' || this.#switches.passwordChangeEndsAccessTokens
    account.history.push({ at: this.#world.clock.now(), cause, accessTokensToo, lifted: false })
  }

  lookup(accessToken: string): TokenStatus {
    return this.#accessTokens.lookup(accessToken)
  }

  /** A live access token; undefined for any other. */
  describe(accessToken: string): TokenDescription | undefined {
    return this.#accessTokens.describe(accessToken)
  }

  /**
   * When an exchange answers with a refresh token. Installed applications: always (Google, native-app guide). Web
   * applications: with offline access, the first time that the client exchanges a code, and whenever the user saw a
   * consent screen (Google, web-server guide).
   */
  #bringsRefreshToken({ client, consentShown, accessType }: Authorization, grant: Grant): boolean {
    const due = consentShown || !grant.served.has(client.client_id)
    if (client.kind === 'installed') return due || this.#switches.installedRepeatLogin === 'refresh-token'
    return due && accessType === 'offline'
  }

  #issue({ by, grant, client, scopes, refreshToken, limit, nonce }: Issue): Issued {
    const { secrets, journal } = this.#world
    const offline = by === 'refresh_token' || refreshToken !== null
    const accessToken = this.#accessTokens.mint(grant, { client, scopes, accessType: offline ? 'offline' : 'online' })
    journal.record('token-endpoint', 'as.token.issued', {
      accessToken: secrets.refer(accessToken)!,
      refreshToken: refreshToken === null ? null : secrets.refer(refreshToken)!,
      by,
      grant: grant.name,
      account: grant.account.address,
      scope: inTokenAnswer(scopes, this.#switches.scopeSpelling),
      lifetime: accessTokenLifetime,
    })
    return {
      outcome: 'issued',
      accessToken,
      refreshToken,
      account: grant.account,
      clientId: client.client_id,
      scopes,
      lifetime: accessTokenLifetime,
      refreshTokenLifetime: offline ? this.#announced(limit) : null,
      nonce,
      by,
    }
  }

  #announced(limit: Ending | undefined): number | null {
    if (limit === undefined) return null
    if (limit.cause === 'seven days of Testing' && !this.#switches.testingExpiryAnnounced) return null
    return secondsUntil(limit.at, this.#world.clock.now())
  }
}
