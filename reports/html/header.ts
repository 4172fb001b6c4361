import type { Report } from '../../harness/model/report.ts'
import { badge, headingOf, selectionText, verdictSentence } from '../sentence.ts'
import { isOfFiles } from '../findings.ts'
import { costText } from '../live.ts'
import { countsOf, isPartial, isSelected, tally, toldOrder } from '../summary.ts'
import { html, type Insertable, type Markup } from './escape.ts'
import { icon, type Tone } from './verdict.ts'

export const toneOf = (report: Report): Tone => {
  const good = report.verdict === 'pass' || report.verdict === 'warn'
  return isPartial(report) && good ? 'partial' : report.verdict
}

/** Checks of the catalogue of which this report says nothing; the bar must not look full without them. */
const unplayed = (report: Report): number =>
  isPartial(report) || isOfFiles(report) ? Math.max(0, report.catalogue.checks - report.checks.length) : 0

function counts(report: Report): Markup {
  const all = countsOf(report.checks)
  const rest = unplayed(report)
  const shares = [
    ...toldOrder.map((word) => {
      const own = report.checks.filter(({ verdict }) => verdict === word)
      return { tone: word, count: all[word], told: tally(own).join(', ') }
    }),
    { tone: 'rest' as const, count: rest, told: `${rest} ${isOfFiles(report) ? 'need a run' : 'not played'}` },
  ].filter(({ count }) => count > 0)
  return html`<div class="bar" aria-hidden="true">
      ${shares.map(({ tone, count }) => html`<span class="${tone}" style="--n:${count}"></span>`)}
    </div>
    <ul class="counts" aria-label="Checks by verdict">
      ${shares.map(({ tone, told }) => html`<li class="${tone}">${tone === 'rest' ? undefined : icon(tone)}${told}</li>`)}
    </ul>`
}

function gap({ interrupted, live }: Report): string {
  if (!interrupted) return ''
  if (live?.missing !== undefined) return `Of what was merged is missing: ${live.missing.join('; ')}. `
  return 'The run was interrupted: what had not been played by then is missing here. '
}

const notice = (report: Report): Markup | undefined =>
  isPartial(report)
    ? html`<p class="notice" role="note">
        <strong>This report covers a part only.</strong>
        ${gap(report)}${isSelected(report) ? `Selected were ${selectionText(report)}. ` : ''}Nothing is said about the
        rest.
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
    ${fact('Subject', `${headingOf(report)} (${report.subject.kind})`)}${fact('Selection', selectionText(report))}${fact('Seed', shown(report.environment['seed'] ?? 'none'))}${fact('Interrupted', report.interrupted ? 'yes' : 'no')}${fact('Started', html`<time datetime="${report.startedAt}">${instant(report.startedAt)}</time>`)}${fact('Took', `${(report.durationMs / 1000).toFixed(1)} s`)}${report.live === undefined ? undefined : fact('Cost', costText(report.live))}${Object.entries(
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
    <h1>${headingOf(report)} <span class="version">${report.subject.version}</span></h1>
    <div class="card verdict-panel ${toneOf(report)}">
      <div class="about">
        <p class="verdict-word">${icon(toneOf(report))}<span>${badge(report)}</span></p>
        <p class="sentence">${verdictSentence(report)}</p>
        ${notice(report)} ${report.checks.length === 0 ? undefined : counts(report)}
      </div>
      ${circumstances(report)}
    </div>
  </header>`
