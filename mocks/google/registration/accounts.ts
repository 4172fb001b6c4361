import type { AccountPolicy, AccountSetup, AccountState } from '../../../harness/model/google-setup.ts'
import type { Account } from '../../mock-world.ts'
import type { AccountCause } from '../grants/endings.ts'

export interface AccountRegistration extends Account, Partial<AccountSetup> {}

/** Something that befell an account and ended tokens. */
interface AccountEvent {
  /** Epoch milliseconds. */
  readonly at: number
  readonly cause: AccountCause
  /** Whether access tokens ended as refresh tokens did. */
  readonly accessTokensToo: boolean
  /** Taken back: what ended then lives again. */
  lifted: boolean
}

/** A Google account with what its owner, its administrator and Google may do to it. */
export interface RegisteredAccount extends Account, AccountSetup {
  state: AccountState
  policy: AccountPolicy
  sessionLength: number | null
  /** Epoch milliseconds of the last sign-in in a browser. */
  lastSignIn: number
  /** In the order in which it happened. */
  readonly history: AccountEvent[]
}

export const registerAccount = (registration: AccountRegistration, now: number): RegisteredAccount => ({
  organisation: null,
  policy: 'allowed',
  sessionLength: null,
  ...registration,
  state: 'active',
  lastSignIn: now,
  history: [],
})
