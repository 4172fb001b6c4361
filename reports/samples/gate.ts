import type { CheckReport, GateFinding, Report, VariantReport } from '../../harness/model/report.ts'
import type { VerdictWord } from '../../harness/model/verdict.ts'
import { assemble, checkReport } from './assemble.ts'

const google = (text: string, page: string) => ({
  text,
  url: `https://developers.google.com/identity/protocols/oauth2/${page}`,
})

const configurations = ['apps/archive', 'apps/mail sync', 'apps/notify'] as const

const read = (verdicts: readonly VerdictWord[], reasons: readonly string[] = []): VariantReport[] =>
  verdicts.map((verdict, at) => ({
    scenario: 'configuration',
    configuration: configurations[at]!,
    door: 'interception',
    verdict,
    reason: reasons[at] ?? 'seen: the setting',
    evidence: [],
  }))

type Told = Omit<Parameters<typeof checkReport>[0], 'reason' | 'variants' | 'replay'>

const judged = (told: Told, verdicts: readonly VerdictWord[], reasons?: readonly string[]): CheckReport => {
  const variants = read(verdicts, reasons)
  const telling = variants.find(({ verdict }) => verdict === told.verdict)
  return checkReport({
    ...told,
    reason: telling?.reason ?? '',
    variants,
    replay: `npx oauth-imap check --only ${told.id}`,
  })
}

const scope: Told = {
  id: 'consent/scope-mail',
  title: 'The scope is exactly https://mail.google.com/',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('OAuth 2.0 scopes, “Gmail API”', 'scopes'),
  verdict: 'fail',
  consequence: 'Gmail refuses the login although the user has agreed.',
  fix: 'Ask for https://mail.google.com/ and nothing instead of it.',
}
const redirect: Told = {
  id: 'cred/redirect-https',
  title: 'Every redirect is https, or loopback',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('Web server, “Redirect URI validation rules”', 'web-server'),
  verdict: 'fail',
  consequence: 'Google refuses the authorization request.',
  fix: 'Register an https redirect.',
}
const ignored: Told = {
  id: 'cred/files-ignored',
  title: 'Files with secrets are kept out of version control',
  step: 4,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: { text: 'our own rule: what is committed is public for good', url: 'suites/clarifications.md' },
  verdict: 'warn',
  consequence: 'The next commit publishes the client secret.',
  fix: 'Add a line to .gitignore.',
}
const shape: Told = {
  id: 'cred/json-shape',
  title: 'The client file is whole',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('Web server, “Create authorization credentials”', 'web-server'),
  verdict: 'error',
  unreadable: true,
  consequence: 'The application does not start.',
  fix: 'Download the client file again.',
}
const limit: Told = {
  id: 'refresh/backoff-jitter',
  title: 'Retries wait longer each time',
  step: 9,
  level: 'MUST',
  requiredBy: 'suite',
  clause: { text: 'RFC 6585 §4', url: 'https://www.rfc-editor.org/rfc/rfc6585#section-4' },
  verdict: 'inconclusive',
  consequence: 'Everybody comes back at the same moment.',
  fix: 'Map the setting retry in the gate file.',
}
const delegation: Told = {
  id: 'cred/service-account-dwd',
  title: 'A service account acts for a user of its own domain',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('Service accounts, “Delegating domain-wide authority”', 'service-account'),
  verdict: 'inapplicable',
  consequence: 'Google answers unauthorized_client.',
  fix: 'Name a user of the domain as subject.',
}

const noAccount = 'no service account: it applies where a client file is of the type service_account'
const unmapped = 'no setting is mapped to retry'

const checks: CheckReport[] = [
  judged(redirect, ['pass', 'fail', 'pass'], ['', 'expected https or loopback; saw http://mail.example.test/callback']),
  judged(
    ignored,
    ['warn', 'warn', 'pass'],
    ['waived until 2026-12-31: the folder is an archive', 'expected .gitignore to name it'],
  ),
  judged(shape, ['pass', 'pass', 'error'], ['', '', 'expected a comma or a closing brace']),
  judged(delegation, ['inapplicable', 'inapplicable', 'inapplicable'], [noAccount, noAccount, noAccount]),
  judged(scope, ['warn', 'fail', 'pass'], ['', 'expected https://mail.google.com/; saw gmail.readonly']),
  judged(limit, ['pass', 'inconclusive', 'pass'], ['', unmapped]),
]

