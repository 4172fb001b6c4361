import { json } from '../answers.ts'
import { valueOf } from '../form.ts'
import type { GoogleWorld } from '../google-world.ts'
import { type RegisteredAccount, registerAccount } from '../registration/accounts.ts'
import type { RegisteredServiceAccount } from '../registration/service-accounts.ts'
import type { RefusalName } from '../refusals.ts'
import { canonical, inTokenAnswer, scopesOf, unknownScopes } from '../scopes.ts'
import { refuseToken } from '../token-request.ts'
import { type Assertion, isSigned, readAssertion } from './assertion.ts'
import { lifetime } from './tokens.ts'

/** Seconds between `iat` and `exp` at the most: an hour, and five minutes for clocks that differ (Google's guide). */
const longestLife = 65 * 60
/** Seconds by which a clock may differ. */
const leeway = 5 * 60

type Refused = readonly [refusal: RefusalName, name?: string]
const isRefused = (value: unknown): value is Refused => Array.isArray(value)

/**
 * The JWT bearer grant (RFC 7523 §2.1): a service account for itself, or with domain-wide delegation for a user of a
 * Workspace organisation (Google, Using OAuth 2.0 for Server to Server Applications). No refresh token comes with it.
 *
 * @param address the token endpoint that was asked: the assertion must name it
 */
export async function grantToServiceAccount(
  google: GoogleWorld,
  parameters: URLSearchParams,
  address: string,
): Promise<Response> {
  const jwt = valueOf(parameters, 'assertion')
  if (jwt === null) return refuseToken(google, 'parameter-missing', { name: 'assertion' })
  const assertion = readAssertion(jwt)
  if (assertion === undefined) return refuseToken(google, 'assertion-signature')
  const account = await signerOf(google, jwt, assertion)
  if (typeof account === 'string') return refuseToken(google, account)
  const refusal = claimRefusal(assertion, address, Math.floor(google.clock.now() / 1000))
  if (refusal !== undefined) return refuseToken(google, refusal)
  const user = subjectOf(google, account, assertion)
  if (isRefused(user)) return refuseToken(google, user[0], { name: user[1] ?? '' })
  return answer(google, account, user, scopesOf(assertion.scope))
}

/** The service account whose enabled key signed the assertion. */
async function signerOf(
  { serviceAccounts, switches }: GoogleWorld,
  jwt: string,
  { issuer, kid }: Assertion,
): Promise<RegisteredServiceAccount | RefusalName> {
  const account = serviceAccounts.find(issuer ?? '')
  if (account === undefined) return switches.unknownServiceAccount
  if (account.state === 'deleted') return 'client-deleted'
  // Without a key ID every key is tried (nodemailer sends none).
  const keys = account.keys.filter(({ id }) => kid === null || id === kid)
  if (!(await isSigned(jwt, keys))) return 'assertion-signature'
  const enabled = await isSigned(
    jwt,
    keys.filter((key) => key.enabled),
  )
  return enabled && account.state === 'active' ? account : 'client-disabled'
}

function claimRefusal(
  { audience, scope, issuedAt, expiresAt }: Assertion,
  address: string,
  now: number,
): RefusalName | undefined {
  if (expiresAt === null) return 'assertion-expiry-missing'
  const inTime = issuedAt !== null && issuedAt <= now + leeway && expiresAt > now - leeway
  if (!inTime || expiresAt <= issuedAt || expiresAt - issuedAt > longestLife) return 'assertion-times'
  if (audience !== address) return 'assertion-audience'
  const scopes = scopesOf(scope)
  return scopes.length === 0 || unknownScopes(scopes).length > 0 ? 'assertion-scope' : undefined
}

/** In whose name: the service account's own, or that of a user whose administrator allows it. */
function subjectOf(
  google: GoogleWorld,
  robot: RegisteredServiceAccount,
  { subject, scope }: Assertion,
): RegisteredAccount | Refused {
  const { accounts, serviceAccounts, switches, clock } = google
  if (subject === null)
    return registerAccount({ address: robot.email, sub: robot.clientId, name: robot.email }, clock.now())
  if (!/^[^@\s]+@[^@\s]+$/.test(subject)) return ['assertion-no-mailbox', subject]
  const user = accounts.find(({ address }) => address === subject.toLowerCase())
  if (user === undefined) return [switches.unknownSubject]
  if (user.state !== 'active')
    return [user.state === 'deleted' ? 'assertion-user-deleted' : 'assertion-user-restricted']
  const { userType, organisation } = robot.project
  if (userType === 'internal' && user.organisation !== organisation) return ['assertion-organisation']
  // Nobody administers a consumer account.
  if (user.organisation === null) return ['delegation-missing']
  const delegated = serviceAccounts.delegated(robot.clientId, user.organisation)
  const missing = scopesOf(scope).filter((wanted) => !delegated.has(canonical(wanted)))
  if (missing.length === scopesOf(scope).length) return ['delegation-missing']
  if (missing.length > 0) return ['delegation-scope']
  return user.policy === 'restricted' ? ['admin-policy-enforced'] : user
}

function answer(
  { serviceAccountTokens, secrets, journal }: GoogleWorld,
  { clientId, email }: RegisteredServiceAccount,
  account: RegisteredAccount,
  scopes: readonly string[],
): Response {
  const accessToken = serviceAccountTokens.mint({ account, clientId, scopes })
  journal.record('token-endpoint', 'as.token.issued', {
    accessToken: secrets.refer(accessToken)!,
    refreshToken: null,
    by: 'jwt-bearer',
    grant: email,
    account: account.address,
    scope: inTokenAnswer(scopes, 'long'),
    lifetime,
  })
  return json('token', 200, { access_token: accessToken, expires_in: lifetime, token_type: 'Bearer' })
}
