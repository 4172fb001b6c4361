import { google } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { positionOf } from '../../harness/model/observation.ts'
import { answers } from '../facts/answers.ts'
import { kindIn } from '../facts/clients.ts'
import { eachProfile, unlessSeen } from '../facts/profiles.ts'
import { isTemplate } from '../facts/redirects.ts'
import { adminScope, mailScope } from '../facts/scopes.ts'
import { setting, valuesOf } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 4: service accounts, which have no mailbox and open those of a Workspace by delegation alone. */

const serviceAccounts = eachProfile(['config.file', 'config.value'], 'service accounts', (journal, profile) =>
  kindIn(journal, profile) === 'service_account'
    ? [
        {
          profile,
          email: setting(journal, profile, 'client.client_email'),
          subject: setting(journal, profile, 'subject'),
          scopes: setting(journal, profile, 'scopes'),
        },
      ]
    : [],
)

/** Why no administrator can have delegated this mailbox; undefined where one may have. */
function subjectProblem(subject: string): string | undefined {
  if (subject === '') return 'nobody'
  if (/@(?:gmail|googlemail)\.com$/i.test(subject)) return `${subject}, which belongs to no Workspace`
  return /gserviceaccount\.com$/i.test(subject) ? `${subject}, a service account, which has no mailbox` : undefined
}

export const serviceAccountDelegated = configurationCheck({
  id: 'cred/service-account-dwd',
  title: 'A service account opens a mailbox of a Workspace, by delegation',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('xoauth2-protocol', 'Domain-wide delegation for Google Workspace'),
  quote:
    'If you intend to use Google Workspace domain-wide delegation using Service Accounts to access Google Workspace users’ mailboxes via IMAP, you can authorize your client using the scope https://www.googleapis.com/auth/gmail.imap_admin instead.',
  inapplicable: unlessSeen(serviceAccounts, 'no profile has the key of a service account'),
  observes: serviceAccounts,
  counterexamples: [
    'service-account-for-a-consumer',
    'service-account-for-itself',
    'service-account-without-mail-scope',
  ],
  consequence: 'The token endpoint refuses the assertion, or Gmail answers “Invalid credentials” to its token.',
  fix: 'Name a user of the Workspace as subject, and let its administrator delegate https://mail.google.com/ to the numeric client id.',
  judge({ profile, subject, scopes }) {
    if (subject === undefined) return undecided(`profile ${profile} does not map whose mailbox is opened (subject)`)
    const [who = ''] = valuesOf(subject)
    const problem = isTemplate(who) ? undefined : subjectProblem(who)
    if (problem !== undefined)
      return violated(
        { expected: 'a user of a Workspace', actual: problem, answer: answers.notDelegated },
        positionOf(subject),
      )
    if (scopes === undefined) return undecided(`profile ${profile} does not map scopes`)
    return valuesOf(scopes).some((scope) => scope === mailScope || scope === adminScope)
      ? satisfied(positionOf(subject))
      : violated(
          { expected: `${mailScope} or ${adminScope}`, actual: valuesOf(scopes).join(' ') || 'no scope' },
          positionOf(scopes),
        )
  },
})
