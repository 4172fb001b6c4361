import type { MockWorld, TokenLookup } from '../mock-world.ts'
import { MailStore } from './core/mail-store.ts'

/** What the scenario may turn. */
export interface FrontPolicy {
  mechanisms: readonly ('XOAUTH2' | 'OAUTHBEARER')[]
  sessionEnd: 'token-expiry' | 'never'
  /** Addresses, in lower case, whose domain's administrator switched IMAP off. */
  readonly imapDisabled: Set<string>
}

/** Everything that the sessions of one Gmail share. */
export interface GmailWorld extends MockWorld {
  readonly lookup: TokenLookup
  readonly policy: FrontPolicy
  /** The mail of an account; made empty where nobody asked for any. Addresses are the same in any case. */
  storeOf(address: string): MailStore
  /** Connections that are logged in to the account now. */
  connectionsOf(address: string): number
}

export const createStores = (world: MockWorld): ((address: string) => MailStore) => {
  const stores = new Map<string, MailStore>()
  return (address) => {
    const key = address.toLowerCase()
    const store = stores.get(key) ?? new MailStore(key, world.random)
    stores.set(key, store)
    return store
  }
}
