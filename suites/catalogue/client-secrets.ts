import { each } from '../../harness/model/check.ts'
import { google, ownRule } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { answers } from '../facts/answers.ts'
import type { Attested } from '../facts/attestation.ts'
import { isPublicIn } from '../facts/clients.ts'
import { daysAfter, daysFrom, isDay, monthsAfter, todayOf } from '../facts/days.ts'
import { unlessSeen } from '../facts/profiles.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 4: where a client’s secret comes from, how many there are, and how long an idle client lives. */

const confidential = each(
  'config.value',
  'client secrets in the settings of confidential clients',
  ({ fields }, journal) => fields.name === 'clientSecret' && !isPublicIn(journal, fields.profile),
)

export const secretSource = configurationCheck({
  id: 'cred/secret-source',
  title: 'A confidential client’s secret comes from a secret store or the environment',
  step: 4,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('best-practices', 'Handle client credentials securely'),
  quote:
    'Only store these credentials in secure storage, for example using a secret manager such as Google Cloud Secret Manager. Do not hardcode the credentials, commit them to a code repository or publish them publicly.',
  inapplicable: unlessSeen(confidential, 'no profile of a confidential client maps clientSecret'),
  observes: confidential,
  counterexamples: ['secret-in-settings'],
  consequence:
    'Everybody who can read the settings, their backups and their history can speak in the application’s name.',
  fix: 'Let the setting name the secret, such as env:GOOGLE_CLIENT_SECRET, and make a new secret in the console.',
  judge: ({ fields: { source, value } }) =>
    source === 'literal' && value !== ''
      ? violated({ expected: 'the name of an environment variable or of a stored secret', actual: 'the secret itself' })
      : satisfied(),
})

interface AttestedSecret {
  readonly created: string
  readonly enabled: boolean
}

/** As an attestation tells a list of secrets: `created=2025-09-01,enabled=true`, with blanks between. */
const secretsOf = ({ fields }: Attested): readonly AttestedSecret[] =>
  fields.value.split(' ').map((text) => {
    const members = new Map(text.split(',').map((pair) => pair.split('=', 2) as [string, string]))
    return { created: members.get('created') ?? '', enabled: members.get('enabled') !== 'false' }
  })

/** How long a new secret may take to reach every place; then the older one has to go. The number is ours. */
const changeover = 30
/** From this year on Google’s secrets are stronger (Manage OAuth Clients, “Rotating your clients secrets”). */
const stronger = '2021-01-01'

const attestedSecrets = each('attestation', 'attested secrets of clients', ({ fields }) => fields.name === 'secrets')

export const oneActiveSecret = configurationCheck({
  id: 'cred/one-active-secret',
  title: 'A client has one enabled secret, made in 2021 or later',
  step: 4,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('manage-clients', 'Rotating your clients secrets'),
  quote: 'Having more than one enabled secrets for a client increases security risks.',
  inapplicable: unlessSeen(attestedSecrets, 'no attestation says which secrets a client has'),
  observes: attestedSecrets,
  counterexamples: ['two-secrets-for-months', 'secret-of-the-old-form'],
  consequence: 'A secret that leaked years ago still opens the token endpoint.',
  fix: 'Move every place to the newer secret, then disable the older one in the console and note it in the attestation.',
  judge(attested, journal) {
    const enabled = secretsOf(attested).filter((secret) => secret.enabled)
    if (enabled.length === 0 || !enabled.every(({ created }) => isDay(created)))
      return undecided('the attestation does not say on which days the enabled secrets were created')
    const [newest = '', ...older] = enabled
      .map(({ created }) => created)
      .toSorted()
      .toReversed()
    const today = todayOf(journal) ?? attested.fields.checkedOn
    if (older.length > 0 && daysFrom(newest, today) > changeover)
      return violated({
        expected: 'one enabled secret',
        actual: `${enabled.length} enabled secrets, the newest since ${newest}`,
      })
    return newest < stronger ? violated({ expected: `one made after ${stronger}`, actual: newest }) : satisfied()
  },
})

/** Google deletes after six months (Manage OAuth Clients, “Unused Client Deletion”) and writes thirty days before. */
const deletionAfter = 6
const noticeAfter = 5
/** A client that was in use so shortly before somebody looked was no idle one. */
const inUse = 30

const lastUses = each('attestation', 'attested last uses of clients', ({ fields }) => fields.name === 'lastUsed')

export const clientIdle = configurationCheck({
  id: 'cred/client-idle',
  title: 'No client is about to be deleted because nobody uses it',
  step: 4,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule(
    'Google, Manage OAuth Clients, “Unused Client Deletion”: clients inactive for six months are deleted',
  ),
  inapplicable: unlessSeen(lastUses, 'no attestation says when a client was last used'),
  observes: lastUses,
  counterexamples: ['client-idle-for-months'],
  consequence: 'On that day every grant of the client ends, and its users see “Error 401: deleted_client”.',
  fix: 'Let the application fetch a token, or delete the client yourself; then note the day in the attestation.',
  judge({ fields: { value, checkedOn } }, journal) {
    if (!isDay(value)) return undecided('lastUsed is no day such as 2026-10-01')
    const today = todayOf(journal) ?? checkedOn
    if (today < monthsAfter(value, noticeAfter)) return satisfied()
    if (daysFrom(value, checkedOn) < inUse && today >= daysAfter(checkedOn, inUse))
      return undecided(`the client was in use when it was looked at on ${checkedOn}, and nobody has looked since`)
    const actual = `last used on ${value}; Google deletes it on ${monthsAfter(value, deletionAfter)}`
    return violated({ expected: 'a use within five months', actual, answer: answers.clientDeleted })
  },
})
