import { google, ownRule } from '../../harness/model/clause.ts'
import { noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { each } from '../../harness/model/check.ts'
import { all, positionOf } from '../../harness/model/observation.ts'
import { attestedOf } from '../facts/attestation.ts'
import { daysAfter, daysFrom, isDay, todayOf, yearAfter } from '../facts/days.ts'
import { eachProfile, isDelegated, unlessSeen, valueIn } from '../facts/profiles.ts'
import { isPublic, publicationOf } from '../facts/publication.ts'
import { mailScope, scopesOf } from '../facts/scopes.ts'
import { productionProfiles } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 5: what Google has verified, and how fresh our knowledge of it is. */

const published = eachProfile(['attestation'], 'published project that asks for mail', (journal, profile) => {
  const publication = publicationOf(journal, profile)
  const asksForMail = scopesOf(journal, profile, 'scopes')?.includes(mailScope) === true
  const counts = productionProfiles(journal).includes(profile) && isPublic(publication)
  return counts && asksForMail && !isDelegated(journal, profile)
    ? [{ ...publication, status: publication.status! }]
    : []
})
const noneIsPublished = 'no published External project of a production profile asks for the mail scope'

/** “Exceptions to verification requirements” (support.google.com/cloud/answer/13464323). */
const settled = ['verified', 'personal-use', 'not-needed']

export const verificationDeclared = configurationCheck({
  id: 'consent/verification-declared',
  title: 'It is on record that Google verified the use of the mail scope, or need not',
  step: 5,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google(
    'policy-compliance',
    'Submit production apps that use sensitive or restricted scopes for verification',
  ),
  quote:
    'If your production app uses sensitive or restricted scopes, you must submit your use of those scopes for verification before you include the scopes in an authorization request.',
  inapplicable: unlessSeen(published, noneIsPublished),
  observes: published,
  counterexamples: ['published-and-unverified', 'verification-not-on-record'],
  consequence: 'Users see the warning of an unverified app, and after 100 new users nobody can sign in any more.',
  fix: 'Submit the scope in the Verification Center, then note verified, pending or personal-use in the attestation.',
  judge({ status, verification }) {
    const expected = `${settled.join(', ')} or pending`
    // support.google.com/cloud/answer/7454865
    const answer = 'after 100 new users: Sign in with Google temporarily disabled for this app'
    if (verification === undefined)
      return violated({ expected: `verification: ${expected}`, actual: 'none on record' }, positionOf(status))
    const { value } = verification.fields
    if (settled.includes(value)) return satisfied(positionOf(verification))
    if (value === 'pending')
      return noted(
        'Until Google has verified the scope, users see a warning; 100 new users at most.',
        positionOf(verification),
      )
    return violated(
      { expected, actual: value, ...(value === 'unverified' ? { answer } : {}) },
      positionOf(verification),
    )
  },
})

const assessed = eachProfile(['attestation'], 'verified project that asks for mail', (journal, profile) => {
  const verified = published
    .select(journal)
    .map(({ evidence }) => evidence)
    .find((publication) => publication.profile === profile && publication.verification?.fields.value === 'verified')
  if (verified === undefined) return []
  return [{ profile, verified: verified.verification!, casa: attestedOf(journal, profile, 'casa')[0] }]
})

export const casaYearly = configurationCheck({
  id: 'consent/casa-yearly',
  title: 'The security assessment of an application with a server is at most a year old',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('restricted-scope-verification', 'Security assessment'),
  quote:
    'apps must be reverified for compliance and complete a security assessment at least every 12 months after your assessor’s Letter of Assessment (LOA) approval date.',
  inapplicable: unlessSeen(assessed, 'no published External project is attested to be verified for the mail scope'),
  observes: assessed,
  counterexamples: ['assessment-of-last-year', 'server-without-assessment'],
  consequence: 'Google takes the restricted scope away, and tokens that hold it may end without notice.',
  fix: 'Have the yearly CASA assessment done, then note its day as casa in the attestation.',
  judge({ profile, casa }, journal) {
    if (casa === undefined)
      return undecided(`the attestation says no casa for ${profile}: a day, or none without a server`)
    const { value } = casa.fields
    const today = todayOf(journal)!
    if (value === 'none')
      return valueIn(journal, profile, 'runtime') === 'server'
        ? violated({ expected: 'the day of an assessment', actual: 'none for a server' }, positionOf(casa))
        : satisfied(positionOf(casa))
    if (!isDay(value) || value > today)
      return violated({ expected: 'a past day such as 2026-03-01, or none', actual: value }, positionOf(casa))
    const ends = yearAfter(value)
    if (ends < today) return violated({ expected: `one after ${ends}`, actual: value }, positionOf(casa))
    return daysFrom(today, ends) > 30
      ? satisfied(positionOf(casa))
      : noted(`The assessment has to be renewed by ${ends}.`, positionOf(casa))
  },
})

/** Suite policy. */
const longestTrust = 90

export const attestationFresh = configurationCheck({
  id: 'consent/attestation-fresh',
  title: 'What people attest of the Google console is signed and at most 90 days old',
  step: 5,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('anybody with access to the project can change in a minute what an attestation says'),
  inapplicable: (journal) => (all(journal, 'attestation').length === 0 ? 'there is no attestation file' : undefined),
  observes: each('attestation', 'attestation file', ({ fields }) => fields.name === 'checkedOn'),
  counterexamples: ['attestation-of-last-year', 'attestation-of-tomorrow', 'unsigned-attestation'],
  consequence: 'A project that went back to Testing, or lost its verification, still counts as in order.',
  fix: 'Look at the console once more, then run `oauth-imap attest`, which sets the day and who looked.',
  judge({ fields: { checkedOn, checkedBy } }, journal) {
    const age = daysFrom(checkedOn, todayOf(journal)!)
    if (age < 0) return violated({ expected: 'a day that has come', actual: checkedOn })
    if (age > longestTrust)
      return violated({
        expected: `a day after ${daysAfter(checkedOn, age - longestTrust - 1)}`,
        actual: `${checkedOn}, ${age} days ago`,
      })
    return checkedBy === '' ? violated({ expected: 'checkedBy', actual: 'nobody who answers for it' }) : satisfied()
  },
})
