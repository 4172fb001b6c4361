import type { CheckReport, Evidence, VariantReport } from '../../harness/model/report.ts'
import type { VerdictWord } from '../../harness/model/verdict.ts'
import { whoIn } from '../live.ts'
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

const whatWas = (played: VariantReport): Markup => {
  const { scenario, configuration, door } = played
  const who = whoIn(played)
  if (who !== undefined) return html`Seen at ${who}<span class="muted">:</span>`
  return scenario === 'configuration'
    ? html`Files of <code>${configuration ?? 'the configuration'}</code><span class="muted">:</span>`
    : html`Scenario <code>${scenario}</code>
        <span class="muted">through ${door === 'tls' ? 'TLS' : 'interception'}:</span>`
}

const variant = (played: VariantReport, check: CheckReport): Markup =>
  html`<div class="variant">
    <p>${whatWas(played)} ${wordOf(played.verdict, [check])}</p>
    ${played.reason === check.reason ? undefined : html`<p class="muted">${lines(played.reason)}</p>`}
    ${evidence(played.evidence)} ${control(played)}
  </div> `

/** One of the accounts that are in order stands for all: of hundreds nobody reads the same again. */
function variants(check: CheckReport): Markup {
  const isAlike = ({ account, verdict }: VariantReport): boolean => account !== undefined && verdict === 'pass'
  const [, ...alike] = check.variants.filter(isAlike)
  const shown = check.variants.filter((played) => !alike.includes(played))
  const accounts = alike.length === 1 ? '1 more account' : `${alike.length} more accounts`
  return html`${shown.map((played) => variant(played, check))}${alike.length === 0 ? undefined : html`<p class="muted">Seen alike at ${accounts}.</p>`}`
}

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
        ${term('Required', required(check))}${term('What happened', lines(check.reason))}${check.stale === undefined ? undefined : term('Stale', `Rests on what changed: ${check.stale.join(', ')}`)}${term(stakes[check.verdict], lines(check.consequence))}${mendable(check.verdict) ? term('How to mend it', lines(check.fix)) : undefined}
      </dl>
      ${variants(check)}
      <div class="variant">
        <p class="small muted">Play it again</p>
        ${command(check.replay)}
      </div>
    </div>
  </details> `
