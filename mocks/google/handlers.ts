import { type HttpHandler, http } from 'msw/http'
import type { GoogleDirector } from '../../harness/model/scenario.ts'
import type { MockWorld, TokenLookup } from '../mock-world.ts'
import { notFound } from './answers.ts'
import { authorizationEndpoint } from './authorization-endpoint.ts'
import { type AccountRegistration, registerAccount } from './registration/accounts.ts'
import { type ClientRegistration, findClient, registerClient } from './registration/clients.ts'
import { discovery } from './discovery.ts'
import { mockedHosts } from './endpoints.ts'
import { Faults } from './faults.ts'
import type { GoogleWorld } from './google-world.ts'
import { Grants } from './grants/grants.ts'
import { IdTokens } from './id-token.ts'
import { jwks } from './jwks.ts'
import { revocationEndpoint } from './revocation-endpoint.ts'
import { type Switches, defaults } from './switches.ts'
import { tokenEndpoint } from './token-endpoint.ts'
import { tokeninfo } from './tokeninfo.ts'
import { userinfo } from './userinfo.ts'

export interface GoogleOptions {
  readonly clients: readonly ClientRegistration[]
  readonly accounts: readonly AccountRegistration[]
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

export function createGoogle(world: MockWorld, options: GoogleOptions): Google {
  const now = world.clock.now()
  // Copies, because worlds change them; clients of one project keep sharing it.
  const projects = new Map(options.clients.map(({ project }) => [project, { ...project }]))
  const clients = options.clients.map((client) =>
    registerClient({ ...client, project: projects.get(client.project)! }, now),
  )
  const accounts = options.accounts.map((account) => registerAccount(account, now))
  const switches = { ...defaults, ...options.switches }
  const faults = new Faults(world)
  const grants = new Grants(world, switches)
  const idTokens = new IdTokens(world)
  const google: GoogleWorld = { ...world, clients, accounts, grants, faults, idTokens, switches }
  for (const { value } of clients.flatMap(({ secrets }) => secrets)) world.secrets.learn('client-secret', value)
  const accountOf = (address: string) =>
    known(
      accounts.find((account) => account.address === address),
      address,
    )
  const clientOf = (clientId: string) => known(findClient(clients, clientId), clientId)
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
    turn: (changes) => void Object.assign(switches, changes),
    removeAccess: (account) => grants.removeAccess(account),
    changePassword: (account) => grants.changePassword(account),
    setAccount: (account, state) => void (accountOf(account).state = state),
    setPolicy: (account, policy) => void (accountOf(account).policy = policy),
    publish: (clientId) => void (clientOf(clientId).project.publishingStatus = 'production'),
    setClient: (clientId, state) => void (clientOf(clientId).state = state),
    setSecret(clientId, index, enabled) {
      const secret = clientOf(clientId).secrets[index]
      if (secret === undefined) throw new Error(`${clientId} has no secret ${index}`)
      secret.enabled = enabled
    },
  }
}

function known<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`this world's Google knows no ${name}`)
  return found
}
