import { check, each } from '../../harness/model/check.ts'
import { google } from '../../harness/model/clause.ts'
import { satisfied, violated } from '../../harness/model/finding.ts'
import { all } from '../../harness/model/observation.ts'
import { isProduction, valuesOf } from '../facts/settings.ts'

/** Steps 5 and 12: what the consent screen asks for, and mechanisms that Google has withdrawn. */

const mailScope = 'https://mail.google.com/'

export const scopeMail = check({
  id: 'consent/scope-mail',
  title: 'The scope that opens IMAP is asked for, letter by letter',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('xoauth2-protocol', 'OAuth 2.0 Scopes'),
  quote: 'The scope for IMAP, POP, and SMTP access is https://mail.google.com/.',
  needs: ['configuration-files'],
  instruments: [],
  time: 'none',
  scenarios: ['configuration'],
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

export const productionPublished = check({
  id: 'consent/prod-published',
  title: 'The production project is published',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('oauth2', 'Refresh token expiration'),
  quote:
    'A Google Cloud Platform project with an OAuth consent screen configured for an external user type and a publishing status of "Testing" is issued a refresh token expiring in 7 days …',
  needs: ['configuration-files'],
  instruments: [],
  time: 'none',
  scenarios: ['configuration'],
  observes: each(
    'attestation',
    'attested publishing status of production',
    (attested) => isProduction(attested) && attested.fields.name === 'publishingStatus',
  ),
  counterexamples: ['production-in-testing'],
  consequence: 'Every user has to sign in again after seven days.',
  fix: 'Press “Publish app” on the project’s audience page, then let every user consent once more.',
  judge({ fields }, journal) {
    // Only an external application has users who could be testers.
    const internal = all(journal, 'attestation').some(
      (other) => isProduction(other) && other.fields.name === 'userType' && other.fields.value === 'Internal',
    )
    return internal || fields.value === 'In production'
      ? satisfied()
      : violated({ expected: 'In production', actual: fields.value })
  },
})

const outOfBand = /^(urn:ietf:wg:oauth:2\.0:)?oob(:auto)?$/

export const flowCurrent = check({
  id: 'dep/flow-current',
  title: 'No redirect that Google has switched off is in the settings',
  step: 12,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('oob-migration', 'the error page that users are shown, as captured'),
  quote: 'The out-of-band (OOB) flow has been blocked in order to keep users secure.',
  needs: ['configuration-files'],
  instruments: [],
  time: 'none',
  scenarios: ['configuration'],
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
