import { check, each, inFiles } from '../../harness/model/check.ts'
import { asvs, google, ownRule } from '../../harness/model/clause.ts'
import { satisfied, violated } from '../../harness/model/finding.ts'
import { type Journal, all } from '../../harness/model/observation.ts'
import { logsInFiles } from './production-logs.ts'
import { fileModeInFiles } from './repository.ts'
import { encryptedInFiles } from './stored-tokens.ts'

/** Steps 7 and 11, as a process of its own shows them, and its settings before: what is left on disk, what is printed. */

/** The harness’s own file among the subject’s. */
const planted = '~/planted-control.txt'
const scanned = (journal: Journal) => all(journal, 'fs.scan')

export const fileMode = check({
  id: 'store/file-mode',
  title: 'Whatever is written for the tokens is readable by its owner alone',
  step: 7,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('RFC 6749 §10.4 wants refresh tokens kept confidential in storage'),
  needs: ['token-file'],
  instruments: ['file-modes'],
  time: 'virtual',
  scenarios: ['storage', 'configuration'],
  observes: each(
    'fs.stat',
    'file in the subject’s home',
    ({ fields }) => fields.kind === 'file' && fields.path !== planted,
  ),
  counterexamples: ['world-readable-token-file', 'token-file-for-everybody'],
  consequence: 'Every other user and every backup of the machine can read the mailbox.',
  fix: 'Create the file with mode 0600 in the call that opens it (O_CREAT | O_EXCL), never with chmod afterwards.',
  judge({ fields: { mode } }) {
    return mode.endsWith('00') ? satisfied() : violated({ expected: 'no permission for group or others', actual: mode })
  },
  inFiles: inFiles(fileModeInFiles),
})

export const encrypted = check({
  id: 'store/encrypted',
  title: 'No secret lies on the disk in the clear',
  step: 7,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('best-practices', 'Handle user tokens securely'),
  quote: 'Store tokens securely at rest and never transmit them in plain text.',
  needs: ['encrypted-tokens'],
  instruments: [],
  time: 'virtual',
  scenarios: ['storage', 'configuration'],
  control: {
    title: 'the search finds the canary that was planted in base64',
    passed: (journal) => scanned(journal).some(({ fields }) => fields.path === planted && fields.planted),
  },
  observes: each('fs.scan', 'file in the subject’s home', ({ fields }) => fields.path !== planted),
  counterexamples: ['plaintext-token-file', 'tokens-in-the-clear', 'authorized-user-file'],
  consequence: 'A copied disk, a synchronised folder or a support bundle gives the mailbox away.',
  fix: 'Keep tokens in the system’s keyring, or encrypt them (AES-256-GCM) with a key that lies elsewhere.',
  judge({ fields: { leaks } }) {
    return leaks.length === 0
      ? satisfied()
      : violated({
          expected: 'no secret in any encoding',
          actual: leaks.map(({ ref, form }) => `${ref} (${form})`).join(', '),
        })
  },
  inFiles: inFiles(encryptedInFiles),
})

export const logs = check({
  id: 'leak/logs',
  title: 'No secret is printed',
  step: 11,
  level: 'MUST',
  requiredBy: 'ASVS',
  clause: asvs('16.2.5'),
  quote:
    'Verify that when logging sensitive data, the application enforces logging based on the data’s protection level.',
  needs: [],
  instruments: [],
  time: 'virtual',
  scenarios: ['storage', 'configuration'],
  control: {
    title: 'the search finds the canary that was planted in both channels',
    passed: (journal) => {
      const outputs = all(journal, 'output.scan')
      return outputs.length >= 2 && outputs.every(({ fields }) => fields.planted)
    },
  },
  observes: each('output.scan', 'channel that the subject prints to'),
  counterexamples: ['logs-the-token-answer', 'debug-in-production', 'logs-the-wire', 'redaction-off'],
  consequence: 'Tokens stand in log files, which are kept for years and read by many.',
  fix: 'Log the event, the account and the error code; never the answer, the header or the command itself.',
  judge({ fields: { leaks } }) {
    return leaks.length === 0
      ? satisfied()
      : violated({
          expected: 'no secret in any encoding',
          actual: leaks.map(({ ref, form }) => `${ref} (${form})`).join(', '),
        })
  },
  inFiles: inFiles(logsInFiles),
})
