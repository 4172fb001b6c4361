import type { CheckReport, Report } from '../../harness/model/report.ts'
import { type StepNumber, steps } from '../../harness/model/step.ts'
import { assemble, checkReport } from './assemble.ts'

const rfc7636 = { text: 'RFC 7636 §4.2', url: 'https://www.rfc-editor.org/rfc/rfc7636#section-4.2' }

const pkce = checkReport(
  {
    id: 'authz/pkce-s256',
    title: 'The authorization request carries an S256 code challenge',
    step: 6,
    level: 'MUST',
    requiredBy: 'RFC',
    clause: rfc7636,
    verdict: 'pass',
    reason: 'code_challenge has 43 characters and code_challenge_method is S256.',
    consequence: 'Whoever intercepts the code can redeem it.',
    fix: 'Send code_challenge and code_challenge_method=S256 with every authorization request.',
  },
  'consent/first-login',
  [
    {
      at: 'user-agent#1',
      excerpt:
        'GET https://accounts.google.com/o/oauth2/v2/auth?response_type=code&code_challenge_method=S256&state=‹state-1›',
    },
  ],
)

const sound = (step: StepNumber): CheckReport =>
  checkReport(
    {
      id: `example/step-${step}`,
      title: `What step ${step} asks for was seen to happen`,
      step,
      level: 'SHOULD',
      requiredBy: 'suite',
      clause: { text: 'this suite’s policy', url: 'https://conformance.example.test/policy' },
      verdict: 'pass',
      reason: 'Seen as it should be.',
      consequence: 'The next step would begin on unsound ground.',
      fix: 'Follow the step as it is described.',
    },
    'consent/first-login',
    [{ at: 'scenario#1', excerpt: 'scenario.start consent/first-login' }],
  )

const checks = steps.map(({ number }) => (number === 6 ? pkce : sound(number)))

/** Everything was selected, everything passed. */
export const passing: Report = assemble(
  {
    catalogue: { version: 3, checks: checks.length },
    subject: { name: 'reference', kind: 'reference', version: '0.1.0' },
    environment: {
      runtime: 'node 24.21.0',
      platform: 'linux x64',
      mailbox: 'embedded',
      seed: 7,
      profile: 'gmail',
      instruments: ['file-modes'],
    },
    startedAt: '2026-11-22T09:30:00.000Z',
    durationMs: 2310,
    selection: { only: [], steps: [], checks: checks.length, complete: true },
    interrupted: false,
    checks,
  },
  'example',
)
