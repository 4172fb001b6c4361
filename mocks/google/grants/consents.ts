import type { GrantState } from '../../../harness/model/observation.ts'
import type { MockWorld } from '../../mock-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import type { Project } from '../registration/projects.ts'
import { canonical, isIdentityScope } from '../scopes.ts'
import { type Cause, type Ending, limitOfConsent, stateAfter } from './endings.ts'

/** What a user agreed to: it belongs to the account and the client's project, and covers all its clients. */
export interface Grant {
  readonly name: string
  readonly account: RegisteredAccount
  readonly project: Project
  /** In their long spelling. */
  readonly scopes: Set<string>
  /** The clients that had a refresh token under it. */
  readonly served: Set<string>
  /** When it runs out by itself, as the newest consent fixed it; undefined: never. */
  limit?: Ending
  /** How it ended; undefined while it lives, or until somebody looks at one that ran out. */
  ended?: Ending
}

/** The consents of one world: one at a time for each account and project. */
export class Consents {
  readonly #world: MockWorld
  readonly #newest = new Map<RegisteredAccount, Map<Project, Grant>>()
  #count = 0

  constructor(world: MockWorld) {
    this.#world = world
  }

  live(account: RegisteredAccount, project: Project): Grant | undefined {
    const grant = this.#newest.get(account)?.get(project)
    return grant === undefined || this.endOf(grant) !== undefined ? undefined : grant
  }

  /** Begins a grant, or adds scopes to the one that lives; `accessFor` in seconds, null for good. */
  give(account: RegisteredAccount, project: Project, scopes: readonly string[], accessFor: number | null): Grant {
    const grant = this.live(account, project) ?? this.#begin(account, project)
    for (const scope of scopes) grant.scopes.add(canonical(scope))
    // A sign-in that asks for nothing else lengthens no access.
    if (scopes.every(isIdentityScope) && grant.limit !== undefined) return grant
    const limit = limitOfConsent(project, scopes, accessFor, this.#world.clock.now())
    if (limit === undefined) delete grant.limit
    else grant.limit = limit
    return grant
  }

  /** How a grant ended, if it did. That one ran out is recorded when it is first seen. */
  endOf(grant: Grant): Ending | undefined {
    const { limit } = grant
    if (grant.ended === undefined && limit !== undefined && limit.at <= this.#world.clock.now()) this.#end(grant, limit)
    return grant.ended
  }

  end(grant: Grant, cause: Cause): void {
    if (this.endOf(grant) === undefined) this.#end(grant, { at: this.#world.clock.now(), cause })
  }

  endAll(account: RegisteredAccount, cause: Cause): void {
    for (const grant of this.#newest.get(account)?.values() ?? []) this.end(grant, cause)
  }

  /** Ends the account's live consents that time would end one day, as if it had; returns their number. */
  expire(account: RegisteredAccount): number {
    const due = [...(this.#newest.get(account)?.values() ?? [])].flatMap((grant) =>
      grant.limit !== undefined && this.endOf(grant) === undefined ? [{ grant, cause: grant.limit.cause }] : [],
    )
    for (const { grant, cause } of due) this.end(grant, cause)
    return due.length
  }

  #begin(account: RegisteredAccount, project: Project): Grant {
    const grant: Grant = { name: `grant-${++this.#count}`, account, project, scopes: new Set(), served: new Set() }
    const ofAccount = this.#newest.get(account) ?? new Map<Project, Grant>()
    this.#newest.set(account, ofAccount.set(project, grant))
    this.#record(grant, 'live', 'consent')
    return grant
  }

  #end(grant: Grant, ending: Ending): void {
    grant.ended = ending
    this.#record(grant, stateAfter(ending), ending.cause)
  }

  #record({ name, account }: Grant, state: GrantState, reason: string): void {
    this.#world.journal.record('google', 'as.grant.state', { grant: name, account: account.address, state, reason })
  }
}