type Found = Partial<GateFinding> & Pick<GateFinding, 'configuration' | 'path' | 'line' | 'column' | 'message'>

const finding = (
  { id: rule, level, requiredBy, clause, consequence, fix, verdict }: Told,
  found: Found,
): GateFinding => ({
  rule,
  level,
  requiredBy,
  clause,
  verdict: verdict === 'inconclusive' || verdict === 'inapplicable' ? 'warn' : verdict,
  consequence,
  fix,
  ...found,
})

const [archive, mail, notify] = configurations

/** Three configurations of one repository: one does not conform, one cannot be read, one is excused. */
export const gate: Report = assemble(
  {
    catalogue: { version: 3, checks: 96 },
    subject: { name: '3 configurations', kind: 'configuration', version: '' },
    environment: { runtime: 'node 24.21.0', strict: false, played: false, instruments: ['file-modes', 'git'] },
    startedAt: '2026-11-22T09:36:00.000Z',
    durationMs: 340,
    verdict: 'fail',
    selection: { only: [], steps: [], checks: checks.length, complete: false, scope: 'configuration' },
    interrupted: false,
    checks,
    findings: [
      finding(redirect, {
        configuration: mail,
        path: `${mail}/client_secret.json`,
        line: 9,
        column: 23,
        message: 'Expected https or loopback; saw http://mail.example.test/callback.',
        answer: 'Error 400: redirect_uri_mismatch',
        replacement: 'https://mail.example.test/callback',
      }),
      finding(ignored, {
        configuration: archive,
        path: `${archive}/.gitignore`,
        line: 1,
        column: 1,
        message: 'Expected .gitignore to name token.json; saw nothing that does.',
        excuse: { by: 'waiver', reason: 'the folder is an archive, nothing new is committed', expires: '2026-12-31' },
      }),
      finding(ignored, {
        configuration: mail,
        path: `${mail}/.gitignore`,
        line: 3,
        column: 1,
        message: 'Expected .gitignore to name client_secret.json; saw nothing that does.',
      }),
      finding(shape, {
        configuration: notify,
        path: `${notify}/client_secret.json`,
        line: 4,
        column: 12,
        message: 'expected a comma or a closing brace',
      }),
      finding(scope, {
        configuration: archive,
        path: `${archive}/settings.yaml`,
        line: 2,
        column: 9,
        verdict: 'warn',
        message: 'Expected https://mail.google.com/; saw https://www.googleapis.com/auth/gmail.modify.',
        excuse: { by: 'baseline', reason: 'it was there when the gate was set up' },
      }),
      finding(scope, {
        configuration: mail,
        path: `${mail}/settings.yaml`,
        line: 2,
        column: 9,
        message: 'Expected https://mail.google.com/; saw https://www.googleapis.com/auth/gmail.readonly.',
        answer: '535 5.7.8 Username and Password not accepted',
        replacement: 'https://mail.google.com/',
      }),
      finding(shape, {
        configuration: mail,
        path: `${mail}/client_secret.json`,
        line: 5,
        column: 5,
        level: 'MAY',
        verdict: 'pass',
        message: 'auth_uris is no member that Google writes; did you mean auth_uri?',
      }),
    ],
  },
  'your configuration',
)

const sound = checks
  .filter(({ verdict }) => verdict === 'fail')
  .map((check) => ({
    ...check,
    verdict: 'pass' as const,
    reason: 'seen: the setting',
    variants: read(['pass']).map((variant) => ({ ...variant, configuration: 'mail-sync' })),
  }))

const { steps: _, ...frame } = gate

/** One configuration in which nothing is wrong: what `check` says on a good day. */
export const soundGate: Report = assemble(
  {
    ...frame,
    subject: { name: 'mail-sync', kind: 'configuration', version: '' },
    verdict: 'pass',
    selection: { ...gate.selection, checks: sound.length },
    checks: sound,
    findings: [],
  },
  'your configuration',
)
