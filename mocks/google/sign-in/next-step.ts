import type { GoogleWorld } from '../google-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import { accountProblem } from './account-problems.ts'
import type { SignIn } from './browser-sessions.ts'
import { type ConsentOffer, offerOf } from './consent-offer.ts'
import type { Problem } from './problem.ts'
import type { UserCap } from './user-cap.ts'
import { needsWarning } from './warning-page.ts'

/** What stands between an account and the answer to its application. */
export type Step =
  | { readonly kind: 'refusal'; readonly found: Problem }
  | { readonly kind: 'account-dead'; readonly state: 'disabled' | 'deleted' }
  | { readonly kind: 'answer' | 'consent-required' | 'warning' | 'identity' | 'consent'; readonly offer: ConsentOffer }

/** What comes next, from the world as it is now: nothing that a form claims to have seen is believed. */
export function nextStep(google: GoogleWorld, signIn: SignIn, account: RegisteredAccount, cap: UserCap): Step {
  const { request, warned, identified } = signIn
  const { project } = request.client
  if (account.state !== 'active') return { kind: 'account-dead', state: account.state }
  const found = accountProblem(account, request, cap)
  if (found !== undefined) return { kind: 'refusal', found }
  const offer = offerOf(account, request, google.grants.consented(account, project))
  const fresh = offer.identity.length + offer.data.length
  if (fresh === 0 && !request.prompt.includes('consent')) return { kind: 'answer', offer }
  if (request.prompt.includes('none')) return { kind: 'consent-required', offer }
  if (!warned && needsWarning(project, offer)) return { kind: 'warning', offer }
  if (!identified && offer.identity.length > 0) return { kind: 'identity', offer }
  return { kind: 'consent', offer }
}
