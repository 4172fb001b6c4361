import { check, each } from '../../harness/model/check.ts'
import { google, ownRule, rfc } from '../../harness/model/clause.ts'
import { type Finding, satisfied, violated } from '../../harness/model/finding.ts'
import { type Observation, all, positionOf } from '../../harness/model/observation.ts'
import { inPhase, loggedInDuring } from '../facts/phases.ts'
import { tokenRequests } from '../facts/token-requests.ts'

/** Step 8: the bytes of the login, and what follows when Gmail refuses it. Step 3: refusals that are no token's fault. */

type Auth = Observation<'imap.auth'>
const isBearer = /^Bearer ‹access-token-\d+›$/i

/** The key/value pairs of a message, each ended by ^A, and the message by one ^A more (RFC 7628 §3.1; Google writes alike). */
function pairsOf(message: string): ReadonlyMap<string, string> | undefined {
  if (!message.endsWith('^A^A')) return undefined
  const pairs = message.slice(0, -4).split('^A')
  const keyed = pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const)
  const map = new Map(keyed)
  return map.size === pairs.length && pairs.every((pair) => pair.includes('=')) ? map : undefined
}

const exact = (right: boolean, expected: string, { fields: { message, base64 } }: Auth): Finding => {
  if (base64 !== 'canonical') return violated({ expected: 'canonical base64 on one line', actual: base64 })
  return right ? satisfied() : violated({ expected, actual: message })
}

export const xoauth2Bytes = check({
  id: 'sasl/xoauth2-bytes',
  title: 'The XOAUTH2 message is exact',
  step: 8,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('xoauth2-protocol', 'Initial Client Response'),
  quote: 'The SASL XOAUTH2 initial client response has the following format …',
  needs: ['xoauth2'],
  instruments: [],
  time: 'none',
  scenarios: ['lifecycle'],
  observes: each('imap.auth', 'AUTHENTICATE XOAUTH2', ({ fields }) => fields.mechanism === 'XOAUTH2'),
  reliesOn: ['mock/rs-rules'],
  counterexamples: ['one-control-a-too-few'],
  consequence: 'Gmail answers “Invalid SASL argument” and no login succeeds.',
  fix: 'Send base64("user=" + address + "\\x01auth=Bearer " + token + "\\x01\\x01"), nothing before or after.',
  judge(auth) {
    const pairs = pairsOf(auth.fields.message)
    const right =
      pairs !== undefined && [...pairs.keys()].join(' ') === 'user auth' && isBearer.test(pairs.get('auth') ?? '')
    return exact(right, 'user=ADDRESS^Aauth=Bearer TOKEN^A^A', auth)
  },
})

export const oauthbearerBytes = check({
  id: 'sasl/oauthbearer-bytes',
  title: 'The OAUTHBEARER message is exact, host and port are true',
  step: 8,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(7628, '3.1'),
  quote:
    'auth (REQUIRED): The payload that would be in the HTTP Authorization header if this OAuth exchange was being carried out over HTTP.',
  needs: ['oauthbearer'],
  instruments: [],
  time: 'none',
  scenarios: ['lifecycle'],
  observes: each('imap.auth', 'AUTHENTICATE OAUTHBEARER', ({ fields }) => fields.mechanism === 'OAUTHBEARER'),
  reliesOn: ['mock/rs-rules'],
  counterexamples: ['names-another-host'],
  consequence: 'The server may refuse a message that was made for another host, and no new token will mend that.',
  fix: 'Send n,a=ADDRESS,^Ahost=HOST^Aport=PORT^Aauth=Bearer TOKEN^A^A with the host and port you connected to.',
  judge(auth) {
    const [, rest] = /^[ny],(?:a=[^,]*)?,\^A(.*)$/.exec(auth.fields.message) ?? []
    const pairs = pairsOf(rest ?? '')
    const right =
      pairs !== undefined &&
      isBearer.test(pairs.get('auth') ?? '') &&
      [undefined, 'imap.gmail.com'].includes(pairs.get('host')) &&
      [undefined, '993'].includes(pairs.get('port'))
    return exact(right, 'n,a=ADDRESS,^Ahost=imap.gmail.com^Aport=993^Aauth=Bearer TOKEN^A^A', auth)
  },
})

export const errorXoauth2 = check({
  id: 'sasl/error-xoauth2',
  title: 'The XOAUTH2 error challenge is answered with an empty line',
  step: 8,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('xoauth2-protocol', 'Error Response'),
  quote: 'The SASL protocol requires clients to send an empty response to this challenge.',
  needs: ['xoauth2'],
  instruments: [],
  time: 'none',
  scenarios: ['access-removed'],
  control: {
    title: 'a login with a good token succeeds before',
    passed: (journal) => loggedInDuring(journal, 'granted'),
  },
  observes: each('imap.challenge', 'error challenge', ({ fields }) => fields.mechanism === 'XOAUTH2'),
  reliesOn: ['mock/rs-rules'],
  counterexamples: ['sends-the-dead-token-again'],
  consequence: 'The dead token travels twice, or the program waits for ever for a NO that its silence holds back.',
  fix: 'When the server sends “+ …” after your message, answer with an empty line and read the tagged NO.',
  judge(challenge, journal) {
    const reply = all(journal, 'imap.challenge.reply').find(
      ({ stream, fields }) => stream === challenge.stream && fields.tag === challenge.fields.tag,
    )
    if (reply === undefined) return violated({ expected: 'an empty line', actual: 'no answer at all' })
    const { reply: kind, text } = reply.fields
    // A lone `*` cancels the exchange, which SASL allows at any time (RFC 3501 §6.2.2).
    return kind === 'empty' || kind === 'cancel'
      ? satisfied(positionOf(reply))
      : violated({ expected: 'an empty line', actual: `${kind}${text === '' ? '' : `: ${text}`}` }, positionOf(reply))
  },
})

export const imapOffSurfaced = check({
  id: 'api/imap-off-surfaced',
  title: '“IMAP is disabled” is told to the user, and is not taken for a bad token',
  step: 3,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('RFC 3501 §7.1: the text of an ALERT must be shown to the user'),
  needs: ['read-mail'],
  instruments: [],
  time: 'none',
  scenarios: ['imap-switched-off'],
  control: {
    title: 'the same account could log in before',
    passed: (journal) => loggedInDuring(journal, 'imap-on'),
  },
  observes: each('imap.auth', 'login refused because IMAP is off', ({ fields }) => fields.refusal === 'imap-disabled'),
  counterexamples: ['takes-imap-off-for-a-bad-token'],
  consequence: 'The user is sent to the consent screen again and again, and it never helps.',
  fix: 'On NO [ALERT] show the text as it is and stop; refresh and consent cannot switch IMAP on.',
  judge(_, journal) {
    const refreshed = tokenRequests(journal).filter(({ phase }) => phase === 'imap-off')
    if (refreshed.length > 0)
      return violated(
        { expected: 'no token request', actual: `${refreshed.length} after the ALERT` },
        ...refreshed.map(({ at }) => at),
      )
    const asked = inPhase(journal, 'ua.opened', 'imap-off')
    if (asked.length > 0)
      return violated({ expected: 'no consent screen', actual: 'the user was asked again' }, ...asked.map(positionOf))
    const ends = inPhase(journal, 'subject.op.end', 'imap-off')
    const vague = ends.filter(({ fields }) => fields.outcome !== 'configuration')
    return vague.length === 0
      ? satisfied(...ends.map(positionOf))
      : violated(
          { expected: 'told as a matter of configuration', actual: vague[0]!.fields.outcome },
          ...vague.map(positionOf),
        )
  },
})
