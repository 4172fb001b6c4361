import pages from '../../../fixtures/google/sign-in-pages.json' with { type: 'json' }
import { escapeHtml } from '../answers.ts'
import type { GoogleWorld } from '../google-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import { signInPages } from './addresses.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import type { BrowserSession, SignIn } from './browser-sessions.ts'
import { screen } from './screen.ts'

/** The account that `login_hint` names by address or number; undefined also when nobody may sign in to it. */
export const hinted = ({ accounts }: GoogleWorld, { loginHint }: AuthorizationRequest): RegisteredAccount | undefined =>
  accounts.find(
    ({ address, sub, state }) =>
      state === 'active' && (loginHint?.toLowerCase() === address.toLowerCase() || loginHint === sub),
  )

/** Who is signed in to a browser: session control ends that after a time. */
export const signedIn = ({ clock }: GoogleWorld, { accounts }: BrowserSession): readonly RegisteredAccount[] =>
  accounts.filter(
    ({ state, lastSignIn, sessionLength }) =>
      state === 'active' && (sessionLength === null || clock.now() - lastSignIn < sessionLength),
  )

/** The account that a request goes on with unasked; undefined when the user must choose. */
export function accountAtHand(
  google: GoogleWorld,
  session: BrowserSession,
  request: AuthorizationRequest,
): RegisteredAccount | undefined {
  const present = signedIn(google, session)
  if (request.loginHint === null) return present.length === 1 ? present[0] : undefined
  const hint = hinted(google, request)
  return present.find((account) => account === hint)
}

const choice = ({ sub, name, address }: RegisteredAccount, present: boolean): string =>
  `<li><button type="submit" name="account" value="${escapeHtml(sub)}" class="account">` +
  `<span>${escapeHtml(name)}</span> <span class="address">${escapeHtml(address)}</span>` +
  `${present ? '' : ' <span class="address">Signed out</span>'}</button></li>`

/**
 * Lets the user choose an account; choosing one that is signed out signs in to it, since the mock knows no passwords.
 * The one that is hinted at comes first, then those of the hinted domain. Nobody can choose a dead account.
 */
export function accountChooser(google: GoogleWorld, { part, session, request }: SignIn): Response {
  const hint = hinted(google, request)
  const { hostedDomain, client } = request
  const fits = ({ organisation }: RegisteredAccount): boolean =>
    hostedDomain !== null && organisation !== null && (hostedDomain === '*' || hostedDomain === organisation)
  const rank = (account: RegisteredAccount): number => (account === hint ? 0 : fits(account) ? 1 : 2)
  const offered = google.accounts.filter(({ state }) => state === 'active').toSorted((a, b) => rank(a) - rank(b))
  const present = new Set(signedIn(google, session))
  const choices = offered.map((account) => choice(account, present.has(account))).join('\n')
  return screen({
    heading: pages.headings.texts.accounts,
    content: `<p>to continue to <strong>${escapeHtml(client.project.name)}</strong></p>
<form method="post" action="${signInPages.accounts}">
<input type="hidden" name="part" value="${part}">
${choices === '' ? '<p>There is no account to choose.</p>' : `<ul class="accounts">\n${choices}\n</ul>`}
</form>`,
  })
}
