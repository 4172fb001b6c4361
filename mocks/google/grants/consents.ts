import type { MockWorld } from '../../mock-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import type { Project } from '../registration/projects.ts'
import { canonical } from '../scopes.ts'

/** What a user agreed to: it belongs to the account and the client's project, and covers all its clients. */
export interface Grant {
  readonly name: string
  readonly account: RegisteredAccount
  readonly project: Project
  /** In their long spelling. */
  readonly scopes: Set<string>
  /** Epoch milliseconds at which it was ended; undefined while it lives. */
  ended?: number
}

/** The consents of one world, in the order in which they were given. */
export class Consents {
  readonly #world: MockWorld
  readonly #grants: Grant[] = []

  constructor(world: MockWorld) {
    this.#world = world
  }

  live(account: RegisteredAccount, project: Project): Grant | undefined {
    return this.#grants.find(
      (grant) => grant.account === account && grant.project === project && grant.ended === undefined,
    )
  }

  /** Begins a grant, or adds scopes to the one that lives. */
  give(account: RegisteredAccount, project: Project, scopes: readonly string[]): Grant {
    const grant = this.live(account, project) ?? this.#begin(account, project)
    for (const scope of scopes) grant.scopes.add(canonical(scope))
    return grant
  }

  end(grant: Grant, reason: string): void {
    if (grant.ended !== undefined) return
    grant.ended = this.#world.clock.now()
    this.#record(grant, 'revoked', reason)
  }

  endAll(address: string, reason: string): void {
    for (const grant of this.#grants) if (grant.account.address === address) this.end(grant, reason)
  }

  #begin(account: RegisteredAccount, project: Project): Grant {
    const grant: Grant = { name: `grant-${this.#grants.length + 1}`, account, project, scopes: new Set() }
    this.#grants.push(grant)
    this.#record(grant, 'live', 'consent')
    return grant
  }

  #record(grant: Grant, state: 'live' | 'revoked', reason: string): void {
    this.#world.journal.record('google', 'as.grant.state', {
      grant: grant.name,
      account: grant.account.address,
      state,
      reason,
    })
  }
}
