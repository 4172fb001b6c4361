import type { Report } from '../../harness/model/report.ts'
import { onScreen } from '../../harness/model/verdict.ts'
import { type ConfigurationRow, besides, byLevel, configurations } from '../findings.ts'
import { html, type Markup } from './escape.ts'
import { badgeOf } from './verdict.ts'

const word = ({ verdict, findings }: ConfigurationRow): string =>
  verdict === 'error' && findings.unread.length > 0 ? 'unreadable' : onScreen[verdict]

/** A row for each of several configurations, the worst first. */
export function configurationTable(report: Report): Markup | undefined {
  const rows = configurations(report)
  if (rows.length === 0) return undefined
  return html`<section aria-labelledby="configurations">
    <h2 id="configurations">The configurations</h2>
    <div class="card">
      <table class="steps" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">Configuration</th>
            <th role="columnheader" scope="col">Verdict</th>
            <th role="columnheader" scope="col">Found</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${rows.map(
            (row) =>
              html`<tr role="row">
                <th role="rowheader" scope="row">${row.name}</th>
                <td role="cell">${badgeOf(row.verdict, word(row))}</td>
                <td role="cell" class="small">
                  ${[...byLevel(row.findings.counting), ...besides(row.findings)].join(', ')}
                </td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}
