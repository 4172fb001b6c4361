import type { AccountPolicy, AccountSetup, AccountState } from '../../../harness/model/google-setup.ts'
import type { Account } from '../../mock-world.ts'

export interface AccountRegistration extends Account, Partial<AccountSetup> {}

/** A Google account with what its owner, its administrator and Google may do to it. */
export interface RegisteredAccount extends Account, AccountSetup {
  state: AccountState
  policy: AccountPolicy
  sessionLength: number | null
  /** Epoch milliseconds of the last sign-in in a browser. */
  lastSignIn: number
}

export const registerAccount = (registration: AccountRegistration, now: number): RegisteredAccount => ({
  organisation: null,
  policy: 'allowed',
  sessionLength: null,
  ...registration,
  state: 'active',
  lastSignIn: now,
})
