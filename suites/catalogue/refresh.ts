import { check, each, whole } from '../../harness/model/check.ts'
import { google, ownRule } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { type Journal, all, positionOf } from '../../harness/model/observation.ts'
import { tokenLedger } from '../facts/token-ledger.ts'
import { refreshes } from '../facts/token-requests.ts'

/** Step 9: what happens when an hour is over, and when the grant is. */

const minute = 60_000
/** Suite policy: a refresh that comes more than this long before expiry wastes tokens. */
const earliest = 10 * minute
/** Suite policy: a dead grant is tried this often at most, then never again. */
const mostDead = 2

const accepted = (journal: Journal): boolean =>
  all(journal, 'imap.auth').some(({ fields }) => fields.result === 'accepted')

export const lead = check({
  id: 'refresh/lead',
  title: 'No expired token is ever shown to Gmail, and none is thrown away early',
  step: 9,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('an access token lives 3599 seconds; 1 to 10 minutes before its end is the time to replace it'),
  needs: ['refresh-token'],
  instruments: [],
  time: 'virtual',
  scenarios: ['lifecycle'],
  observes: whole(
    ['imap.auth', 'as.token.issued'],
    'logins before and after the hour, with the tokens they used',
    (journal) => {
      const ledger = tokenLedger(journal)
      const logins = all(journal, 'imap.auth').filter(({ fields }) => fields.token !== null)
      return ledger.size > 1 && logins.length > 0 ? { ledger: [...ledger.values()], logins } : undefined
    },
  ),
  counterexamples: ['refreshes-only-when-refused'],
  consequence: 'Every hour one login fails first, and a program without a second try stays signed out.',
  fix: 'Before each login compare the expiry time with the clock and refresh when less than 5 minutes are left.',
  judge({ ledger, logins }) {
    const expired = logins.filter(({ fields }) => fields.refusal === 'expired')
    if (expired.length > 0)
      return violated({ expected: 'a token that is still alive', actual: 'an expired one' }, ...expired.map(positionOf))
    // A token that Gmail refused has to be replaced at once, whatever its age.
    const refused = new Set(logins.map(({ fields }) => (fields.result === 'refused' ? fields.token?.ref : undefined)))
    const early = ledger.filter(
      ({ token, expiresAt }, index) =>
        !refused.has(token) && expiresAt - (ledger[index + 1]?.issuedAt ?? expiresAt) > earliest,
    )
    return early.length === 0
      ? satisfied(...ledger.map(({ issued }) => issued))
      : violated(
          { expected: 'a refresh at most 10 minutes before expiry', actual: 'an earlier one' },
          ...early.map(({ issued }) => issued),
        )
  },
})

export const singleFlight = check({
  id: 'refresh/single-flight',
  title: 'Connections that meet the same expiry share one refresh',
  step: 9,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('a server that rotates refresh tokens ends the grant when one is used twice'),
  needs: ['refresh-token'],
  instruments: [],
  time: 'virtual',
  scenarios: ['expiry-together'],
  control: { title: 'mail was read before the expiry', passed: accepted },
  observes: whole(['http.request'], 'refreshes while eight connections wait', (journal) => {
    const during = refreshes(journal).filter(({ phase }) => phase === 'expired')
    return during.length > 0 ? during : undefined
  }),
  counterexamples: ['refreshes-once-per-connection'],
  consequence: 'Bursts of token requests every hour, and with rotation the whole account is signed out.',
  fix: 'Keep the promise of the running refresh per account and let everybody else await it.',
  judge(during) {
    return during.length === 1
      ? satisfied(...during.map(({ at }) => at))
      : violated({ expected: 'one refresh', actual: `${during.length}` }, ...during.map(({ at }) => at))
  },
})

