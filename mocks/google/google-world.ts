import type { MockWorld } from '../mock-world.ts'
import type { RegisteredAccount } from './registration/accounts.ts'
import type { RegisteredClient } from './registration/clients.ts'
import type { Faults } from './faults.ts'
import type { Grants } from './grants/grants.ts'
import type { IdTokens } from './id-token.ts'
import type { Switches } from './switches.ts'

/** What every endpoint of one world's Google is given. */
export interface GoogleWorld extends MockWorld {
  readonly clients: readonly RegisteredClient[]
  readonly accounts: readonly RegisteredAccount[]
  readonly grants: Grants
  readonly faults: Faults
  readonly idTokens: IdTokens
  readonly switches: Switches
}
