import type { RegisteredAccount } from '../registration/accounts.ts'
import { escapeHtml, page } from '../answers.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import { consentAddress } from '../endpoints.ts'
import { isIdentityScope } from '../scopes.ts'

/** The scopes that the user may untick; identity scopes come with the sign-in (Google, granular permissions). */
export const optionalScopes = (scopes: readonly string[]): readonly string[] =>
  scopes.filter((scope) => !isIdentityScope(scope))

const radio = (account: RegisteredAccount, chosen: boolean): string =>
  `<label><input type="radio" name="account" value="${escapeHtml(account.sub)}"${chosen ? ' checked' : ''}> ` +
  `${escapeHtml(account.name)} (${escapeHtml(account.address)})</label>`

const checkbox = (scope: string): string =>
  `<label><input type="checkbox" name="scope" value="${escapeHtml(scope)}"> ${escapeHtml(scope)}</label>`

/** The account chooser and consent screen as one form. Its layout and field names are the mock's own. */
export function consentPage(
  request: AuthorizationRequest,
  form: {
    readonly id: string
    readonly accounts: readonly RegisteredAccount[]
    readonly chosen: RegisteredAccount | undefined
  },
): Response {
  const app = escapeHtml(request.client.project.name)
  return page(
    200,
    'Sign in - Google Accounts',
    `<h1>${app} wants access to your Google Account</h1>
<form method="post" action="${consentAddress}">
<input type="hidden" name="request" value="${escapeHtml(form.id)}">
${form.accounts.map((account) => radio(account, account === form.chosen)).join('\n')}
${optionalScopes(request.scopes).map(checkbox).join('\n')}
<button type="submit" name="decision" value="allow">Continue</button>
<button type="submit" name="decision" value="deny">Cancel</button>
</form>`,
  )
}