export const sessionEnd = check({
  id: 'refresh/session-end',
  title: 'A session that Gmail ends is opened again without asking the user',
  step: 9,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('imap-smtp', 'Session length limits'),
  quote:
    'If the session was authenticated using OAuth credentials, it’s limited to about the validity period of the access token used (usually 1 hour).',
  needs: ['watch', 'refresh-token'],
  instruments: [],
  time: 'virtual',
  scenarios: ['lifecycle'],
  observes: each('imap.bye', 'session ended by Gmail', ({ fields }) => fields.reason === 'session-expired'),
  counterexamples: ['stays-dead-after-bye'],
  consequence: 'New mail stops coming after an hour, and nobody notices until the program is restarted.',
  fix: 'On BYE or close: get a fresh token, connect again, select the folder, go on. No prompt.',
  judge(bye, journal) {
    const later = all(journal, 'imap.auth').filter(
      ({ at, fields, phase }) => phase === 'session-end' && at >= bye.at && fields.result === 'accepted',
    )
    const asked = all(journal, 'ua.opened').filter(({ at }) => at >= bye.at)
    if (asked.length > 0)
      return violated({ expected: 'no prompt', actual: 'the user was asked to sign in' }, ...asked.map(positionOf))
    return later.length > 0
      ? satisfied(positionOf(bye), positionOf(later[0]!))
      : violated({ expected: 'a new login after BYE', actual: 'none within the hour' }, positionOf(bye))
  },
})

export const deadGrantStops = check({
  id: 'refresh/dead-grant-stops',
  title: 'A grant that is gone is not asked for again and again',
  step: 9,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('Google: code must anticipate that a granted refresh token might no longer work'),
  needs: ['refresh-token'],
  instruments: [],
  time: 'virtual',
  scenarios: ['access-removed'],
  control: { title: 'the grant worked before it was taken away', passed: accepted },
  observes: whole(['http.request', 'as.grant.state'], 'refreshes in the day after access was removed', (journal) => {
    const removed = all(journal, 'as.grant.state').find(({ fields }) => fields.state === 'revoked')
    if (removed === undefined) return undefined
    return refreshes(journal).filter(({ time }) => time >= removed.at)
  }),
  counterexamples: ['asks-a-dead-grant-again'],
  consequence: 'A token request every few minutes, for ever, from every installation of a user who has left.',
  fix: 'On invalid_grant forget the refresh token, tell the user once, and send nothing until they sign in.',
  judge(after) {
    if (after.length === 0) return undecided('the subject never found out that access was gone')
    return after.length <= mostDead
      ? satisfied(...after.map(({ at }) => at))
      : violated(
          { expected: `at most ${mostDead} in 24 hours`, actual: `${after.length}` },
          ...after.map(({ at }) => at),
        )
  },
})

export const onSignout = check({
  id: 'revoke/on-signout',
  title: 'Signing out ends the grant at Google',
  step: 9,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('best-practices', 'Handle user tokens securely'),
  quote: 'Revoke tokens as soon as they are no longer needed and delete them permanently from your systems.',
  needs: ['sign-out'],
  instruments: [],
  time: 'none',
  scenarios: ['lifecycle'],
  observes: each(
    'subject.op.end',
    'sign-out of an account that had a grant',
    ({ fields }, journal) =>
      fields.act.act === 'sign-out' && fields.outcome === 'done' && all(journal, 'as.token.issued').length > 0,
  ),
  counterexamples: ['signs-out-without-revoking'],
  consequence: 'The refresh token stays good for months after the user believes to have left.',
  fix: 'POST the refresh token to https://oauth2.googleapis.com/revoke as a form, then delete it.',
  judge(signedOut, journal) {
    const revocations = all(journal, 'http.request').filter(({ fields }) => fields.endpoint === 'revocation-endpoint')
    const [good] = revocations.filter(
      ({ fields }) => fields.method === 'POST' && (fields.form ?? []).some(([name]) => name === 'token'),
    )
    if (good !== undefined) return satisfied(positionOf(good))
    return violated(
      {
        expected: 'a POST of the token to the revocation endpoint',
        actual: revocations.length === 0 ? 'none' : 'another kind of request',
      },
      positionOf(signedOut),
      ...revocations.map(positionOf),
    )
  },
})
