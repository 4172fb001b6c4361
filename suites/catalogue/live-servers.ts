import { each } from '../../harness/model/check.ts'
import { google, ownRule, rfc } from '../../harness/model/clause.ts'
import { noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { all } from '../../harness/model/observation.ts'
import { busy, liveCheck } from './live-check.ts'

/** What the issuer and the mail server show to everybody, before any account is named. */

export const metadata = liveCheck({
  id: 'live/metadata',
  title: 'The issuer’s metadata is its own, names what sign-in needs, and sends nobody to plain HTTP',
  step: 1,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(8414, '3.3'),
  quote:
    'The "issuer" value returned MUST be identical to the authorization server’s issuer identifier value into which the well-known URI string was inserted to create the URL used to retrieve the metadata.',
  part: 'metadata',
  observes: each('live.metadata', 'metadata of the issuer'),
  counterexamples: ['live-metadata-of-another-issuer', 'live-metadata-over-plain-http'],
  consequence: 'Nobody can sign in, or codes and secrets go to somebody else.',
  fix: 'Give --issuer exactly as its metadata has it; whatever else is wrong there only the issuer can mend.',
  judge({ fields: { status, issuer, missing, insecure } }, journal) {
    if (status !== 200) return undecided(`the metadata was answered with ${status}`)
    const expected = all(journal, 'live.asked')[0]?.fields.issuer
    if (expected === undefined) return undecided('nobody said which issuer was asked')
    if (issuer !== expected) return violated({ expected: `issuer ${expected}`, actual: issuer ?? 'no issuer' })
    if (missing.length > 0) return violated({ expected: missing.join(', '), actual: 'metadata without it' })
    return insecure.length > 0 ? violated({ expected: 'endpoints of https', actual: insecure.join(', ') }) : satisfied()
  },
})

export const keys = liveCheck({
  id: 'live/keys',
  title: 'The issuer publishes keys with which an id_token can be verified',
  step: 1,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(8414, '2'),
  quote:
    'The referenced document contains the signing key(s) the client uses to validate signatures from the authorization server. This URL MUST use the "https" scheme.',
  part: 'keys',
  inapplicable: (journal) =>
    all(journal, 'live.keys').length + all(journal, 'live.trouble').length === 0 &&
    all(journal, 'live.metadata').length > 0
      ? 'the metadata names no jwks_uri'
      : undefined,
  observes: each('live.keys', 'the issuer’s keys'),
  counterexamples: ['live-keys-that-sign-nothing'],
  consequence: 'No id_token can be verified, so nobody knows which account gave its consent.',
  fix: 'Only the issuer can mend this; look again later, and never go on with an id_token that is not verified.',
  judge({ fields: { status, keys: published, usable } }) {
    if (status !== 200) return undecided(`the keys were answered with ${status}`)
    return usable > 0
      ? satisfied()
      : violated({ expected: 'a key that signs', actual: `${published} keys, none for signatures` })
  },
})

export const imapReachable = liveCheck({
  id: 'api/imap-reachable',
  title: 'The mail server greets over verified TLS',
  step: 3,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('imap-smtp', 'Protocol'),
  quote:
    'Incoming connections to the IMAP server at imap.gmail.com:993 and the POP server at pop.gmail.com:995 require SSL.',
  part: 'greeting',
  observes: each('live.greeting', 'greeting of the mail server'),
  counterexamples: ['live-mail-server-says-bye'],
  consequence: 'No mail can be read from here, whatever the tokens.',
  fix: 'Open port 993 to the mail server; if it says BYE, wait and look at what it says.',
  judge({ fields: { condition, said } }) {
    if (condition === 'OK') return satisfied()
    return violated({
      expected: '* OK',
      actual: condition === 'none' ? said || 'no greeting' : `* ${condition} ${said}`,
    })
  },
})

export const mechanismOffered = liveCheck({
  id: 'live/mechanism-offered',
  title: 'The mail server offers a login with tokens',
  step: 8,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule(
    'no text obliges a server to take tokens, and without XOAUTH2 or OAUTHBEARER there is no login to verify',
  ),
  part: 'greeting',
  observes: each('live.capabilities', 'capabilities before login', ({ fields }) => fields.when === 'before-login'),
  counterexamples: ['live-no-login-with-tokens'],
  consequence: 'No access token opens a mailbox here.',
  fix: 'Let the server announce AUTH=XOAUTH2 or AUTH=OAUTHBEARER, or look whether this is the one that you mean.',
  judge: ({ fields: { names } }) =>
    names.includes('AUTH=XOAUTH2') || names.includes('AUTH=OAUTHBEARER')
      ? satisfied()
      : violated({ expected: 'AUTH=XOAUTH2 or AUTH=OAUTHBEARER', actual: names.join(' ') || 'no capability' }),
})

const unissued = each(
  'live.login',
  'logins with a token that nobody issued',
  ({ fields }) => fields.token === 'bogus' && fields.result !== 'not-tried',
)

export const badToken = liveCheck({
  id: 'live/bad-token',
  title: 'A token that nobody issued is refused',
  step: 8,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(6749, '7'),
  quote:
    'The resource server MUST validate the access token and ensure that it has not expired and that its scope covers the requested resource.',
  part: 'bad-token',
  control: {
    title: 'a token of an account was accepted in the same run',
    twin: 'live-account',
    passed: (journal) => all(journal, 'live.login').some(({ fields }) => fields.result === 'accepted'),
  },
  observes: unissued,
  counterexamples: ['live-any-token-taken'],
  consequence: 'Whoever knows an address reads its mail.',
  fix: 'Only the mail server can mend this: it must ask the issuer before it lets anybody in.',
  judge: ({ fields: { mechanism, result } }, journal) =>
    result === 'accepted'
      ? violated({ expected: 'a refusal', actual: `${mechanism} accepted with a made-up token` })
      : (busy('bad-token', journal) ?? satisfied()),
})

/** Google’s id_tokens are valid for an hour, and libraries allow for a few minutes. */
const mostSeconds = 300

export const clock = liveCheck({
  id: 'live/clock',
  title: 'This machine’s clock is within five minutes of the server’s',
  step: 11,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('expiry is counted from this clock, and id_tokens are compared with it'),
  part: 'metadata',
  observes: each('live.clock', 'clocks of servers beside ours'),
  counterexamples: ['live-server-ten-minutes-ahead'],
  consequence: 'Tokens are taken for good when they have expired, and id_tokens for ones of the future.',
  fix: 'Set the clock and let it be kept (timedatectl set-ntp true, or the time service of the system).',
  judge({ fields: { host, seconds } }) {
    const apart = Math.abs(seconds)
    if (apart <= mostSeconds) return apart < 60 ? satisfied() : noted(`${apart} seconds apart from ${host}.`)
    return violated({ expected: `${host}’s time`, actual: `${apart} seconds ${seconds > 0 ? 'later' : 'earlier'}` })
  },
})
