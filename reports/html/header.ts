import type { Report } from '../../harness/model/report.ts'
import { badge, selectionText, verdictSentence } from '../sentence.ts'
import { countsOf, isPartial, phrase, toldOrder } from '../summary.ts'
import { html, type Insertable, type Markup } from './escape.ts'
import { icon, type Tone } from './verdict.ts'

export const toneOf = (report: Report): Tone => {
  const good = report.verdict === 'pass' || report.verdict === 'warn'
  return isPartial(report) && good ? 'partial' : report.verdict
}

function counts(report: Report): Markup {
  const all = countsOf(report.checks)
  const occurring = toldOrder.filter((word) => all[word] > 0)
  return html`<div class="bar" aria-hidden="true">
      ${occurring.map((word) => html`<span class="${word}" style="--n:${all[word]}"></span>`)}
    </div>
    <ul class="counts" aria-label="Checks by verdict">
      ${occurring.map((word) => html`<li class="${word}">${icon(word)}${phrase(word, all[word])}</li>`)}
    </ul>`
}

const notice = (report: Report): Markup | undefined =>
  isPartial(report)
    ? html`<p class="notice" role="note">
        <strong>This report covers a part only.</strong>
        ${report.interrupted ? 'The run was interrupted: what had not been played by then is missing here. ' : ''}${report.selection.complete ? '' : `Selected were ${selectionText(report)}. `}Nothing
        is said about the rest.
      </p>`
    : undefined

const instant = (text: string): string => text.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')

const fact = (name: string, value: Insertable): Markup =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div> `

const shown = (value: Report['environment'][string]): string => {
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.join(', ')
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}

const byCodeUnit = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : Number(a > b))

/** Under which circumstances: everything that is needed to run it once more. */
const circumstances = (report: Report): Markup =>
  html`<dl class="facts" aria-label="This run">
    ${fact('Subject', `${report.subject.name} (${report.subject.kind})`)}${fact('Selection', selectionText(report))}${fact('Seed', shown(report.environment['seed'] ?? 'none'))}${fact('Interrupted', report.interrupted ? 'yes' : 'no')}${fact('Started', html`<time datetime="${report.startedAt}">${instant(report.startedAt)}</time>`)}${fact('Took', `${(report.durationMs / 1000).toFixed(1)} s`)}${Object.entries(
      report.environment,
    )
      .filter(([name]) => name !== 'seed')
      .toSorted(byCodeUnit)
      .map(([name, value]) => fact(name, shown(value)))}
  </dl>`

/** Who was tested, what came of it, under which circumstances: the first screen. */
export const header = (report: Report): Markup =>
  html`<header class="page">
    <p class="brand">OAuth and IMAP conformance report</p>
    <h1>${report.subject.name} <span class="version">${report.subject.version}</span></h1>
    <div class="card verdict-panel ${toneOf(report)}">
      <div class="about">
        <p class="verdict-word">${icon(toneOf(report))}<span>${badge(report)}</span></p>
        <p class="sentence">${verdictSentence(report)}</p>
        ${notice(report)} ${report.checks.length === 0 ? undefined : counts(report)}
      </div>
      ${circumstances(report)}
    </div>
  </header>`
