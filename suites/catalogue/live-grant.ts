import { each, whole } from '../../harness/model/check.ts'
import { google, ownRule, rfc } from '../../harness/model/clause.ts'
import { type Finding, noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { type Journal, type Observation, all, positionOf } from '../../harness/model/observation.ts'
import { busy, liveCheck } from './live-check.ts'

/** How long a grant lasts, where it lies, and how it ends. */

type Tokens = Observation<'live.tokens'>

const day = 86_400
/** Google, oauth2, “Refresh token expiration”: what a project in status Testing gets. */
const testing = 7

const answersOf = (journal: Journal, by: Tokens['fields']['by']): readonly Tokens[] =>
  all(journal, 'live.tokens').filter(({ fields }) => fields.by === by)
const isIssued = ({ fields }: Tokens): boolean => fields.status === 200

export const grantLasts = liveCheck({
  id: 'live/grant-lasts',
  title: 'The grant lasts longer than the seven days of status Testing',
  step: 5,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('oauth2', 'Refresh token expiration'),
  quote:
    'A Google Cloud Platform project with an OAuth consent screen configured for an external user type and a publishing status of "Testing" is issued a refresh token expiring in 7 days …',
  part: 'sign-in',
  observes: each('live.tokens', 'ends of grants, as the token endpoint tells them', isIssued),
  counterexamples: ['live-grant-of-seven-days'],
  consequence: 'In a week at most everybody has to sign in again, and whatever runs unattended stops.',
  fix: 'Press “Publish app” on the project’s audience page, then sign in once more.',
  judge({ fields: { by, refreshTokenExpiresIn: left } }, journal) {
    // When it was given is told by the vault; of a code it is now.
    const age = by === 'authorization_code' ? 0 : (all(journal, 'live.grant')[0]?.fields.days ?? null)
    if (left === null) return age !== null && age > testing ? satisfied() : noted('The answer names no end.')
    if (left > testing * day) return satisfied()
    if (age === null) return undecided(`${inDays(left)} are left, and nobody knows of how many`)
    const life = left + age * day
    return life > testing * day
      ? noted(`The grant ends in ${inDays(left)}.`)
      : violated({ expected: `more than ${testing} days`, actual: `${inDays(life)}, ${inDays(left)} of them left` })
  },
})

const inDays = (seconds: number): string => `${Math.round((seconds / day) * 10) / 10} days`

export const refreshTokenGiven = liveCheck({
  id: 'live/refresh-token',
  title: 'A refresh token comes with the first tokens',
  step: 6,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('RFC 6749 §5.1 leaves it to the issuer, and without it access ends with the first token'),
  part: 'sign-in',
  inapplicable: (journal) => {
    const from = all(journal, 'live.grant')[0]?.fields.from
    return from === undefined || from === 'consent' ? undefined : `the grant comes from the ${from}: it had one`
  },
  observes: each(
    'live.tokens',
    'the first tokens',
    (answer) => isIssued(answer) && answer.fields.by === 'authorization_code',
  ),
  counterexamples: ['live-no-refresh-token'],
  consequence: 'After an hour the user has to be there again.',
  fix: 'Ask with access_type=offline and prompt=consent; or remove the app at https://myaccount.google.com/connections.',
  judge: ({ fields: { refreshToken, members } }) =>
    refreshToken ? satisfied() : violated({ expected: 'refresh_token', actual: members.join(', ') }),
})

export const storage = liveCheck({
  id: 'live/storage',
  title: 'The stored grant is its owner’s alone, and cannot be read as it lies there',
  step: 7,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('RFC 6749 §10.4 demands confidentiality in storage and names neither mode nor encryption'),
  part: 'storage',
  observes: each('live.storage', 'the vault’s folder and the account’s file'),
  counterexamples: ['live-vault-open-to-everybody'],
  consequence: 'Every other user of the machine, and every backup, has the mailbox.',
  fix: 'chmod 700 the vault’s folder and 600 its files; see who else writes there.',
  judge({ fields: { directoryMode, fileMode, leaks, planted } }) {
    if (leaks > 0) return violated({ expected: 'no secret as it is', actual: `${leaks} in the file` })
    // Systems without modes have the empty text.
    if (directoryMode !== '' && directoryMode !== '0700')
      return violated({ expected: 'a folder of mode 0700', actual: directoryMode })
    if (fileMode !== '' && fileMode !== '0600') return violated({ expected: 'a file of mode 0600', actual: fileMode })
    return planted ? satisfied() : undecided('what was planted as a control was not found')
  },
})

interface Refreshed {
  readonly answers: readonly Tokens[]
  readonly logins: readonly Observation<'live.login'>[]
}

export const refresh = liveCheck<Refreshed>({
  id: 'live/refresh',
  title: 'The refresh token brings a new access token, and that opens the mailbox',
  step: 9,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(6749, '6'),
  quote:
    'The authorization server MUST: … validate the refresh token. If valid and authorized, the authorization server issues an access token as described in Section 5.1.',
  part: 'refresh',
  observes: whole(['live.tokens'], 'a refresh, and logins with what it brought', (journal) => {
    const answers = answersOf(journal, 'refresh_token')
    const logins = all(journal, 'live.login').filter(({ fields }) => fields.token === 'refreshed')
    return answers.length === 0 ? undefined : { answers, logins }
  }),
  counterexamples: ['live-refresh-refused'],
  consequence: 'It works for an hour, then never again.',
  fix: 'Sign in again. If that lasts a week, the project is in status Testing: publish it.',
  judge({ answers, logins }, journal) {
    const refused = answers.find((answer) => !isIssued(answer))
    if (refused !== undefined) return judgeRefusal(refused)
    const accepted = logins.find(({ fields }) => fields.result === 'accepted')
    if (accepted !== undefined) return satisfied(...answers.map(positionOf), positionOf(accepted))
    const turnedAway = logins.find(({ fields }) => fields.result === 'refused')
    if (turnedAway === undefined) return undecided('nobody logged in with the new token', ...answers.map(positionOf))
    return (
      busy('xoauth2', journal) ??
      busy('oauthbearer', journal) ??
      violated({ expected: 'a login with the new token', actual: turnedAway.fields.answer }, positionOf(turnedAway))
    )
  },
})

/** A server in trouble says nothing of the grant. */
function judgeRefusal(refused: Tokens): Finding {
  const { status, error, description } = refused.fields
  const said = [status, error ?? '', description ?? ''].join(' ').trim()
  if (status === 429 || status >= 500) return undecided(`the token endpoint answered ${said}`, positionOf(refused))
  return violated({ expected: 'a new access token', actual: said }, positionOf(refused))
}

export const revocation = liveCheck({
  id: 'live/revocation',
  title: 'A grant that was revoked is refused from then on',
  step: 9,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(7009, '2'),
  quote:
    'Implementations MUST support the revocation of refresh tokens and SHOULD support the revocation of access tokens …',
  part: 'revoke',
  observes: each('live.revocation', 'the revocation, and a refresh after it'),
  counterexamples: ['live-revocation-ends-nothing'],
  consequence: 'Who signs out, or loses a device, cannot end the access that was given.',
  fix: 'Remove the application at https://myaccount.google.com/connections, and report what the endpoint answered.',
  judge({ fields: { status, after, error } }) {
    if (after === 'granted') return violated({ expected: 'a refusal', actual: 'a new access token' })
    // Google says so of a token that it no longer knows.
    if (status !== 200) return undecided(`the revocation endpoint answered ${status}: the grant had ended before`)
    if (after === 'not-asked') return undecided('nobody could tell how the grant fares after it')
    // RFC 6749 §5.2: the one error that speaks of the grant; another would be told of a living one, too.
    return error === 'invalid_grant' ? satisfied() : undecided(`a refresh after it was refused with ${error}`)
  },
})
