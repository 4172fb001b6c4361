import type { GateFinding, Report } from '../../harness/model/report.ts'
import { term } from './check.ts'
import { html, lines, type Markup } from './escape.ts'
import { required } from './requirement.ts'
import { badgeOf } from './verdict.ts'

const findingDetails = (finding: GateFinding): Markup =>
  html`<details class="check" open>
    <summary>
      ${badgeOf(finding.level === 'MUST' ? 'fail' : 'warn')}<span class="name"
        ><h3>${finding.message}</h3>
        <span class="id">${finding.path}:${finding.line}:${finding.column}</span></span
      >
    </summary>
    <div class="body">
      <dl class="told">
        ${term('Rule', html`<code>${finding.rule}</code>`)}${term('Required', required(finding))}${term('Users will meet', lines(finding.consequence))}${finding.fix === undefined ? undefined : term('How to mend it', lines(finding.fix))}
      </dl>
    </div>
  </details> `

/** What the configuration gate found. */
export const findings = (report: Report): Markup | undefined =>
  report.findings.length === 0
    ? undefined
    : html`<section class="step" aria-labelledby="configuration">
        <h2 id="configuration">In the configuration</h2>
        <div class="card">${report.findings.map(findingDetails)}</div>
      </section>`
