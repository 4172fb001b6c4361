import { google, rfc } from '../../harness/model/clause.ts'
import { type Difference, satisfied, violated } from '../../harness/model/finding.ts'
import { positionOf } from '../../harness/model/observation.ts'
import type { Position } from '../../harness/model/position.ts'
import { eachProfile, isDelegated, unlessMapped } from '../facts/profiles.ts'
import { type ScopeItem, mailScope, scopeItems, scopeKind, scopesIn, scopesOf } from '../facts/scopes.ts'
import { type Setting, setting, valuesOf } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 5: which scopes the settings ask for. */

interface Misspelt {
  readonly item: ScopeItem
  readonly misspelt: string
}
type AskedScopes = Misspelt | { readonly scopes: Setting }

function differenceOf({ item, misspelt }: Misspelt): Difference {
  const expected = scopeKind(misspelt) === 'unknown' ? 'whole scopes with blanks between' : mailScope
  // Captured in github.com/ueberauth/ueberauth_google issue 44 and github.com/zquestz/omniauth-google-oauth2 issue 62.
  const answer = `Error 400: invalid_scope, Some requested scopes were invalid. {invalid=[${misspelt}]}`
  const replacement = mended(item.fields.value)
  return { expected, actual: misspelt, answer, ...(replacement === undefined ? {} : { replacement }) }
}

/** The same scopes as Google wants them; undefined where somebody has to decide what was meant. */
function mended(text: string): string | undefined {
  const scopes = text.split(/[\s,;]+/).filter((word) => word !== '')
  const spelt = scopes.map((scope) => (scopeKind(scope) === 'nearly-mail' ? mailScope : scope))
  return spelt.some((scope) => scopeKind(scope) === 'unknown') ? undefined : spelt.join(' ')
}

export const scopeMail = configurationCheck({
  id: 'consent/scope-mail',
  title: 'The scope that opens IMAP is asked for, letter by letter',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('xoauth2-protocol', 'OAuth 2.0 Scopes'),
  quote: 'The scope for IMAP, POP, and SMTP access is https://mail.google.com/.',
  inapplicable: unlessMapped('scopes'),
  observes: eachProfile(['config.value', 'config.item'], 'scopes of a consent screen', (journal, profile) => {
    const scopes = setting(journal, profile, 'scopes')
    if (scopes === undefined || isDelegated(journal, profile)) return []
    const misspelt = scopeItems(journal, profile).flatMap((item) =>
      scopesIn(item)
        .filter((scope) => ['nearly-mail', 'unknown'].includes(scopeKind(scope)))
        .map((scope): AskedScopes => ({ item, misspelt: scope })),
    )
    return misspelt.length > 0 ? misspelt : [{ scopes }]
  }),
  counterexamples: ['asks-for-gmail-readonly', 'mail-scope-without-slash', 'scopes-with-commas'],
  consequence: 'Google refuses the request, or consent succeeds and IMAP answers “Invalid credentials” for ever.',
  fix: `Ask for ${mailScope} with its trailing slash, blanks between scopes; the gmail.* scopes do not open IMAP.`,
  judge(asked) {
    if ('misspelt' in asked) return violated(differenceOf(asked), positionOf(asked.item))
    const scopes = valuesOf(asked.scopes)
    if (scopes.includes(mailScope)) return satisfied(positionOf(asked.scopes))
    // Captured in github.com/google/gmail-oauth2-tools issue 78.
    const answer = 'consent succeeds, then Gmail: NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'
    return violated({ expected: mailScope, actual: scopes.join(' ') || 'no scope', answer }, positionOf(asked.scopes))
  },
})

interface Extra {
  readonly at: Position
  readonly extra?: string
}

export const scopeMinimal = configurationCheck({
  id: 'consent/scope-minimal',
  title: 'No scope is asked for beyond mail, sign-in and what is declared',
  step: 5,
  level: 'SHOULD',
  requiredBy: 'RFC',
  clause: rfc(6749, '10.3'),
  quote: 'The client SHOULD request access tokens with the minimal scope necessary.',
  inapplicable: unlessMapped('scopes'),
  observes: eachProfile(['config.value', 'config.item'], 'scopes', (journal, profile) => {
    const scopes = setting(journal, profile, 'scopes')
    if (scopes === undefined) return []
    const declared = scopesOf(journal, profile, 'scopesDeclared') ?? []
    // One of Gmail’s that stands there instead of the mail scope is not one too many.
    const data = valuesOf(scopes).includes(mailScope) ? ['other', 'gmail'] : ['other']
    const extra = scopeItems(journal, profile).flatMap((item) =>
      scopesIn(item)
        .filter((scope) => data.includes(scopeKind(scope)) && !declared.includes(scope))
        .map((scope): Extra => ({ at: positionOf(item), extra: scope })),
    )
    return extra.length > 0 ? extra : [{ at: positionOf(scopes) }]
  }),
  counterexamples: ['asks-for-drive-too'],
  consequence: 'Fewer users consent, verification takes longer, and a stolen token opens more than mail.',
  fix: 'Leave the scope out, or list it under scopesDeclared in the gate file if a feature needs it.',
  judge({ at, extra }) {
    return extra === undefined
      ? satisfied(at)
      : violated({ expected: 'mail, openid, email, profile and declared scopes', actual: extra }, at)
  },
})
