import { type HttpHandler, http } from 'msw/http'
import type { GoogleDirector } from '../../harness/model/scenario.ts'
import type { Account, MockWorld, TokenLookup } from '../mock-world.ts'
import { notFound } from './answers.ts'
import { authorizationEndpoint } from './authorization-endpoint.ts'
import type { RegisteredClient } from './clients.ts'
import { discovery } from './discovery.ts'
import { mockedHosts } from './endpoints.ts'
import { Faults } from './faults.ts'
import type { GoogleWorld } from './google-world.ts'
import { Grants } from './grants.ts'
import { IdTokens } from './id-token.ts'
import { jwks } from './jwks.ts'
import { revocationEndpoint } from './revocation-endpoint.ts'
import { type Switches, defaults } from './switches.ts'
import { tokenEndpoint } from './token-endpoint.ts'
import { tokeninfo } from './tokeninfo.ts'
import { userinfo } from './userinfo.ts'

export interface GoogleOptions {
  readonly clients: readonly RegisteredClient[]
  readonly accounts: readonly Account[]
  /** Choices that differ from `defaults`. */
  readonly switches?: Partial<Switches>
}

/** One world's Google: one handler list for every door, what a resource server may ask, what a scenario may do. */
export interface Google extends GoogleDirector {
  readonly handlers: readonly HttpHandler[]
  readonly lookup: TokenLookup
  /** The host names that the handlers answer for. */
  readonly hosts: readonly string[]
  readonly switches: Switches
}

export function createGoogle(world: MockWorld, { clients, accounts, switches: chosen }: GoogleOptions): Google {
  const switches = { ...defaults, ...chosen }
  const faults = new Faults(world)
  const grants = new Grants(world, switches)
  const idTokens = new IdTokens(world)
  const google: GoogleWorld = { ...world, clients, accounts, grants, faults, idTokens, switches }
  for (const { client_secret } of clients) world.secrets.learn('client-secret', client_secret)
  return {
    switches,
    hosts: mockedHosts,
    handlers: [
      ...discovery(google),
      ...jwks(google),
      ...authorizationEndpoint(google),
      ...tokenEndpoint(google),
      ...revocationEndpoint(google),
      ...tokeninfo(google),
      ...userinfo(google),
      http.all('*', notFound),
    ],
    lookup: (accessToken) => grants.lookup(accessToken),
    fault: (fault) => faults.arm(fault),
    clearFaults: () => faults.clear(),
    idTokenDefect: (defect) => idTokens.defect(defect),
    removeAccess: (account) => grants.removeAccess(account),
  }
}
