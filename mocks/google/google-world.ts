import type { TlsSecurity } from '../../harness/model/tls-security.ts'
import type { MockWorld } from '../mock-world.ts'
import type { DeviceCodes } from './device-authorization.ts'
import type { Faults } from './faults.ts'
import type { Grants } from './grants/grants.ts'
import type { IdTokens } from './id-tokens/id-tokens.ts'
import type { Quota } from './quota.ts'
import type { RegisteredAccount } from './registration/accounts.ts'
import type { RegisteredClient } from './registration/clients.ts'
import type { ServiceAccounts } from './service-accounts/service-accounts.ts'
import type { ServiceAccountTokens } from './service-accounts/tokens.ts'
import type { Switches } from './switches.ts'

/** What every endpoint of one world's Google is given. */
export interface GoogleWorld extends MockWorld {
  readonly clients: readonly RegisteredClient[]
  readonly accounts: readonly RegisteredAccount[]
  readonly grants: Grants
  readonly serviceAccounts: ServiceAccounts
  readonly serviceAccountTokens: ServiceAccountTokens
  readonly deviceCodes: DeviceCodes
  /** Requests that each client may make in a day. */
  readonly quotas: { readonly token: Quota; readonly device: Quota }
  readonly faults: Faults
  readonly idTokens: IdTokens
  readonly switches: Switches
  /** How the hosts' port is secured; undefined where clients come through no TLS. */
  readonly port: { security: TlsSecurity } | undefined
}
