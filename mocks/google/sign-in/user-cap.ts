import type { RegisteredAccount } from '../registration/accounts.ts'
import type { Project } from '../registration/projects.ts'

/** Google, Manage App Audience: new users over the life of a project that is not verified. */
const mostNewUsers = 100

/** Who agreed to what applications that are not verified asked for: at most 100 for each project. */
export class UserCap {
  readonly #users = new Map<Project, Set<RegisteredAccount>>()

  /** Whether an account is new and the project may have no new user. */
  excludes(account: RegisteredAccount, project: Project): boolean {
    const users = this.#users.get(project)
    return users?.has(account) !== true && project.earlierUsers + (users?.size ?? 0) >= mostNewUsers
  }

  count(account: RegisteredAccount, project: Project): void {
    this.#users.set(project, (this.#users.get(project) ?? new Set()).add(account))
  }
}
