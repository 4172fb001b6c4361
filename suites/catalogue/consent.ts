import { google } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { all, positionOf } from '../../harness/model/observation.ts'
import { profilesOf } from '../facts/attestation.ts'
import { daysAfter } from '../facts/days.ts'
import { eachProfile, unlessSeen } from '../facts/profiles.ts'
import { publicationOf } from '../facts/publication.ts'
import { productionProfiles } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 5: who may consent, and for how long that holds. */

/** Google, oauth2, “Refresh token expiration”. */
const lifeInTesting = 7

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
  observes: eachProfile(['attestation'], 'attested publishing status of production', (journal, profile) =>
    productionProfiles(journal).includes(profile) ? [publicationOf(journal, profile)] : [],
  ),
  counterexamples: ['production-in-testing'],
  consequence: 'Every user has to sign in again after seven days.',
  fix: 'Press “Publish app” on the project’s audience page, then let every user consent once more.',
  judge({ profile, status, userType }) {
    // Only an external application has users who could be testers.
    if (userType?.fields.value === 'Internal') return satisfied(positionOf(userType))
    if (status === undefined) return undecided(`the attestation says no publishing status of the project of ${profile}`)
    const { value, checkedOn } = status.fields
    if (value === 'In production') return satisfied(positionOf(status))
    const day = daysAfter(checkedOn, lifeInTesting)
    const actual = `${value}: refresh tokens live seven days, one of ${checkedOn} until ${day}`
    // Captured in github.com/janeczku/calibre-web issue 3305.
    const answer = '400 invalid_grant, Token has been expired or revoked.'
    return violated({ expected: 'In production', actual, answer }, positionOf(status))
  },
})

/** Google, app-audience. */
const mostTestUsers = 100

const testing = {
  types: ['attestation'] as const,
  names: 'attested project in Testing',
  select: (journal: Parameters<typeof profilesOf>[0]) =>
    all(journal, 'attestation')
      .filter(({ fields }) => fields.name === 'publishingStatus' && fields.value === 'Testing')
      // What real users meet must not be in Testing at all; that is `consent/prod-published`’s to say.
      .filter((status) => !profilesOf(journal, status).some((profile) => productionProfiles(journal).includes(profile)))
      .flatMap((status) => {
        const stated = (name: string) =>
          all(journal, 'attestation').find(({ fields }) => fields.of === status.fields.of && fields.name === name)
        const external = stated('userType')?.fields.value !== 'Internal'
        return external ? [{ evidence: { status, users: stated('testUsers') }, at: [positionOf(status)] }] : []
      }),
}

export const testUsers = configurationCheck({
  id: 'consent/test-users',
  title: 'A project in Testing lists its users, and at most 100 of them',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('app-audience', 'Publishing status'),
  quote:
    'Projects configured with a publishing status of Testing are limited to up to 100 test users listed in the OAuth consent screen.',
  inapplicable: unlessSeen(
    testing,
    'no project is attested to be in Testing, but for those of production, which `consent/prod-published` looks at',
  ),
  observes: testing,
  counterexamples: ['testing-without-users', 'a-hundred-and-twenty-testers'],
  consequence: 'Whoever is not listed sees “Access blocked” instead of the consent screen.',
  fix: 'Add the testers on the project’s audience page, or publish the application.',
  judge({ status, users }) {
    const { of, value } = users?.fields ?? status.fields
    if (users === undefined) return undecided(`the attestation says no test users of project ${of}`)
    const count = /^\d+$/.test(value) ? Number(value) : value.split(' ').filter((word) => word !== '').length
    if (count > 0 && count <= mostTestUsers) return satisfied(positionOf(users))
    const answer =
      'Error 403: access_denied, The developer hasn’t given you access to this app. It’s currently being tested and it hasn’t been verified by Google.'
    return violated({ expected: `1 to ${mostTestUsers} test users`, actual: `${count}`, answer }, positionOf(users))
  },
})
