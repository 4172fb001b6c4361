import { each } from '../../harness/model/check.ts'
import { google } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { profilesOf } from '../facts/attestation.ts'
import { unlessSeen } from '../facts/profiles.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 3, as far as files can show it. */

const attestedApis = each('attestation', 'attested list of enabled APIs', ({ fields }) => fields.name === 'enabledApis')
const mailApi = 'gmail.googleapis.com'

export const gmailEnabled = configurationCheck({
  id: 'api/gmail-enabled',
  title: 'The Gmail API is enabled in every project',
  step: 3,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('policy-compliance', 'Use separate projects for testing and production'),
  quote: 'Enable any APIs in use by your clients.',
  inapplicable: unlessSeen(attestedApis, 'no attestation says which APIs are enabled'),
  observes: attestedApis,
  counterexamples: ['gmail-api-not-enabled'],
  consequence: 'The console may refuse the mail scope, and the first call of the Gmail API ends with 403.',
  fix: `Enable ${mailApi} in the project’s API library, then note it in the attestation.`,
  judge(attested, journal) {
    const { fields } = attested
    if (fields.value === '') return undecided('the attestation lists no enabled API')
    return fields.value.split(' ').includes(mailApi)
      ? satisfied()
      : violated({
          expected: `${mailApi} enabled for project ${fields.of} (${profilesOf(journal, attested).join(', ') || 'no profile'})`,
          actual: `only ${fields.value}`,
        })
  },
})
