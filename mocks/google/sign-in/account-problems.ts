import type { RegisteredAccount } from '../registration/accounts.ts'
import type { Project } from '../registration/projects.ts'
import { isSensitive } from '../scopes.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import { type Problem, problem } from './problem.ts'
import type { UserCap } from './user-cap.ts'

/** Why an account may not use an application: its developer's choices, its administrator's, and Google's. */
export function accountProblem(
  account: RegisteredAccount,
  { client: { project }, scopes }: AuthorizationRequest,
  cap: UserCap,
): Problem | undefined {
  if (!isInAudience(account, project))
    return problem(project.userType === 'internal' ? 'outside-organisation' : 'not-a-test-user')
  if (account.policy === 'restricted') return problem('admin-policy')
  if (account.policy === 'not-configured') return problem('access-not-configured')
  const capped = isUnverified(project) && scopes.some(isSensitive)
  return capped && cap.excludes(account, project) ? problem('user-cap-reached') : undefined
}

/** Google, Manage App Audience: the organisation of an Internal application, the test users of one in Testing. */
function isInAudience({ organisation, address }: RegisteredAccount, project: Project): boolean {
  if (project.userType === 'internal') return organisation !== null && organisation === project.organisation
  const users = project.testUsers.map((user) => user.toLowerCase())
  return project.publishingStatus === 'production' || users.includes(address.toLowerCase())
}

/** In production for anybody, without Google's verification. */
export const isUnverified = ({ userType, publishingStatus, verified }: Project): boolean =>
  userType === 'external' && publishingStatus === 'production' && !verified

/** Open to test users alone. */
export const isInTesting = ({ userType, publishingStatus }: Project): boolean =>
  userType === 'external' && publishingStatus === 'testing'
