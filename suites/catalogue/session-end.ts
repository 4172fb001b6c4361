import { check, each, whole } from '../../harness/model/check.ts'
import { google, ownRule } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { all, positionOf } from '../../harness/model/observation.ts'
import { inPhase, loggedInDuring } from '../facts/phases.ts'
import { refreshes } from '../facts/token-requests.ts'

/** Step 9: how a session and a grant end. */

/** Suite policy: a dead grant is tried this often at most, then never again. */
const mostDead = 2

export const sessionEnd = check({
  id: 'refresh/session-end',
  title: 'A session that Gmail ends is opened again without asking the user',
  step: 9,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('imap-smtp', 'Session length limits'),
  quote:
    'When the time elapses and the session expires, Gmail closes the connection with a message stating that the session expired. After that, the client can reconnect, authenticate again, and continue.',
  needs: ['watch', 'refresh-token'],
  instruments: [],
  time: 'virtual',
  scenarios: ['lifecycle'],
  observes: each('imap.bye', 'session ended by Gmail', ({ fields }) => fields.reason === 'session-expired'),
  reliesOn: ['mock/rs-rules'],
  counterexamples: ['stays-dead-after-bye'],
  consequence: 'New mail stops coming after an hour, and nobody notices until the program is restarted.',
  fix: 'On BYE or close: get a fresh token, connect again, select the folder, go on. No prompt.',
  judge(bye, journal) {
    const later = inPhase(journal, 'imap.auth', bye.phase).filter(
      ({ at, fields }) => at >= bye.at && fields.result === 'accepted',
    )
    const asked = inPhase(journal, 'ua.opened', bye.phase)
    if (asked.length > 0)
      return violated({ expected: 'no prompt', actual: 'the user was asked to sign in' }, ...asked.map(positionOf))
    return later.length > 0
      ? satisfied(positionOf(bye), positionOf(later[0]!))
      : violated({ expected: 'a new login after BYE', actual: 'none in the minutes that follow' }, positionOf(bye))
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
  control: {
    title: 'the grant worked before it was taken away',
    passed: (journal) => loggedInDuring(journal, 'granted'),
  },
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
    const ended = inPhase(journal, 'as.grant.state', signedOut.phase).filter(({ fields }) => fields.state === 'revoked')
    const asked = inPhase(journal, 'http.request', signedOut.phase).filter(
      ({ fields }) => fields.endpoint === 'revocation-endpoint',
    )
    return ended.length > 0
      ? satisfied(...asked.map(positionOf), ...ended.map(positionOf))
      : violated(
          {
            expected: 'the grant ended at the revocation endpoint',
            actual: asked.length === 0 ? 'no request there' : 'a request that ended nothing',
          },
          positionOf(signedOut),
          ...asked.map(positionOf),
        )
  },
})
