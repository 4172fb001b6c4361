import type { CheckReport, Report } from '../../harness/model/report.ts'
import { assemble, checkReport, variant } from './assemble.ts'

const rfc = (number: number, section: string) => ({
  text: `RFC ${number} §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
})

const checks: CheckReport[] = [
  checkReport(
    {
      id: 'grant/code-only',
      title: 'Only the authorization code grant is used',
      step: 1,
      level: 'MUST',
      requiredBy: 'suite',
      clause: rfc(9700, '2.1.2'),
      verdict: 'pass',
      reason: 'Every authorization request asks for response_type=code.',
      consequence: 'Tokens stand in the browser’s history and in referrers.',
      fix: 'Ask for response_type=code.',
    },
    'consent/first-login',
    [{ at: 'authorization-endpoint#1', excerpt: 'GET /o/oauth2/v2/auth?response_type=code&client_id=‹client-id›' }],
  ),
  checkReport(
    {
      id: 'authz/pkce-s256',
      title: 'The authorization request carries an S256 code challenge',
      step: 6,
      level: 'MUST',
      requiredBy: 'RFC',
      clause: rfc(7636, '4.2'),
      verdict: 'pass',
      reason: 'code_challenge has 43 characters and code_challenge_method is S256.',
      consequence: 'Whoever intercepts the code can redeem it.',
      fix: 'Send code_challenge and code_challenge_method=S256 with every authorization request.',
    },
    'consent/first-login',
    [{ at: 'user-agent#1', excerpt: 'GET https://accounts.google.com/o/oauth2/v2/auth?code_challenge_method=S256' }],
  ),
  checkReport({
    id: 'cb/state-forged',
    title: 'A callback with a forged state is refused, and the pending flow survives',
    step: 6,
    level: 'MUST',
    requiredBy: 'RFC',
    clause: rfc(6749, '10.12'),
    verdict: 'fail',
    reason: 'Expected no token request after the forged callback; the code of the forged callback was exchanged.',
    consequence: 'A victim who follows a prepared link reads and writes mail in the attacker’s account.',
    fix: 'Compare the state of the callback with the one of the request, and go on waiting when they differ.\nRedeem no code before.',
    variants: [
      variant(
        'callback/forged-state',
        'fail',
        'Expected no token request after the forged callback; the code of the forged callback was exchanged.',
        [
          { at: 'user-agent#2', excerpt: 'callback forged-state → GET /callback?code=‹authorization-code-2›&state=…' },
          {
            at: 'token-endpoint#1',
            excerpt:
              'POST https://oauth2.googleapis.com/token grant_type=authorization_code code=‹authorization-code-2› ' +
              'code_verifier=‹code-verifier-1› redirect_uri=http://127.0.0.1:‹port›/callback',
          },
        ],
        { title: 'The same flow with its true state ends in a token', passed: true },
      ),
      variant('callback/without-state', 'pass', 'No token request followed.', [
        { at: 'user-agent#2', excerpt: 'callback without-state → GET /callback?code=‹authorization-code-2›' },
      ]),
    ],
  }),
  checkReport(
    {
      id: 'store/file-mode',
      title: 'The token file is 0600 in a directory of 0700',
      step: 7,
      level: 'MUST',
      requiredBy: 'suite',
      clause: rfc(6819, '5.3.3'),
      verdict: 'fail',
      reason: 'Expected mode 0600 for .config/mail-sync/tokens.json; it was 0644.',
      consequence: 'Every other user of the machine can read the mailbox.',
      fix: 'Create the file with mode 0600 and its directory with 0700.',
    },
    'storage/first-save',
    [{ at: 'storage#2', excerpt: '.config/mail-sync/tokens.json file mode 0644, 412 bytes' }],
  ),
  checkReport(
    {
      id: 'store/encrypted',
      title: 'No token stands in clear text in storage',
      step: 7,
      level: 'SHOULD',
      requiredBy: 'Google',
      clause: {
        text: 'OAuth best practices, “Handle user tokens securely”',
        url: 'https://developers.google.com/identity/protocols/oauth2/resources/best-practices',
      },
      verdict: 'warn',
      reason: '‹refresh-token-1› stands raw at byte 118 of .config/mail-sync/tokens.json.',
      consequence: 'A copied backup is enough to read the mailbox.',
      fix: 'Encrypt the record with a key that is stored elsewhere.',
    },
    'storage/first-save',
    [{ at: 'storage#3', excerpt: '.config/mail-sync/tokens.json holds refresh-token-1 (raw) at byte 118' }],
  ),
  checkReport(
    {
      id: 'sasl/xoauth2-bytes',
      title: 'The XOAUTH2 message is exact',
      step: 8,
      level: 'MUST',
      requiredBy: 'Google',
      clause: {
        text: 'OAuth 2.0 mechanism, “The SASL XOAUTH2 mechanism”',
        url: 'https://developers.google.com/workspace/gmail/imap/xoauth2-protocol',
      },
      verdict: 'pass',
      reason: 'user=alice@example.test^Aauth=Bearer ‹access-token-1›^A^A and nothing else.',
      consequence: 'Gmail refuses the login.',
      fix: 'Send user=…^Aauth=Bearer …^A^A, base64-encoded in one line.',
    },
    'consent/first-login',
    [{ at: 'imap:1#4', excerpt: 'XOAUTH2 user=alice@example.test^Aauth=Bearer ‹access-token-1›^A^A accepted' }],
  ),
  checkReport(
    {
      id: 'refresh/single-flight',
      title: 'Parallel users of one account refresh once',
      step: 9,
      level: 'MUST',
      requiredBy: 'ASVS',
      clause: {
        text: 'ASVS 5.0 15.4.1',
        url: 'https://owasp.org/www-project-application-security-verification-standard/',
      },
      verdict: 'error',
      reason: 'The stage stopped answering after the second act.',
      consequence: 'With a rotating refresh token the account is lost.',
      fix: 'Let every caller wait for the one refresh that is under way.',
    },
    'expiry/parallel-connections',
  ),
  checkReport(
    {
      id: 'imap/peek',
      title: 'Reading does not set \\Seen',
      step: 10,
      level: 'SHOULD',
      requiredBy: 'suite',
      clause: rfc(3501, '6.4.5'),
      verdict: 'pass',
      reason: 'Only BODY.PEEK was used.',
      consequence: 'Every message that was looked at is marked as read on all devices.',
      fix: 'Use BODY.PEEK, or open the mailbox with EXAMINE.',
    },
    'mail/read-inbox',
    [{ at: 'imap:1#9', excerpt: 'UID FETCH 4 (BODY.PEEK[])' }],
  ),
]

/** Everything was selected; two checks failed, one warned, one met a fault of ours; the gate has two findings. */
export const failing: Report = assemble(
  {
    catalogue: { version: 3, checks: checks.length },
    subject: { name: 'mail-sync', kind: 'exec', version: '2.4.0' },
    environment: {
      runtime: 'node 24.21.0',
      mailbox: 'embedded',
      seed: 7,
      profile: 'gmail',
      instruments: ['file-modes'],
    },
    startedAt: '2026-11-22T09:31:00.000Z',
    durationMs: 48_120,
    verdict: 'fail',
    selection: { only: [], steps: [], checks: checks.length, complete: true },
    interrupted: false,
    checks,
    findings: [
      {
        rule: 'cred/redirect-https',
        level: 'MUST',
        requiredBy: 'Google',
        clause: {
          text: 'Google, web-server, “Redirect URI validation rules”',
          url: 'https://developers.google.com/identity/protocols/oauth2/web-server',
        },
        verdict: 'fail',
        configuration: '.',
        path: 'config/client_secret.json',
        line: 9,
        column: 7,
        message: 'The redirect http://mail.example.test/callback is neither https nor loopback.',
        answer: 'Error 400: redirect_uri_mismatch',
        consequence: 'Google refuses the authorization request.',
        fix: 'Register https://mail.example.test/callback.',
      },
      {
        rule: 'cred/files-ignored',
        level: 'SHOULD',
        requiredBy: 'suite',
        clause: { text: 'our own rule: what is committed is public for good', url: 'suites/clarifications.md' },
        verdict: 'warn',
        configuration: '.',
        path: '.gitignore',
        line: 1,
        column: 1,
        message: 'config/client_secret.json is not ignored.',
        consequence: 'The next commit publishes the client secret.',
      },
    ],
  },
  'your app',
)
