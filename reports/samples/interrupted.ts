import type { CheckReport, Report } from '../../harness/model/report.ts'
import { assemble, checkReport, variant } from './assemble.ts'

const clause = { text: 'RFC 6749 §10.3', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.3' }
const capability = 'The subject does not declare the capability append.'

const checks: CheckReport[] = [
  checkReport(
    {
      id: 'store/signout-erases',
      title: 'Signing out removes every copy of a token',
      step: 7,
      level: 'MUST',
      requiredBy: 'Google',
      clause: {
        text: 'OAuth best practices, “Handle user tokens securely”',
        url: 'https://developers.google.com/identity/protocols/oauth2/resources/best-practices',
      },
      verdict: 'pass',
      reason: 'No registered value was found after signing out.',
      consequence: 'The next owner of the disk reads the mailbox.',
      fix: 'Delete the record and its temporary files.',
    },
    'storage/sign-out',
    [{ at: 'storage#5', excerpt: '.config scanned, 0 leaks, planted canary found' }],
  ),
  checkReport({
    id: 'store/file-mode',
    title: 'The token file is 0600 in a directory of 0700',
    step: 7,
    level: 'MUST',
    requiredBy: 'suite',
    clause,
    verdict: 'inapplicable',
    reason: 'Not measured here: this machine has no file-modes.',
    consequence: 'Every other user of the machine can read the mailbox.',
    fix: 'Create the file with mode 0600 and its directory with 0700.',
    missing: ['file-modes'],
    variants: [],
  }),
  checkReport({
    id: 'sasl/error-xoauth2',
    title: 'The error challenge is answered with an empty line',
    step: 8,
    level: 'MUST',
    requiredBy: 'Google',
    clause: {
      text: 'OAuth 2.0 mechanism, “Error response”',
      url: 'https://developers.google.com/workspace/gmail/imap/xoauth2-protocol',
    },
    verdict: 'inconclusive',
    reason: 'The control did not pass: the login with a live token failed too.',
    consequence: 'The program hangs until Gmail drops the connection.',
    fix: 'Answer the challenge with an empty line and read the tagged NO.',
    variants: [
      variant(
        'login/refused-token',
        'inconclusive',
        'The control did not pass: the login with a live token failed too.',
        [{ at: 'imap:1#6', excerpt: 'C: A1 AUTHENTICATE XOAUTH2 — no initial response followed' }],
        { title: 'The same login with a live token is accepted', passed: false },
      ),
    ],
  }),
  checkReport({
    id: 'imap/append-safe',
    title: 'APPEND makes no duplicate after a lost answer',
    step: 10,
    level: 'SHOULD',
    requiredBy: 'suite',
    clause: { text: 'RFC 7889 §2', url: 'https://www.rfc-editor.org/rfc/rfc7889#section-2' },
    verdict: 'inapplicable',
    reason: capability,
    consequence: 'Sent mail is stored twice.',
    fix: 'Look for the Message-ID before appending again.',
    variants: [],
  }),
]

/** A part was selected and the run was interrupted: something could not be told, something does not apply. */
export const interrupted: Report = assemble(
  {
    catalogue: { version: 3, checks: 96 },
    subject: { name: 'mail-sync', kind: 'module', version: '2.4.0' },
    environment: { runtime: 'bun 1.4.5', mailbox: 'embedded', seed: 7, profile: 'gmail', instruments: [] },
    startedAt: '2026-11-22T09:33:00.000Z',
    durationMs: 780,
    selection: { only: ['store/*', 'imap/*'], steps: [7, 8, 10], checks: 31, complete: false },
    interrupted: true,
    checks,
  },
  'your app',
)
