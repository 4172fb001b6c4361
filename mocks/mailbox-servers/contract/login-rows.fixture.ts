import type { Row } from './row.fixture.ts'

const signedOut = 'not logged in'
const told = (names: string): string =>
  names
    .split(' ')
    .map((name) => `S: * CAPABILITY ${name}`)
    .join('\n')
const before = told(
  'AUTH=OAUTHBEARER AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=XOAUTH2 CHILDREN ID IDLE IMAP4rev1 NAMESPACE QUOTA SASL-IR UNSELECT X-GM-EXT-1 XLIST XYZZY',
)
const after = told(
  'APPENDLIMIT=35651584 CHILDREN COMPRESS=DEFLATE CONDSTORE ENABLE ESEARCH ID IDLE IMAP4rev1 LIST-EXTENDED LIST-STATUS LITERAL- MOVE NAMESPACE QUOTA SPECIAL-USE UIDPLUS UNSELECT UTF8=ACCEPT X-GM-EXT-1 XLIST',
)
const refused400 = '+ {"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}'

export const loginRows: readonly Row[] = [
  {
    title: 'before the login, the capabilities are those of Gmail’s front',
    because: 'RFC 3501 §6.1.1; Gmail’s captured answer',
    begins: signedOut,
    story: String.raw`
      C: CAPABILITY
      ${before}
      S: OK`,
  },
  {
    title: 'XOAUTH2 logs in with an initial response, and capabilities come before the tagged OK',
    because: 'RFC 4959 §3; Google’s XOAUTH2 page; Gmail’s captured answer',
    begins: signedOut,
    story: String.raw`
      C: AUTHENTICATE XOAUTH2 {xoauth2}
      ${after}
      S: OK
      C: CAPABILITY
      ${after}
      S: OK`,
  },
  {
    title: 'XOAUTH2 logs in without an initial response',
    because: 'RFC 4959 §3: a client need not send one',
    begins: signedOut,
    story: String.raw`
      C: AUTHENTICATE XOAUTH2
      S: +
      C: {xoauth2}
      S: * CAPABILITY …
      S: OK`,
  },
  {
    title: 'OAUTHBEARER logs in, with an initial response and without one',
    because: 'RFC 7628 §3.1, RFC 4959 §3',
    begins: signedOut,
    story: String.raw`
      C: AUTHENTICATE OAUTHBEARER {oauthbearer}
      S: * CAPABILITY …
      S: OK
      D: AUTHENTICATE OAUTHBEARER
      S: +
      D: {oauthbearer}
      S: * CAPABILITY …
      S: OK`,
  },
  {
    title: 'a token that has expired is refused by a challenge in JSON and then by NO, and the session lives on',
    because: 'Google’s XOAUTH2 page, error response; RFC 7628 §3.2.3; RFC 5530 §3',
    begins: signedOut,
    story: String.raw`
      C: AUTHENTICATE XOAUTH2 {expired xoauth2}
      S: ${refused400}
      C: 
      S: NO [AUTHENTICATIONFAILED]
      C: AUTHENTICATE OAUTHBEARER {expired oauthbearer}
      S: + {"status":"invalid_request","scope":"https://mail.google.com/"}
      C: AQ==
      S: NO
      C: AUTHENTICATE XOAUTH2 {xoauth2}
      S: * CAPABILITY …
      S: OK`,
  },
  {
    title: 'base64 that is none is BAD, and so is a cancelled login',
    because: 'RFC 3501 §6.2.2: if the client wishes to cancel, the server MUST reject with BAD; RFC 4959 §3',
    begins: signedOut,
    story: String.raw`
      C: AUTHENTICATE XOAUTH2 !!!
      S: BAD
      C: AUTHENTICATE XOAUTH2
      S: +
      C: *
      S: BAD`,
  },
  {
    title: 'nothing of a mailbox is told before the login',
    because: 'RFC 3501 §6.3: valid in the authenticated state',
    begins: signedOut,
    story: String.raw`
      C: SELECT INBOX
      S: BAD
      C: LIST "" "*"
      S: BAD`,
  },
  {
    title: 'NAMESPACE, ID and ENABLE are answered as by Gmail',
    because: 'RFC 2342 §5, RFC 2971 §3, RFC 5161 §3.1; Gmail’s captured answers',
    story: String.raw`
      C: NAMESPACE
      S: * NAMESPACE (("" "/")) NIL NIL
      S: OK
      C: ID NIL
      S: * ID ("name" "GImap" "vendor" "Google, Inc." "support-url" "https://support.google.com/mail" "version" "gmail_imap_220520.08_p0" "remote-host" "127.0.0.1")
      S: OK
      C: ENABLE CONDSTORE
      S: * ENABLED CONDSTORE
      S: OK
      C: ENABLE X-NONE
      S: * ENABLED
      S: OK`,
  },
  {
    title: 'LOGOUT says BYE and then OK',
    because: 'RFC 3501 §6.1.3: the server MUST send a BYE untagged response before the tagged OK',
    begins: { with: 'SELECT INBOX' },
    story: String.raw`
      C: LOGOUT
      S: * BYE
      S: OK
      C listens for the end
      S: (the connection ends)`,
  },
  {
    title: 'a session ends with BYE when its token expires, while it idles and while it does nothing',
    because: 'Google’s IMAP page: a session lasts about as long as the token; RFC 3501 §7.1.5',
    begins: { with: 'SELECT INBOX' },
    story: String.raw`
      C: IDLE
      S: +
      W: the token expires
      C listens for the end
      S: * BYE
      S: (the connection ends)
      D listens for the end
      S: * BYE
      S: (the connection ends)`,
  },
]
