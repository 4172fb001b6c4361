import { each, whole } from '../../harness/model/check.ts'
import { google } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { positionOf } from '../../harness/model/observation.ts'
import { projectNumber } from '../facts/attestation.ts'
import { isProduction, settings, valuesOf } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Steps 2 and 3, as far as files can show them: the Google project and its enabled APIs. */

export const separateProduction = configurationCheck({
  id: 'proj/separate-prod',
  title: 'Development and production use different Google projects',
  step: 2,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('policy-compliance', 'Use separate projects for testing and production'),
  quote: 'Google’s OAuth policies require separate projects for testing and production.',
  observes: whole(['config.value'], 'client ids of a development and a “production” profile', (journal) => {
    const ids = settings(journal, 'client.client_id')
    return ids.some(isProduction) && !ids.every(isProduction) ? ids : undefined
  }),
  counterexamples: ['one-project-for-both'],
  consequence: 'A test redirect, a test user limit or a deleted test client reaches production users.',
  fix: 'Create a second project in the Google console for production and download its own client file.',
  judge(ids) {
    const development = ids.filter((id) => !isProduction(id)).map((id) => projectNumber(valuesOf(id)[0] ?? ''))
    const shared = ids.filter(isProduction).filter((id) => development.includes(projectNumber(valuesOf(id)[0] ?? '')))
    return shared.length === 0
      ? satisfied(...ids.map(positionOf))
      : violated(
          { expected: 'a project number of its own for production', actual: 'the number of a development project' },
          ...shared.map(positionOf),
        )
  },
})

const mailApi = 'gmail.googleapis.com'

export const gmailEnabled = configurationCheck({
  id: 'api/gmail-enabled',
  title: 'The Gmail API is enabled in every project',
  step: 3,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('policy-compliance', 'Use separate projects for testing and production'),
  quote: 'Enable any APIs in use by your clients.',
  observes: each('attestation', 'attested list of enabled APIs', ({ fields }) => fields.name === 'enabledApis'),
  counterexamples: ['gmail-api-not-enabled'],
  consequence: 'The console may refuse the mail scope, and the first call of the Gmail API ends with 403.',
  fix: `Enable ${mailApi} in the project’s API library, then note it in the attestation.`,
  judge({ fields }) {
    if (fields.value === '') return undecided('the attestation lists no enabled API')
    return fields.value.split(' ').includes(mailApi)
      ? satisfied()
      : violated({ expected: `${mailApi} enabled for project ${fields.of}`, actual: `only ${fields.value}` })
  },
})
