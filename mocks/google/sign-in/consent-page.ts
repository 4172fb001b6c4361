import pages from '../../../fixtures/google/sign-in-pages.json' with { type: 'json' }
import { escapeHtml } from '../answers.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import { canonical } from '../scopes.ts'
import { signInPages } from './addresses.ts'
import type { SignIn } from './browser-sessions.ts'
import type { ConsentOffer } from './consent-offer.ts'
import { button, list, screen } from './screen.ts'
import { timeLimits } from './time-limit.ts'
import { fill } from './wording.ts'

const { headings, consent, scopes: descriptions } = pages
const described = (scope: string): string =>
  (descriptions.texts as Readonly<Record<string, string>>)[canonical(scope)] ?? scope

const actions = `<div class="actions">${button('decision', 'deny', 'Cancel')} ${button('decision', 'allow', 'Continue', 'main')}</div>`

const consentForm = ({ part }: SignIn, action: string, content: string): string =>
  `<form method="post" action="${action}">
<input type="hidden" name="part" value="${part}">
${content}
${actions}
</form>`

const addressLine = ({ address }: RegisteredAccount): string => `<p class="address">${escapeHtml(address)}</p>`

/** Asks whether the application may know who the user is; nothing here can be unticked. */
export function identityPage(signIn: SignIn, account: RegisteredAccount, { identity }: ConsentOffer): Response {
  const app = signIn.request.client.project.name
  return screen({
    heading: fill(headings.texts.identity, { app }),
    content: `${addressLine(account)}
${consentForm(signIn, signInPages.identity, `<p>By continuing you let ${escapeHtml(app)}:</p>\n${list(identity.map(described))}`)}`,
  })
}

/** Asks for access to data: with a tick for each scope where the user may pick, none of them set beforehand. */
export function consentPage(
  signIn: SignIn,
  account: RegisteredAccount,
  offer: ConsentOffer & { readonly limits: readonly number[]; readonly known: boolean },
): Response {
  const app = signIn.request.client.project.name
  const content = [newAccess(app, offer), earlierAccess(app, offer), timeLimits(offer.limits)]
  return screen({
    heading: fill(offer.known && offer.data.length > 0 ? headings.texts.additional : headings.texts.consent, { app }),
    content: `${addressLine(account)}
${consentForm(signIn, signInPages.consent, content.filter((part) => part !== '').join('\n'))}
<h2>${escapeHtml(fill(consent.texts.trust, { app }))}</h2>
<p>You can take this access away again in your Google Account.</p>`,
  })
}

function newAccess(app: string, { data, granular }: ConsentOffer): string {
  if (data.length === 0) return ''
  if (!granular) return `<p>${escapeHtml(fill(consent.texts.able, { app }))}</p>\n${list(data.map(described))}`
  return `<fieldset>
<legend>${escapeHtml(fill(consent.texts.select, { app }))}</legend>
${data.map(checkbox).join('\n')}
</fieldset>`
}

const checkbox = (scope: string): string =>
  `<label><input type="checkbox" name="scope" value="${escapeHtml(scope)}"> ${escapeHtml(described(scope))}</label>`

/** What the project has is not asked again (captured). */
function earlierAccess(app: string, { granted }: ConsentOffer): string {
  if (granted.length === 0) return ''
  const count = String(granted.length)
  return `<p>${escapeHtml(fill(consent.texts.already, { app }))}</p>
<details><summary>${escapeHtml(fill(consent.texts.services, { app, count }))}</summary>
${list(granted.map(described))}
</details>`
}
