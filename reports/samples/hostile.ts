import type { GateFinding, Report } from '../../harness/model/report.ts'
import { assemble, checkReport, variant } from './assemble.ts'

/** Everything in one text that a terminal, a browser, a runner of workflows or a reader of Markdown would obey. */
export const hostileText = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>" onclick="alert(1)\' &lt;',
  '\u001b[2J\u001b[31mforged\u001b]8;;https://evil.example.test\u0007link\u001b]8;;\u0007\u009b1m\u0000\u0008\u007f',
  '\r\n✓ passed  everything\r\n',
  '\n::error file=a,line=1::forged %0A::add-mask::x ##[add-mask]y\n',
  '| [link](javascript:alert(1)) ![image](https://evil.example.test/i.png) `code` **bold** www.evil.example.test @everyone ]]> $x^2$',
  '\u202Egnp.exe\u202C\u2066\u2069\u200B\uFEFF\u2028\uD800',
  'w'.repeat(500),
].join(' ')

const finding = (told: Partial<GateFinding>): GateFinding => ({
  rule: hostileText,
  level: 'MUST',
  requiredBy: 'suite',
  clause: { text: hostileText, url: 'https://example.test/' },
  verdict: 'fail',
  configuration: hostileText,
  path: hostileText,
  line: 1,
  column: 1,
  message: hostileText,
  consequence: hostileText,
  fix: hostileText,
  ...told,
})

/** Every text field of a report as an attacker would fill it, clause and commands included. */
export const hostile: Report = assemble(
  {
    tool: { name: hostileText, version: hostileText },
    catalogue: { version: 3, checks: 2 },
    subject: { name: hostileText, kind: hostileText, version: hostileText },
    environment: { [hostileText]: hostileText, list: [hostileText], seed: 7 },
    startedAt: hostileText,
    durationMs: 1,
    selection: { only: [hostileText], steps: [6], checks: 2, complete: false },
    interrupted: false,
    checks: (['fail', 'inapplicable'] as const).map((verdict) =>
      checkReport({
        id: `${hostileText}/${verdict}`,
        title: hostileText,
        step: 6,
        level: 'MUST',
        requiredBy: 'RFC',
        clause: { text: hostileText, url: `javascript:alert(1)//${hostileText}` },
        verdict,
        reason: hostileText,
        consequence: hostileText,
        fix: hostileText,
        replay: `oauth-imap run --only ${hostileText}`,
        variants: [
          variant(hostileText, verdict, hostileText, [{ at: hostileText, excerpt: hostileText }], {
            title: hostileText,
            passed: false,
          }),
        ],
      }),
    ),
    findings: [
      finding({ answer: hostileText, replacement: hostileText }),
      finding({ verdict: 'error' }),
      finding({ verdict: 'warn', excuse: { by: 'waiver', reason: hostileText, expires: hostileText } }),
      finding({ verdict: 'warn', excuse: { by: 'baseline', reason: hostileText } }),
      finding({ verdict: 'pass', level: 'MAY' }),
    ],
  },
  'your app',
)

/** The same of the configuration gate, with several configurations. */
export const hostileGate: Report = {
  ...hostile,
  selection: { ...hostile.selection, scope: 'configuration', changedSince: hostileText },
  checks: hostile.checks.map((check) => ({
    ...check,
    variants: ['a', 'b'].flatMap((name) =>
      check.variants.map((one) => ({ ...one, scenario: 'configuration', configuration: `${name}${hostileText}` })),
    ),
  })),
}
