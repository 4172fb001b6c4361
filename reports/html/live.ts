import type { DriftRow, Report } from '../../harness/model/report.ts'
import { type ToldAccount, accountWord, accountsOf, causesOf, isOfAccounts } from '../live.ts'
import { driftOf, driftTitle, knownText, placeOfFact, side, staleChecks } from '../live.ts'
import { listed } from '../sentence.ts'
import { anchor, html, lines, marked, type Insertable, type Markup } from './escape.ts'
import { badgeOf } from './verdict.ts'

interface Table {
  readonly id: string
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly Markup[]
  readonly remarks?: readonly Insertable[]
}

const table = ({ id, title, head, rows, remarks = [] }: Table): Markup =>
  html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${
      rows.length === 0
        ? undefined
        : html`<div class="card">
            <table class="steps" role="table">
              <thead role="rowgroup">
                <tr role="row">
                  ${head.map((name) => html`<th role="columnheader" scope="col">${name}</th> `)}
                </tr>
              </thead>
              <tbody role="rowgroup">
                ${rows}
              </tbody>
            </table>
          </div>`
    }
    ${remarks.map((remark) => html`<p class="proven">${remark}</p> `)}
  </section>`

function why({ row: { cause }, why: ids }: ToldAccount): Insertable {
  if (cause === undefined) return ids.map((id) => html`<a class="id" href="#${anchor('check', id)}">${id}</a> `)
  const said = cause.said === '' ? undefined : html`<br /><code>${marked(cause.said)}</code>`
  return html`${cause.title} <span class="muted">(${cause.id})</span>${said}<br />${lines(cause.next)}`
}

const accountRow = (told: ToldAccount): Markup =>
  html`<tr role="row">
    <th role="rowheader" scope="row">${told.row.address} <span class="id muted">${told.row.key}</span></th>
    <td role="cell">${badgeOf(told.row.verdict, accountWord(told.row))}</td>
    <td role="cell" class="small">${why(told)}</td>
  </tr> `

/** A row for each account, the worst first, with what keeps it from its end; of a single one only where something does. */
export function accountTable(report: Report): Markup | undefined {
  if (!isOfAccounts(report) && causesOf(report).length === 0) return undefined
  return table({
    id: 'accounts',
    title: isOfAccounts(report) ? 'The accounts' : 'The account',
    head: ['Account', 'Verdict', 'Why, and what to do next'],
    rows: accountsOf(report).map(accountRow),
  })
}

function factRow(row: DriftRow): Markup {
  const isNew = row.state === 'unknown'
  const known = knownText(row)
  return html`<tr role="row">
    <th role="rowheader" scope="row">${placeOfFact(row)}</th>
    <td role="cell">${badgeOf(isNew ? 'warn' : 'inapplicable', isNew ? 'new' : 'known')}</td>
    <td role="cell" class="small">
      <span class="muted">expected</span> <code>${marked(side(row.expected))}</code><br /><span class="muted">saw</span>
      <code>${marked(side(row.observed))}</code>${known === undefined ? undefined : html`<br />${known}`}
    </td>
  </tr> `
}

/** What is not as our fixtures say, both sides of each fact. */
export function driftTable(report: Report): Markup | undefined {
  const { unknown, known, unseen } = driftOf(report)
  const stale = staleChecks(report)
  const remarks = [
    ...(stale.length === 0 ? [] : [`Stale, because it rests on what changed: ${listed(stale)}.`]),
    ...(unseen.length === 0 ? [] : [`Not looked at: ${listed(unseen)}.`]),
  ]
  const rows = [...unknown, ...known].map(factRow)
  if (rows.length + remarks.length === 0) return undefined
  return table({ id: 'drift', title: driftTitle(report), head: ['Fact', 'State', 'Both sides'], rows, remarks })
}
