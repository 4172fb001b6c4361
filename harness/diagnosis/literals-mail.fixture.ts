import { type Literal, literal } from './literal.fixture.ts'

const bad = 'eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ=='
const documented =
  'eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIG1hYyIsInNjb3BlIjoiaHR0cHM6Ly9tYWlsLmdvb2dsZS5jb20vIn0K'
const ofLogin = ['wrong-scope', 'access-token-expired', 'wrong-user']

/** IMAP and SMTP. */
export const mailLiterals: readonly Literal[] = [
  literal(
    `+ ${bad}\nA1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)`,
    'github.com/google/gmail-oauth2-tools issue 78',
    ...ofLogin,
  ),
  literal(`+ ${documented}\nA01 NO SASL authentication failed`, 'Google, XOAUTH2 protocol', ...ofLogin),
  literal(
    `+ ${btoa('{"status":"invalid_request","scope":"https://mail.google.com/"}')}\nA1 NO Lookup failed o8mb163401485wme`,
    'github.com/postalsys/imapflow issue 157',
    'wrong-scope',
    'service-account-as-user',
  ),
  literal(
    'BAD Client aborted AUTHENTICATE command. cn9mb200386477igc',
    'github.com/OfflineIMAP/offlineimap issue 374',
    'challenge-cancelled',
  ),
  literal(
    '535-5.7.1 Username and Password not accepted. Learn more at',
    'Google, XOAUTH2 protocol',
    'wrong-scope',
    'password-login',
    'access-token-expired',
  ),
  literal(
    '535 5.7.8 https://support.google.com/mail/?p=BadCredentials c7sm19648018pfp.164 - gsmtp',
    'github.com/jstedfast/MailKit issue 1329',
    'wrong-scope',
    'password-login',
    'access-token-expired',
  ),
  literal(
    'NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
    'github.com/LukeSmithxyz/mutt-wizard issue 831',
    'app-password-required',
  ),
  literal(
    '* NO [WEBALERT https://accounts.google.com/signin/continue?sarp=1&scc=1&plt=AK] Web login required.',
    'github.com/pmengal/MailSystem.NET issue 17',
    'web-login-required',
  ),
  literal(
    'NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)',
    'github.com/pmengal/MailSystem.NET issue 17',
    'web-login-required',
  ),
  literal(
    'NO [ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for questions about this feature. (Failure)',
    'a captured log',
    'imap-off',
  ),
  literal(
    'NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page',
    'the code of many clients',
    'imap-not-enabled',
  ),
  literal(
    'NO [ALERT] Too many simultaneous connections. (Failure)',
    'github.com/jstedfast/MailKit issue 377',
    'too-many-connections',
  ),
  literal(
    `+ ${bad}\nA1 NO [ALERT] Too many simultaneous connections. (Failure)`,
    'github.com/jstedfast/MailKit issue 377',
    'too-many-connections',
  ),
  literal('* BYE Account exceeded command or bandwidth limits.', 'another author’s test', 'throttled'),
  literal(
    'NO [OVERQUOTA] Account exceeded command or bandwidth limits.',
    'github.com/ljmerza/ha-email-sensor issue 16',
    'throttled',
  ),
  literal('NO [ALERT] Temporary System Problem. Try again later. (Failure)', 'another author’s test', 'gmail-outage'),
  literal(
    '* BYE Session expired, please login again.',
    'github.com/emailjs/emailjs-imap-client issue 142',
    'session-expired',
  ),
  literal('* BYE [LIMIT] IMAP command sent too fast', 'another author’s runbook', 'throttled'),
  literal('BAD Invalid SASL argument. x76mb603055274wlx', 'fixtures/gmail/front.json', 'sasl-malformed'),
]
