import { type HttpHandler, http } from 'msw/http'
import type { GoogleDirector } from '../../harness/model/scenario.ts'
import type { TlsSecurity } from '../../harness/model/tls-security.ts'
import type { MockWorld, TokenLookup } from '../mock-world.ts'
import { notFound } from './answers.ts'
import { authorizationEndpoint } from './authorization-endpoint.ts'
import { type AccountRegistration, registerAccount } from './registration/accounts.ts'
import { type ClientRegistration, registerClient } from './registration/clients.ts'
import { lookup } from './access.ts'
import { deviceAuthorizationEndpoint } from './device-authorization.ts'
import { directorOf } from './director.ts'
import { discovery } from './discovery.ts'
import { mockedHosts } from './endpoints.ts'
import { Faults } from './faults.ts'
import type { GoogleWorld } from './google-world.ts'
import { Grants } from './grants/grants.ts'
import { IdTokens } from './id-tokens/id-tokens.ts'
import { jwks } from './jwks.ts'
import { Quota } from './quota.ts'
import type { ServiceAccountRegistration } from './registration/service-accounts.ts'
import { revocationEndpoint } from './revocation-endpoint.ts'
import { ServiceAccounts } from './service-accounts/service-accounts.ts'
import { ServiceAccountTokens } from './service-accounts/tokens.ts'
import { type Switches, defaults } from './switches.ts'
import { tokenEndpoint } from './token-endpoint.ts'
import { tokeninfo } from './tokeninfo.ts'
import { userinfo } from './userinfo.ts'

export interface GoogleOptions {
  readonly clients: readonly ClientRegistration[]
  readonly accounts: readonly AccountRegistration[]
  readonly serviceAccounts?: readonly ServiceAccountRegistration[]
  /** Choices that differ from `defaults`. */
  readonly switches?: Partial<Switches>
  /** Whether clients come through real TLS, where transport faults and bad certificates can be shown; not so unless told. */
  readonly overTls?: boolean
}

/** One world's Google: one handler list for every door, what a resource server may ask, what a scenario may do. */
export interface Google extends GoogleDirector {
  readonly handlers: readonly HttpHandler[]
  readonly lookup: TokenLookup
  /** The host names that the handlers answer for. */
  readonly hosts: readonly string[]
  readonly switches: Switches
  /** How the hosts' port is secured now. */
  security(): TlsSecurity
}

export function createGoogle(world: MockWorld, options: GoogleOptions): Google {
  const now = world.clock.now()
  // Copies, because worlds change them; clients of one project keep sharing it.
  const projects = new Map(options.clients.map(({ project }) => [project, { ...project }]))
  const clients = options.clients.map((client) =>
    registerClient({ ...client, project: projects.get(client.project)! }, now),
  )
  const accounts = options.accounts.map((account) => registerAccount(account, now))
  const switches = { ...defaults, ...options.switches }
  const { overTls = false } = options
  const faults = new Faults(world, { transport: overTls })
  const grants = new Grants(world, switches)
  const idTokens = new IdTokens(world, switches)
  const google: GoogleWorld = {
    ...world,
    clients,
    accounts,
    grants,
    faults,
    idTokens,
    switches,
    port: overTls ? { security: 'tls' } : undefined,
    serviceAccounts: new ServiceAccounts(world, switches, options.serviceAccounts ?? []),
    serviceAccountTokens: new ServiceAccountTokens(world),
    deviceCodes: new Map(),
    quotas: {
      token: new Quota(world.clock, () => switches.tokenQuota),
      device: new Quota(world.clock, () => switches.deviceQuota),
    },
  }
  for (const { value } of clients.flatMap(({ secrets }) => secrets)) world.secrets.learn('client-secret', value)
  return {
    switches,
    hosts: mockedHosts,
    security: () => google.port?.security ?? 'tls',
    handlers: [
      ...discovery(google),
      ...jwks(google),
      ...authorizationEndpoint(google),
      ...tokenEndpoint(google),
      ...deviceAuthorizationEndpoint(google),
      ...revocationEndpoint(google),
      ...tokeninfo(google),
      ...userinfo(google),
      http.all('*', notFound),
    ],
    lookup: (accessToken) => lookup(google, accessToken),
    ...directorOf(google),
  }
}
