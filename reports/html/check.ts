import type { CheckReport, Evidence, VariantReport } from '../../harness/model/report.ts'
import type { VerdictWord } from '../../harness/model/verdict.ts'
import { wordOf } from '../summary.ts'
import { anchor, html, lines, marked, type Insertable, type Markup } from './escape.ts'
import { required } from './requirement.ts'
import { badgeOf, icon } from './verdict.ts'

export const term = (name: string, value: Insertable): Markup =>
  html`<dt>${name}</dt>
    <dd>${value}</dd> `

export const command = (text: string): Markup => html`<pre class="command"><code>${text}</code></pre>`

function evidence(pieces: readonly Evidence[]): Markup | undefined {
  if (pieces.length === 0) return undefined
  return html`<table class="evidence">
    <thead>
      <tr>
        <th scope="col">Where</th>
        <th scope="col">What was seen</th>
      </tr>
    </thead>
    <tbody>
      ${pieces.map(
        ({ at, excerpt }) =>
          html`<tr>
            <th scope="row"><code>${at}</code></th>
            <td><code>${marked(excerpt)}</code></td>
          </tr> `,
      )}
    </tbody>
  </table>`
}

function control({ control: proof }: VariantReport): Markup | undefined {
  if (proof === undefined) return undefined
  const word = proof.passed ? 'pass' : 'fail'
  return html`<p class="control ${word}">
    ${icon(word)}<span>Control ${proof.passed ? 'passed' : 'did not pass'}: ${proof.title}</span>
  </p>`
}

const whatWas = ({ scenario, configuration, door }: VariantReport): Markup =>
  scenario === 'configuration'
    ? html`Files of <code>${configuration ?? 'the configuration'}</code><span class="muted">:</span>`
    : html`Scenario <code>${scenario}</code>
        <span class="muted">through ${door === 'tls' ? 'TLS' : 'interception'}:</span>`

const variant = (played: VariantReport, check: CheckReport): Markup =>
  html`<div class="variant">
    <p>${whatWas(played)} ${wordOf(played.verdict, [check])}</p>
    ${played.reason === check.reason ? undefined : html`<p class="muted">${lines(played.reason)}</p>`}
    ${evidence(played.evidence)} ${control(played)}
  </div> `

/** What the consequence means for this verdict: met, possible, or guarded against. */
const stakes: Readonly<Record<VerdictWord, string>> = {
  pass: 'Guards against',
  warn: 'Users will meet',
  fail: 'Users will meet',
  inconclusive: 'At stake',
  inapplicable: 'At stake',
  error: 'At stake',
}

const mendable = (word: VerdictWord): boolean => word === 'fail' || word === 'warn' || word === 'inconclusive'

/** One check: a line that tells the verdict, and behind it the proof. What needs attention is open from the start. */
export const checkDetails = (check: CheckReport): Markup =>
  html`<details
    class="check"
    id="${anchor('check', check.id)}"
    ${mendable(check.verdict) || check.verdict === 'error' ? html` open` : undefined}
  >
    <summary>
      ${badgeOf(check.verdict, wordOf(check.verdict, [check]))}<span class="name"
        ><h3>${check.title}</h3>
        <span class="id">${check.id}</span></span
      >
    </summary>
    <div class="body">
      <dl class="told">
        ${term('Required', required(check))}${term('What happened', lines(check.reason))}${term(stakes[check.verdict], lines(check.consequence))}${mendable(check.verdict) ? term('How to mend it', lines(check.fix)) : undefined}
      </dl>
      ${check.variants.map((played) => variant(played, check))}
      <div class="variant">
        <p class="small muted">Play it again</p>
        ${command(check.replay)}
      </div>
    </div>
  </details> `
