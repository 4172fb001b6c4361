import { google } from '../../harness/model/clause.ts'
import { noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { type Journal, all, positionOf } from '../../harness/model/observation.ts'
import { eachProfile, isDelegated, unlessSeen, valueIn } from '../facts/profiles.ts'
import { adminScope, mailScope, scopeItems, scopesIn, scopesOf } from '../facts/scopes.ts'
import { setting, valuesOf } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 5: how the consent screen is asked. */

const adminScopes = eachProfile(['config.item'], 'gmail.imap_admin among the scopes', (journal, profile) =>
  scopeItems(journal, profile)
    .filter((item) => scopesIn(item).includes(adminScope))
    .map((item) => ({ at: positionOf(item), delegated: isDelegated(journal, profile) })),
)

export const adminScopeDelegated = configurationCheck({
  id: 'consent/imap-admin-only-dwd',
  title: 'The administrators’ scope is asked for by a service account with delegation alone',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('xoauth2-protocol', 'Domain-wide delegation for Google Workspace'),
  quote:
    "If you intend to use Google Workspace domain-wide delegation using Service Accounts to access Google Workspace users' mailboxes via IMAP, you can authorize your client using the scope https://www.googleapis.com/auth/gmail.imap_admin instead.",
  inapplicable: unlessSeen(adminScopes, 'no profile asks for gmail.imap_admin'),
  observes: adminScopes,
  counterexamples: ['imap-admin-at-the-consent-screen'],
  consequence: 'No user can grant it: it opens mailboxes by delegation from a Workspace administrator.',
  fix: `Ask users for ${mailScope}; leave gmail.imap_admin to a service account with domain-wide delegation.`,
  judge({ at, delegated }) {
    return delegated
      ? satisfied(at)
      : violated({ expected: 'a service account with delegation', actual: `${adminScope} at a consent screen` }, at)
  },
})

/** An undeclared scope is too much altogether; that is `consent/scope-minimal`’s to say. */
const severalDataScopes = eachProfile(['config.value'], 'several data scopes', (journal, profile) => {
  const scopes = setting(journal, profile, 'scopes')
  if (scopes === undefined || isDelegated(journal, profile)) return []
  const declared = scopesOf(journal, profile, 'scopesDeclared') ?? []
  const data = valuesOf(scopes).filter((scope) => scope === mailScope || declared.includes(scope))
  return data.length > 1 ? [{ scopes, data, optional: scopesOf(journal, profile, 'scopesOptional') }] : []
})

export const scopesSplit = configurationCheck({
  id: 'consent/scopes-split',
  title: 'Of several data scopes it is declared which ones the application works without',
  step: 5,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('granular-permissions', 'When more than one non-Sign-In scope is requested'),
  quote:
    "In this case, the application must check what scopes are granted by the users and can't assume users grant all requested scopes.",
  inapplicable: unlessSeen(severalDataScopes, 'no profile asks for several data scopes'),
  observes: severalDataScopes,
  counterexamples: ['two-data-scopes-unlabelled'],
  consequence: 'A user leaves the box of mail empty, and the application believes to be signed in.',
  fix: 'List under scopesOptional what the application works without; compare the answer’s scope with the rest.',
  judge({ scopes, data, optional }) {
    return optional === undefined
      ? violated({ expected: 'scopesOptional', actual: `${data.join(' ')}, all alike` }, positionOf(scopes))
      : satisfied(positionOf(scopes))
  },
})

const isServer = (journal: Journal, profile: string): boolean => {
  const runtime = valueIn(journal, profile, 'runtime')
  const web = all(journal, 'config.file').some(({ fields }) => fields.profile === profile && fields.kind === 'web')
  return (runtime === 'server' || (runtime === undefined && web)) && !isDelegated(journal, profile)
}

const serverAccessTypes = eachProfile(['config.value'], 'access_type of a server', (journal, profile) => {
  const accessType = setting(journal, profile, 'accessType')
  if (!isServer(journal, profile)) return []
  // Who says that it is a server, and what it asks for, can say this too.
  const scopes = valueIn(journal, profile, 'runtime') === 'server' ? setting(journal, profile, 'scopes') : undefined
  const stated = accessType ?? scopes
  return stated === undefined ? [] : [{ accessType, stated, prompt: setting(journal, profile, 'prompt') }]
})

export const offlineAsked = configurationCheck({
  id: 'consent/offline-asked',
  title: 'A server asks for a refresh token',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('web-server', 'Step 1: Set authorization parameters, access_type'),
  quote:
    'Set the value to offline if your application needs to refresh access tokens when the user is not present at the browser.',
  inapplicable: unlessSeen(serverAccessTypes, 'no profile of a server maps accessType'),
  observes: serverAccessTypes,
  counterexamples: ['server-without-offline-access'],
  consequence: 'Google sends no refresh token, and the application is signed out after an hour.',
  fix: 'Send access_type=offline and prompt=consent in the authorization request.',
  judge({ accessType, stated, prompt }) {
    if (accessType === undefined)
      return undecided(
        'no setting says accessType: map it, or say under settings what the program sends',
        positionOf(stated),
      )
    const [asked = ''] = valuesOf(accessType)
    const answer = 'a token answer without refresh_token'
    if (asked !== 'offline')
      return violated(
        { expected: 'offline', actual: asked || 'nothing', answer, replacement: 'offline' },
        positionOf(accessType),
      )
    if (prompt === undefined || valuesOf(prompt).join(' ').split(' ').includes('consent'))
      return satisfied(positionOf(accessType))
    return noted(
      'Without prompt=consent Google sends a refresh token at a user’s first consent only: keep it, or ask again.',
      positionOf(prompt),
    )
  },
})
