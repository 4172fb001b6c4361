import type { Report } from '../../harness/model/report.ts'
import { attention, checksOf, inapplicable, stepWord, tally, wordOf } from '../summary.ts'
import { anchor, html, lines, type Markup } from './escape.ts'
import { badgeOf } from './verdict.ts'

/** Everything that is not simply in order, the worst first. */
export function lookAt(report: Report): Markup | undefined {
  const checks = attention(report)
  if (checks.length === 0) return undefined
  return html`<section aria-labelledby="look">
    <h2 id="look">What to look at</h2>
    <ol class="card look">
      ${checks.map(
        (check) =>
          html`<li>
            <a href="#${anchor('check', check.id)}"
              >${badgeOf(check.verdict, wordOf(check.verdict, [check]))}<span class="title"
                >${check.title} <span class="id">${check.id}, step ${check.step}</span></span
              ></a
            >
          </li> `,
      )}
    </ol>
  </section>`
}

/** The table of the twelve steps. Roles are written out because narrow screens show its rows as blocks. */
export const overview = (report: Report): Markup =>
  html`<nav aria-labelledby="steps">
    <h2 id="steps">The twelve steps</h2>
    <div class="card">
      <table class="steps" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" class="number">No.</th>
            <th role="columnheader" scope="col">Step</th>
            <th role="columnheader" scope="col">Verdict</th>
            <th role="columnheader" scope="col">Checks</th>
            <th role="columnheader" scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${report.steps.map(
            (step) =>
              html`<tr role="row">
                <td role="cell" class="number">${step.number}</td>
                <th role="rowheader" scope="row"><a href="#step-${step.number}">${step.title}</a></th>
                <td role="cell">${badgeOf(step.verdict, stepWord(report, step))}</td>
                <td role="cell" class="small">${tally(checksOf(report, step)).join(', ')}</td>
                <td role="cell" class="small muted">${step.evidence === 'none' ? 'no evidence' : step.evidence}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </nav>`

/** What was left out of the counts of success, by reason and by name. */
export function apart(report: Report): Markup | undefined {
  const groups = inapplicable(report)
  if (groups.length === 0) return undefined
  return html`<section aria-labelledby="apart">
    <h2 id="apart">What does not apply</h2>
    <ul class="card apart">
      ${groups.map(
        ({ reason, ids }) =>
          html`<li>
            <p>${lines(reason)}</p>
            <p class="ids">${ids.map((id) => html`<a class="id" href="#${anchor('check', id)}">${id}</a> `)}</p>
          </li> `,
      )}
    </ul>
  </section>`
}
