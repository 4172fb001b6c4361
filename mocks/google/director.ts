import type { AccountState } from '../../harness/model/google-setup.ts'
import type { GoogleDirector } from '../../harness/model/scenario.ts'
import type { TlsSecurity } from '../../harness/model/tls-security.ts'
import type { GoogleWorld } from './google-world.ts'
import type { RegisteredAccount } from './registration/accounts.ts'
import { findClient } from './registration/clients.ts'

/** What may befall one world's Google; names that it does not know are errors of the scenario. */
export function directorOf(google: GoogleWorld): GoogleDirector {
  const { accounts, clients, clock, faults, grants, idTokens, serviceAccounts, switches } = google
  const accountOf = (address: string) =>
    known(
      accounts.find((account) => account.address === address),
      address,
    )
  const clientOf = (clientId: string) => known(findClient(clients, clientId), clientId)
  return {
    fault: (fault) => faults.arm(fault),
    clearFaults: () => faults.clear(),
    secure: (security) => secure(google, security),
    idTokenDefect: (defect) => idTokens.defect(defect),
    turn: (changes) => void Object.assign(switches, changes),
    removeAccess: (address) => grants.removeAccess(accountOf(address)),
    expire: (address, what) => grants.expire(accountOf(address), what),
    changePassword: (address) => grants.befall(accountOf(address), 'password changed'),
    setAccount: (address, state) => setAccount(google, accountOf(address), state),
    setPolicy(address, policy) {
      const account = accountOf(address)
      account.policy = policy
      if (policy === 'restricted') grants.befall(account, 'restricted by the administrator')
    },
    publish: (clientId) => void (clientOf(clientId).project.publishingStatus = 'production'),
    setClient(clientId, state) {
      const client = clientOf(clientId)
      client.state = state
      // An edit counts as use (Google, Manage OAuth Clients).
      client.lastUsed = clock.now()
    },
    setSecret(clientId, index, enabled) {
      const secret = clientOf(clientId).secrets[index]
      if (secret === undefined) throw new Error(`${clientId} has no secret ${index}`)
      secret.enabled = enabled
    },
    delegate: (delegation) => serviceAccounts.delegate(delegation),
    setServiceAccount: (email, state) => serviceAccounts.setState(email, state),
    setServiceAccountKey: (email, keyId, state) => serviceAccounts.setKey(email, keyId, state),
  }
}

function secure({ port, journal }: GoogleWorld, security: TlsSecurity): void {
  const why = `a port that is secured by “${security}” needs the TLS door, and this world has none`
  if (port === undefined) throw new Error(`${why}; play the scenario at “tls” only`)
  port.security = security
  journal.record('tls', 'tls.security', { server: 'google', security })
}

const endings = { disabled: 'account disabled', deleted: 'account deleted' } as const

function setAccount({ grants, switches }: GoogleWorld, account: RegisteredAccount, state: AccountState): void {
  account.state = state
  if (state !== 'active') return grants.befall(account, endings[state])
  if (switches.reactivatedAccount === 'tokens-dead') return
  for (const event of account.history)
    if (event.cause === endings.disabled || event.cause === endings.deleted) event.lifted = true
}

function known<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`this world's Google knows no ${name}`)
  return found
}
