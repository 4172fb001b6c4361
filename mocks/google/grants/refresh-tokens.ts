import type { MockWorld } from '../../mock-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import type { RegisteredClient } from '../registration/clients.ts'
import { canonical, cloudPlatformScope } from '../scopes.ts'
import type { Switches } from '../switches.ts'
import type { Consents, Grant } from './consents.ts'
import { type Cause, type Ending, earliest, endOfIdleness, endedWithAccount } from './endings.ts'
import { refreshTokenLimit } from './lifetimes.ts'
import { type Refused, refused } from './refusal.ts'
import { refreshTokenShape } from './token-shapes.ts'

export interface RefreshToken {
  readonly grant: Grant
  readonly client: RegisteredClient
  readonly scopes: readonly string[]
  /** Fixed when it is minted: a project that is published later gives its tokens no more time. */
  readonly limit: Ending | undefined
  /** How much had befallen the account when it was minted. */
  readonly born: number
  /** Epoch milliseconds. */
  lastUsed: number
  ended?: Ending
}

type NewToken = Pick<RefreshToken, 'grant' | 'client' | 'scopes' | 'limit'>

/** The refresh tokens of one world. Google rotates none: a token serves until something ends it. */
export class RefreshTokens {
  readonly #world: MockWorld
  readonly #switches: Switches
  readonly #consents: Consents
  readonly #tokens = new Map<string, RefreshToken>()
  /** In the order of minting, by account, and by account and client; what ended may still stand there. */
  readonly #held = new Map<string, Set<RefreshToken>>()

  constructor(world: MockWorld, switches: Switches, consents: Consents) {
    this.#world = world
    this.#switches = switches
    this.#consents = consents
  }

  mint({ grant, client, scopes, limit }: NewToken): string {
    const { sub, history } = grant.account
    const holders = [sub, `${sub} ${client.client_id}`] as const
    this.#makeRoom(holders[0], this.#switches.refreshTokensPerAccount ?? Infinity)
    this.#makeRoom(holders[1], refreshTokenLimit)
    const lastUsed = this.#world.clock.now()
    const token: RefreshToken = { grant, client, scopes, limit, born: history.length, lastUsed }
    const value = this.#world.secrets.mint('refresh-token', refreshTokenShape)
    this.#tokens.set(value, token)
    for (const holder of holders) this.#held.set(holder, (this.#held.get(holder) ?? new Set()).add(token))
    grant.served.add(client.client_id)
    return value
  }

  /** Mints the successor of a token, which ends; it lives no longer than the first would have. */
  replace(token: RefreshToken): string {
    this.#end(token, 'replaced by rotation')
    return this.mint(token)
  }

  /** The grant behind a live token. */
  grantOf(value: string): Grant | undefined {
    const token = this.#tokens.get(value)
    return token === undefined || this.#endOf(token) !== undefined ? undefined : token.grant
  }

  /** Marks a token as used. `scopes` narrows what the answer covers; null keeps all. */
  use(
    value: string,
    clientId: string,
    scopes: readonly string[] | null,
  ): { readonly token: RefreshToken; readonly scopes: readonly string[] } | Refused {
    const token = this.#tokens.get(value)
    if (token === undefined) return refused('refresh-token-unknown')
    if (token.client.client_id !== clientId) return refused('client-differs')
    const end = this.#endOf(token)
    if (end !== undefined) return this.#refusalAfter(end, token)
    if (this.#sessionIsOver(token)) return refused('session-over')
    const granted = new Set(token.scopes.map(canonical))
    if (scopes?.every((scope) => granted.has(canonical(scope))) === false) return refused('scope-not-granted')
    token.lastUsed = this.#world.clock.now()
    return { token, scopes: scopes ?? token.scopes }
  }

  /** Ends the account's live tokens as if nobody had used them for six months; returns their number. */
  expire({ sub }: RegisteredAccount): number {
    const live = [...(this.#held.get(sub) ?? [])].filter((token) => this.#endOf(token) === undefined)
    for (const token of live) this.#end(token, 'six months without use')
    return live.length
  }

  #endOf(token: RefreshToken): Ending | undefined {
    return earliest(
      [
        token.ended,
        this.#consents.endOf(token.grant),
        endedWithAccount(token.grant.account, token, 'refresh-token'),
        token.limit,
        endOfIdleness(token.lastUsed),
      ],
      this.#world.clock.now(),
    )
  }

  #refusalAfter({ at, cause }: Ending, { grant: { account } }: RefreshToken): Refused {
    if (cause === 'account deleted' && account.state === 'deleted') return refused('account-deleted')
    if (cause === 'restricted by the administrator' && account.policy === 'restricted')
      return refused('admin-policy-enforced')
    const remembered = this.#world.clock.now() - at < this.#switches.deadTokenRemembered
    return refused(remembered ? 'refresh-token-dead' : 'refresh-token-forgotten')
  }

  /** Session control reaches the Cloud Platform scope alone (Google, OAuth 2.0 overview). */
  #sessionIsOver({ scopes, grant: { account } }: RefreshToken): boolean {
    const { sessionLength, lastSignIn } = account
    return (
      sessionLength !== null &&
      scopes.includes(cloudPlatformScope) &&
      this.#world.clock.now() - lastSignIn >= sessionLength
    )
  }

  #end(token: RefreshToken, cause: Cause): void {
    token.ended = { at: this.#world.clock.now(), cause }
  }

  /** The oldest end without a word until one more may live. */
  #makeRoom(holder: string, limit: number): void {
    const held = this.#held.get(holder)
    if (held === undefined || held.size < limit) return
    for (const token of held) if (this.#endOf(token) !== undefined) held.delete(token)
    for (const token of held) {
      if (held.size < limit) return
      this.#end(token, 'pushed out by newer tokens')
      held.delete(token)
    }
  }
}
