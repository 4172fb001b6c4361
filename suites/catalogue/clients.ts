import { each } from '../../harness/model/check.ts'
import { google, ownRule } from '../../harness/model/clause.ts'
import { satisfied, violated } from '../../harness/model/finding.ts'
import { type Journal, type Observation, all, positionOf } from '../../harness/model/observation.ts'
import { kindIn, platformIn } from '../facts/clients.ts'
import { eachProfile, unlessSeen } from '../facts/profiles.ts'
import { setting, settings, valuesOf } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 2: one OAuth client for each platform, and none for two applications. */

const platformsIn = (journal: Journal): ReadonlySet<string> =>
  new Set(
    settings(journal, 'runtime').flatMap(({ fields }) => {
      const platform = platformIn(journal, fields.profile)
      return platform === undefined || kindIn(journal, fields.profile) === 'service_account' ? [] : [platform]
    }),
  )

const clientsOfPlatforms = eachProfile(['config.value'], 'client ids of several platforms', (journal, profile) => {
  const id = setting(journal, profile, 'client.client_id')
  const platform = platformIn(journal, profile)
  return id === undefined || platform === undefined || kindIn(journal, profile) === 'service_account'
    ? []
    : [{ id, platform }]
})

export const clientPerPlatform = configurationCheck({
  id: 'proj/client-per-platform',
  title: 'Each platform has an OAuth client of its own',
  step: 2,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('policies', 'Register an appropriate OAuth client'),
  quote:
    'You must create a separate OAuth client for each platform on which your app will run, such as a web server, an Android app, an iOS app, or a limited-input device.',
  inapplicable: (journal) =>
    platformsIn(journal).size < 2 ? 'the profiles name one platform at the most (runtime)' : undefined,
  observes: clientsOfPlatforms,
  counterexamples: ['one-client-on-two-platforms'],
  consequence: 'On one of the platforms Google refuses the redirect, or a secret lies in users’ hands.',
  fix: 'Create a client of the right type for each platform in the same Google project.',
  judge({ id, platform }, journal) {
    const other = clientsOfPlatforms
      .select(journal)
      .map(({ evidence }) => evidence)
      .find((candidate) => candidate.platform !== platform && valuesOf(candidate.id)[0] === valuesOf(id)[0])
    if (other === undefined) return satisfied(positionOf(id))
    const actual = `the client of ${other.id.fields.profile}, which is for ${other.platform}`
    return violated({ expected: `a client of its own for ${platform}`, actual }, positionOf(id))
  },
})

type Shared = Observation<'config.shared'>

/** A secret belongs to its client: where both are shared, the client is told. */
const isTold = ({ fields: { member, profile, others } }: Shared, journal: Journal): boolean =>
  member === 'client_id' ||
  !all(journal, 'config.shared').some(
    ({ fields }) =>
      fields.member === 'client_id' && fields.profile === profile && fields.others.join() === others.join(),
  )

const sharedClients = each('config.shared', 'client ids and secrets that other applications have too', isTold)

export const clientNotShared = configurationCheck({
  id: 'proj/client-not-shared',
  title: 'No client id or secret belongs to two applications',
  step: 2,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('what befalls a client befalls every application that has it'),
  inapplicable: unlessSeen(sharedClients, 'no other configuration that was read has the same client id or secret'),
  observes: sharedClients,
  counterexamples: ['shares-its-client'],
  consequence:
    'Users see one name for two applications; a new secret, a deletion or the 100th refresh token ends both.',
  fix: 'Create a client for each application, and secrets of its own for each client.',
  judge: ({ fields: { member, others } }) =>
    others.length === 0
      ? satisfied()
      : violated({
          expected: `a ${member} of its own`,
          actual: `the ${member} of ${others.slice(0, 3).join(', ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''}`,
        }),
})
