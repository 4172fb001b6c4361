import { each } from '../../harness/model/check.ts'
import { google, ownRule, rfc } from '../../harness/model/clause.ts'
import { type Finding, noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import type { LiveMechanism } from '../../harness/model/live.ts'
import { type Journal, type Observation, all } from '../../harness/model/observation.ts'
import { busy, cutShort, liveCheck } from './live-check.ts'

/** Steps 8 and 10 with a real token: login, folders, headers, and one label of our own. */

type Login = Observation<'live.login'>

const withToken = (journal: Journal, mechanism: LiveMechanism): readonly Login[] =>
  all(journal, 'live.login').filter(({ fields }) => fields.mechanism === mechanism && isGood(fields.token))
const isGood = (token: Login['fields']['token']): boolean => token === 'issued' || token === 'refreshed'
const lens = (mechanism: LiveMechanism) =>
  each(
    'live.login',
    `logins with ${mechanism} and a token of this account`,
    ({ fields }) => fields.mechanism === mechanism && isGood(fields.token),
  )
const isAbsent = (journal: Journal, mechanism: LiveMechanism): boolean => {
  const logins = withToken(journal, mechanism)
  return logins.length > 0 && logins.every(({ fields }) => !fields.offered)
}

function judgeLogin({ fields: { mechanism, result, challenge, answer } }: Login, journal: Journal): Finding {
  if (result === 'accepted') return satisfied()
  if (result === 'not-tried') return undecided(`${mechanism} was not tried`)
  const part = mechanism === 'XOAUTH2' ? 'xoauth2' : 'oauthbearer'
  return (
    busy(part, journal) ??
    violated({ expected: 'OK', actual: challenge === null ? answer : `${answer} after ${challenge}` })
  )
}

const refusedConsequence = 'Sign-in and refresh succeed, and no mail is ever read.'
const refusedFix =
  'Is IMAP allowed for the account, and the address exactly its own? `oauth-imap why` explains the answer.'

export const xoauth2 = liveCheck({
  id: 'live/xoauth2',
  title: 'XOAUTH2 with a token of the account opens its mailbox',
  step: 8,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('xoauth2-protocol', 'OAuth 2.0 Mechanism'),
  quote: 'This mechanism allows the use of OAuth 2.0 Access Tokens to authenticate to a user’s Gmail account.',
  part: 'xoauth2',
  inapplicable: (journal) => (isAbsent(journal, 'XOAUTH2') ? 'the mail server offers no XOAUTH2' : undefined),
  observes: lens('XOAUTH2'),
  counterexamples: ['live-xoauth2-refused'],
  consequence: refusedConsequence,
  fix: refusedFix,
  judge: judgeLogin,
})

export const oauthbearer = liveCheck({
  id: 'live/oauthbearer',
  title: 'OAUTHBEARER with a token of the account opens its mailbox',
  step: 8,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(7628, '3.1'),
  quote:
    'auth (REQUIRED): The payload that would be in the HTTP Authorization header if this OAuth exchange was being carried out over HTTP.',
  part: 'oauthbearer',
  inapplicable: (journal) => (isAbsent(journal, 'OAUTHBEARER') ? 'the mail server offers no OAUTHBEARER' : undefined),
  observes: lens('OAUTHBEARER'),
  counterexamples: ['live-oauthbearer-refused'],
  consequence: refusedConsequence,
  fix: refusedFix,
  judge: judgeLogin,
})

/** RFC 6154 obliges nobody to have such folders; Gmail says that it has them, and announces no capability for it. */
const isGmail = (journal: Journal): boolean =>
  all(journal, 'live.capabilities').some(({ fields: { names } }) => names.includes('X-GM-EXT-1'))

/** RFC 6154 §2, those that every mail program looks for. */
const wanted = ['\\All', '\\Drafts', '\\Junk', '\\Sent', '\\Trash']

export const specialUse = liveCheck({
  id: 'live/special-use',
  title: 'Folders tell what they are for',
  step: 10,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('imap-extensions', 'Special-Use Extension of the LIST command'),
  quote:
    'Gmail supports the IMAP LIST Extension for Special-Use Mailboxes, which provides new attributes for special folders.',
  part: 'mailbox',
  inapplicable: (journal) =>
    all(journal, 'live.folders').some(({ fields }) => fields.specialUse.length === 0) && !isGmail(journal)
      ? 'no folder tells its use, and nobody but Gmail promises that'
      : undefined,
  observes: each('live.folders', 'folders of the mailbox'),
  counterexamples: ['live-folders-without-a-use'],
  consequence: 'Sent mail, drafts and All Mail are found by their English names, or not at all.',
  fix: 'In Gmail’s settings, Labels, tick “Show in IMAP”; never look for a folder by its name.',
  judge({ fields: { folders, specialUse: told } }) {
    if (told.length === 0) return violated({ expected: wanted.join(' '), actual: `${folders} folders without a use` })
    const absent = wanted.filter((use) => !told.includes(use))
    return absent.length === 0 ? satisfied() : noted(`Not shown: ${absent.join(' ')}.`)
  },
})

export const readOnly = liveCheck({
  id: 'live/read-only',
  title: 'Headers are read, and nothing changes',
  step: 10,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(3501, '6.3.2'),
  quote:
    'No changes to the permanent state of the mailbox, including per-user state, are permitted; in particular, EXAMINE MUST NOT cause messages to lose the \\Recent flag.',
  part: 'mailbox',
  observes: each('live.headers', 'the read-only pass over headers'),
  counterexamples: ['live-reading-marks-as-read'],
  consequence: 'Looking at mail marks it as read for everybody.',
  fix: 'Open folders with EXAMINE and read with BODY.PEEK; if flags change all the same, report it to the server’s maker.',
  judge({ fields: { folder, exists, read, unseen, changed } }) {
    // Reading marks every message that is read; another device reads one of them.
    if (changed > 1 && changed === unseen)
      return violated({ expected: 'flags as before', actual: `all ${changed} unread messages are marked as read` })
    if (changed > 0)
      return undecided(
        `${changed} of ${unseen} unread messages were marked as read meanwhile: by us, or by another device`,
      )
    if (read > 0) return satisfied()
    return exists === 0
      ? undecided(`${folder} holds no message`)
      : violated({ expected: 'headers', actual: `none of ${exists} messages` })
  },
})

export const label = liveCheck({
  id: 'live/label',
  title: 'What is written in a label of our own comes back octet by octet, and nothing of it is left',
  step: 10,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('RFC 3501 §6.3.11 appends the literal as it is; that it comes back unchanged it does not say'),
  part: 'write',
  observes: each('live.label', 'a message written, read, flagged and removed'),
  counterexamples: ['live-kept-mail-changed'],
  consequence: 'Archived or moved mail is not what it was, or tests leave traces in people’s mailboxes.',
  fix: 'Look at what the server did to the message; remove the label by hand if it is still there.',
  judge({ fields: { created, appended, same, flagged, removed, left } }, journal) {
    const ended = cutShort('write', journal)
    const steps = Object.entries(ended === undefined ? { created, appended, same, flagged, removed } : {})
    const undone = steps.filter(([, done]) => !done).map(([step]) => `not ${step}`)
    const wrong = left > 0 ? [...undone, `${left} left behind`] : undone
    return wrong.length === 0 ? (ended ?? satisfied()) : violated({ expected: 'all done', actual: wrong.join(', ') })
  },
})
