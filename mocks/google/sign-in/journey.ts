import pages from '../../../fixtures/google/sign-in-pages.json' with { type: 'json' }
import { valueOf } from '../form.ts'
import type { GoogleWorld } from '../google-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import { isSensitive } from '../scopes.ts'
import { accountAtHand, accountChooser, signedIn } from './account-chooser.ts'
import { isUnverified } from './account-problems.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import { sendCode, sendError } from './authorization-response.ts'
import type { BrowserSession, BrowserSessions, SignIn } from './browser-sessions.ts'
import { type ConsentOffer, chosenOf } from './consent-offer.ts'
import { consentPage, identityPage } from './consent-page.ts'
import { refuseOnPage } from './error-page.ts'
import { type Step, nextStep } from './next-step.ts'
import { screen } from './screen.ts'
import { chosenLimit } from './time-limit.ts'
import { UserCap } from './user-cap.ts'
import { warningPage } from './warning-page.ts'

/**
 * The way from an authorization request to its answer, as a user walks it: choose an account, pass the warning, say who
 * you are, grant access. What concerns the account is looked at once it is chosen.
 */
export class Journey {
  readonly #google: GoogleWorld
  readonly #sessions: BrowserSessions
  readonly #cap = new UserCap()

  constructor(google: GoogleWorld, sessions: BrowserSessions) {
    this.#google = google
    this.#sessions = sessions
  }

  /** The first page, or the answer where no page is needed. */
  begin(session: BrowserSession, request: AuthorizationRequest): Response {
    const signIn = this.#sessions.begin(session, request)
    const atHand = request.prompt.includes('select_account') ? undefined : accountAtHand(this.#google, session, request)
    if (atHand !== undefined) return this.#proceed(signIn, atHand)
    if (!request.prompt.includes('none')) return accountChooser(this.#google, signIn)
    const { noSession, severalAccounts } = this.#google.switches.promptNoneErrors
    const several = request.loginHint === null && signedIn(this.#google, session).length > 1
    return this.#fail(signIn, several ? severalAccounts : noSession, 'prompt-none')
  }

  /** The user chose an account, and signed in to it if need be. */
  choose(signIn: SignIn, form: URLSearchParams): Response {
    const { grants, accounts } = this.#google
    const account = accounts.find(({ sub }) => sub === valueOf(form, 'account'))
    if (account === undefined) return accountChooser(this.#google, signIn)
    const { session } = signIn
    if (account.state === 'active') {
      if (!signedIn(this.#google, session).includes(account)) grants.signedIn(account)
      if (!session.accounts.includes(account)) session.accounts.push(account)
    }
    return this.#proceed(signIn, account)
  }

  /** The user read the warning. */
  heed(signIn: SignIn, form: URLSearchParams): Response {
    return this.#at('warning', signIn, (account) => {
      if (form.get('choice') !== 'continue') return this.#goBack(signIn)
      signIn.warned = true
      return this.#proceed(signIn, account)
    })
  }

  /** The user agreed to say who they are, or did not. */
  identify(signIn: SignIn, form: URLSearchParams): Response {
    return this.#at('identity', signIn, (account, offer) => {
      if (form.get('decision') !== 'allow') return this.#fail(signIn, 'access_denied', 'denied')
      signIn.identified = true
      return offer.data.length > 0 ? this.#proceed(signIn, account) : this.#grant(signIn, account, offer, form)
    })
  }

  /** The user granted access, or did not. */
  decide(signIn: SignIn, form: URLSearchParams): Response {
    return this.#at('consent', signIn, (account, offer) =>
      form.get('decision') === 'allow'
        ? this.#grant(signIn, account, offer, form)
        : this.#fail(signIn, 'access_denied', 'denied'),
    )
  }

  /** Takes a form only where its page is the one that is due; otherwise the user sees the one that is. */
  #at(
    page: 'warning' | 'identity' | 'consent',
    signIn: SignIn,
    take: (account: RegisteredAccount, offer: ConsentOffer) => Response,
  ): Response {
    const { account } = signIn
    if (account === undefined) return accountChooser(this.#google, signIn)
    const step = nextStep(this.#google, signIn, account, this.#cap)
    return step.kind === page ? take(account, step.offer) : this.#show(step, signIn, account)
  }

  #proceed(signIn: SignIn, account: RegisteredAccount): Response {
    signIn.account = account
    return this.#show(nextStep(this.#google, signIn, account, this.#cap), signIn, account)
  }

  #show(step: Step, signIn: SignIn, account: RegisteredAccount): Response {
    const { request } = signIn
    switch (step.kind) {
      case 'refusal':
        this.#sessions.end(signIn)
        return refuseOnPage(this.#google, request.parameters, step.found)
      case 'account-dead':
        return deadAccount(step.state)
      case 'consent-required':
        return this.#fail(signIn, this.#google.switches.promptNoneErrors.noConsent, 'prompt-none')
      case 'answer':
        return this.#answer(signIn, account, request.scopes, false)
      case 'warning':
        return warningPage(signIn)
      case 'identity':
        return identityPage(signIn, account, step.offer)
      case 'consent': {
        const known = this.#google.grants.consented(account, request.client.project).size > 0
        return consentPage(signIn, account, { ...step.offer, limits: this.#google.switches.timeLimits, known })
      }
    }
  }

  /**
   * Google, web-server guide: a code when at least one scope is granted, an error when none is; who only says who they are
   * grants something too (github.com/google/google-api-javascript-client issue 754), unless Google knew it before
   * (github.com/google/GoogleSignIn-iOS issue 370).
   */
  #grant(signIn: SignIn, account: RegisteredAccount, offer: ConsentOffer, form: URLSearchParams): Response {
    const { request } = signIn
    const { project } = request.client
    const scopes = chosenOf(request, offer, new Set(form.getAll('scope')))
    const asked = offer.identity.length + offer.data.length
    if (asked > 0 && scopes.every((scope) => offer.granted.includes(scope)))
      return this.#fail(signIn, 'access_denied', 'no-scope-granted')
    this.#google.grants.consent(account, project, scopes, {
      accessFor: chosenLimit(form, this.#google.switches.timeLimits),
    })
    if (isUnverified(project) && scopes.some(isSensitive)) this.#cap.count(account, project)
    return this.#answer(signIn, account, scopes, true)
  }

  #answer(signIn: SignIn, account: RegisteredAccount, scopes: readonly string[], consentShown: boolean): Response {
    this.#sessions.end(signIn)
    const authuser = signIn.session.accounts.indexOf(account)
    return sendCode(this.#google, signIn.request, { account, scopes, consentShown, authuser })
  }

  #fail(signIn: SignIn, error: string, reason: string): Response {
    this.#sessions.end(signIn)
    return sendError(this.#google, signIn.request, error, reason)
  }

  #goBack(signIn: SignIn): Response {
    if (this.#google.switches.backToSafety === 'access_denied') return this.#fail(signIn, 'access_denied', 'went-back')
    this.#sessions.end(signIn)
    return screen({ heading: 'You went back', content: '<p>The application learns nothing of it.</p>' })
  }
}

const deadAccount = (state: 'disabled' | 'deleted'): Response =>
  screen({
    heading: pages['account-problems'].texts[state],
    content: '<p>Nobody can sign in to this account.</p>',
  })
