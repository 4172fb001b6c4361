import type { StoredGrant, TokenStore } from '../../subjects/reference/token-store.ts'
import type { LiveContext } from '../context.ts'

/** How access is asked for where nothing is stored; undefined: nobody is there to answer. */
export interface Asking {
  /** @throws where no browser can be opened; the address is shown then */
  openBrowser(url: string): Promise<void>
  /** Milliseconds until nobody is thought to answer any more. */
  readonly patience: number
  /** Milliseconds after which hints are given. */
  readonly hintAfter: number
  hint(lines: readonly string[]): void
}

export interface AccountAccess {
  readonly account: string
  readonly store: TokenStore
  readonly from: 'vault' | 'environment'
  readonly asking: Asking | undefined
  /** Ask for access although a grant is stored. */
  readonly again: boolean
}

/**
 * A grant: the stored one, or one that the account’s owner gives now, which is stored. Records `live.consent`,
 * `live.tokens` and `live.grant`.
 *
 * @throws LiveTrouble
 */
export async function obtainGrant(_: LiveContext, __: AccountAccess): Promise<StoredGrant> {
  throw new Error('not written yet')
}

/**
 * Refreshes whether or not it is due, and stores the result: records `live.tokens`.
 *
 * @throws LiveTrouble; a dead grant is left in the vault, so that nothing is lost by a mistake of the issuer
 */
export async function refreshNow(_: LiveContext, __: AccountAccess): Promise<StoredGrant> {
  throw new Error('not written yet')
}

/** Ends the grant at the issuer, then shows that it is dead, then forgets it: records `live.revocation`. */
export async function revokeNow(_: LiveContext, __: AccountAccess): Promise<string> {
  throw new Error('not written yet')
}
