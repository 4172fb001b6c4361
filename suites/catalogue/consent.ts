import { each, whole } from '../../harness/model/check.ts'
import { google } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { positionOf } from '../../harness/model/observation.ts'
import { attestedOf } from '../facts/attestation.ts'
import { productionProfiles, valuesOf } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Steps 5 and 12: what the consent screen asks for, and mechanisms that Google has withdrawn. */

const mailScope = 'https://mail.google.com/'

export const scopeMail = configurationCheck({
  id: 'consent/scope-mail',
  title: 'The scope that opens IMAP is asked for, letter by letter',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('xoauth2-protocol', 'OAuth 2.0 Scopes'),
  quote: 'The scope for IMAP, POP, and SMTP access is https://mail.google.com/.',
  observes: each('config.value', 'list of scopes in the settings', ({ fields }) => fields.name === 'scopes'),
  counterexamples: ['asks-for-gmail-readonly'],
  consequence: 'Consent succeeds, and then IMAP answers “Invalid credentials” for ever.',
  fix: `Ask for ${mailScope} with its trailing slash; the gmail.* scopes do not open IMAP.`,
  judge(scopes) {
    return valuesOf(scopes).includes(mailScope)
      ? satisfied()
      : violated({ expected: mailScope, actual: valuesOf(scopes).join(' ') })
  },
})

export const productionPublished = configurationCheck({
  id: 'consent/prod-published',
  title: 'The production project is published',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('oauth2', 'Refresh token expiration'),
  quote:
    'A Google Cloud Platform project with an OAuth consent screen configured for an external user type and a publishing status of "Testing" is issued a refresh token expiring in 7 days …',
  inapplicable: (journal) => (productionProfiles(journal).length === 0 ? 'no profile is called production' : undefined),
  observes: whole(['attestation'], 'attested publishing status of production', (journal) => {
    const [profile] = productionProfiles(journal)
    return profile === undefined
      ? undefined
      : {
          status: attestedOf(journal, profile, 'publishingStatus')[0],
          type: attestedOf(journal, profile, 'userType')[0],
        }
  }),
  counterexamples: ['production-in-testing'],
  consequence: 'Every user has to sign in again after seven days.',
  fix: 'Press “Publish app” on the project’s audience page, then let every user consent once more.',
  judge({ status, type }) {
    // Only an external application has users who could be testers.
    if (type?.fields.value === 'Internal') return satisfied(positionOf(type))
    if (status === undefined) return undecided('the attestation says no publishing status of the production project')
    return status.fields.value === 'In production'
      ? satisfied(positionOf(status))
      : violated({ expected: 'In production', actual: status.fields.value }, positionOf(status))
  },
})

const outOfBand = /^(urn:ietf:wg:oauth:2\.0:)?oob(:auto)?$/

export const flowCurrent = configurationCheck({
  id: 'dep/flow-current',
  title: 'No redirect that Google has switched off is in the settings',
  step: 12,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('oob-migration', 'the error page that users are shown, as captured'),
  quote: 'The out-of-band (OOB) flow has been blocked in order to keep users secure.',
  observes: each(
    'config.value',
    'redirect URI in the settings',
    ({ fields }) => fields.name === 'redirectUri' || fields.name === 'client.redirect_uris',
  ),
  counterexamples: ['out-of-band-redirect'],
  consequence: 'Users see “Access blocked: Authorization Error” instead of the consent screen.',
  fix: 'Listen on http://127.0.0.1 at a free port and use that as redirect_uri.',
  judge(redirects) {
    const withdrawn = valuesOf(redirects).filter((uri) => outOfBand.test(uri))
    return withdrawn.length === 0
      ? satisfied()
      : violated({ expected: 'a loopback or https redirect', actual: withdrawn.join(' ') })
  },
})
