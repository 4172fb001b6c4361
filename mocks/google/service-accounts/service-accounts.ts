import type { ClientState } from '../../../harness/model/google-setup.ts'
import type { MockWorld } from '../../mock-world.ts'
import {
  type Delegation,
  type RegisteredServiceAccount,
  type ServiceAccountRegistration,
  registerServiceAccount,
} from '../registration/service-accounts.ts'
import { canonical } from '../scopes.ts'
import type { Switches } from '../switches.ts'

interface Entered extends Delegation {
  /** Epoch milliseconds from which it counts. */
  readonly from: number
}

/** The service accounts of one world, and what administrators let them do in their users' names. */
export class ServiceAccounts {
  readonly #world: MockWorld
  readonly #switches: Switches
  readonly #accounts: readonly RegisteredServiceAccount[]
  readonly #delegations: Entered[]

  constructor(world: MockWorld, switches: Switches, registrations: readonly ServiceAccountRegistration[]) {
    this.#world = world
    this.#switches = switches
    this.#accounts = registrations.map(registerServiceAccount)
    this.#delegations = registrations.flatMap(({ delegations = [] }) =>
      delegations.map((delegation) => ({ ...delegation, from: -Infinity })),
    )
  }

  find(email: string): RegisteredServiceAccount | undefined {
    return this.#accounts.find((account) => account.email === email)
  }

  /** An administrator enters a client in the Admin console; it takes a while to spread. */
  delegate(delegation: Delegation): void {
    this.#delegations.push({ ...delegation, from: this.#world.clock.now() + this.#switches.delegationSpread })
  }

  /** The scopes, in their long spelling, that a client may use in an organisation now. */
  delegated(clientId: string, organisation: string): ReadonlySet<string> {
    const now = this.#world.clock.now()
    const inForce = this.#delegations.filter(
      (entered) => entered.clientId === clientId && entered.organisation === organisation && entered.from <= now,
    )
    return new Set(inForce.flatMap(({ scopes }) => scopes.map(canonical)))
  }

  setState(email: string, state: ClientState): void {
    this.#known(email).state = state
  }

  /** The developer enables, disables or removes a key. */
  setKey(email: string, id: string, state: 'enabled' | 'disabled' | 'removed'): void {
    const account = this.#known(email)
    const key = account.keys.find((candidate) => candidate.id === id)
    if (key === undefined) throw new Error(`${email} has no key ${id}`)
    if (state === 'removed') account.keys = account.keys.filter((candidate) => candidate !== key)
    else key.enabled = state === 'enabled'
  }

  #known(email: string): RegisteredServiceAccount {
    const account = this.find(email)
    if (account === undefined) throw new Error(`this world's Google knows no ${email}`)
    return account
  }
}
