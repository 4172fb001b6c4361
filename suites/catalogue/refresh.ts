import { check, each, whole } from '../../harness/model/check.ts'
import { google, ownRule } from '../../harness/model/clause.ts'
import { satisfied, violated } from '../../harness/model/finding.ts'
import { all, positionOf } from '../../harness/model/observation.ts'
import { inPhase, loggedInDuring } from '../facts/phases.ts'
import { tokenLedger } from '../facts/token-ledger.ts'
import { refreshes } from '../facts/token-requests.ts'

/** Step 9: how an access token is replaced. */

const minute = 60_000
/** Suite policy: a refresh that comes more than this long before expiry wastes tokens. */
const earliest = 10 * minute

export const lead = check({
  id: 'refresh/lead',
  title: 'No expired token is ever shown to Gmail, and none is thrown away early',
  step: 9,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule(
    'a token that is replaced more than ten minutes early is wasted, and one that has expired is refused',
  ),
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
  control: { title: 'mail was read before the expiry', passed: (journal) => loggedInDuring(journal, 'fresh') },
  observes: whole(['http.request'], 'refreshes while eight connections wait', (journal) => {
    const during = refreshes(journal).filter(({ phase }) => phase === 'expired')
    return during.length > 0 ? during : undefined
  }),
  counterexamples: ['refreshes-once-per-connection'],
  consequence: 'Bursts of token requests every hour, and with rotation the whole account is signed out.',
  fix: 'Keep the promise of the running refresh per account and let everybody else await it.',
  judge(during, journal) {
    if (during.length > 1)
      return violated({ expected: 'one refresh', actual: `${during.length}` }, ...during.map(({ at }) => at))
    const left = inPhase(journal, 'subject.op.end', 'expired').filter(({ fields }) => fields.outcome !== 'done')
    return left.length === 0
      ? satisfied(...during.map(({ at }) => at))
      : violated({ expected: 'all who wait are served', actual: `${left.length} were not` }, ...left.map(positionOf))
  },
})

export const tokenLimit = check({
  id: 'refresh/token-limit',
  title: 'A restart finds the stored grant and asks for no new one',
  step: 9,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('oauth2', 'Refresh token expiration'),
  quote: 'There is currently a limit of 100 refresh tokens per Google Account per OAuth 2.0 client ID.',
  needs: ['refresh-token'],
  instruments: [],
  time: 'virtual',
  scenarios: ['storage'],
  control: { title: 'mail was read before the restart', passed: (journal) => loggedInDuring(journal, 'first-start') },
  observes: each(
    'subject.op.end',
    'look at the mailbox after a restart',
    // Who never had a grant has none to find again.
    ({ phase }, journal) => phase === 'second-start' && loggedInDuring(journal, 'first-start'),
  ),
  counterexamples: ['forgets-its-grant'],
  consequence: 'Users consent at every start, and the hundredth consent silently kills the oldest installation.',
  fix: 'Store the refresh token when it arrives and look for it before opening a browser.',
  judge(looked, journal) {
    const asked = all(journal, 'ua.opened').filter(({ phase }) => phase === 'second-start')
    const silent = all(journal, 'imap.auth').filter(
      ({ phase, fields }) => phase === 'second-start' && fields.result === 'accepted',
    )
    return asked.length === 0 && silent.length > 0
      ? satisfied(positionOf(silent[0]!))
      : violated(
          { expected: 'a login without a new consent', actual: looked.fields.outcome },
          positionOf(looked),
          ...asked.map(positionOf),
        )
  },
})
