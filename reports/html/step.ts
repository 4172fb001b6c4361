import type { EvidenceSource, Report, StepReport } from '../../harness/model/report.ts'
import { steps } from '../../harness/model/step.ts'
import { listed } from '../sentence.ts'
import { checksOf, isUnchecked, stepWord, tally } from '../summary.ts'
import { isOfFiles } from '../findings.ts'
import { checkDetails, command, term } from './check.ts'
import { html, type Markup } from './escape.ts'
import { badgeOf } from './verdict.ts'

const sources: Readonly<Record<EvidenceSource, string>> = {
  example: 'the built-in example, not from your app',
  'your configuration': 'your configuration',
  'your app': 'your app',
  live: 'a live account',
  none: 'nowhere',
}

function proof(report: Report, step: StepReport): string {
  if (isOfFiles(report) && isUnchecked(step)) return 'Files cannot show this step: only a run can.'
  const told = tally(checksOf(report, step))
  if (told.length === 0 && step.evidence === 'none')
    return 'No check of this step was played, so nothing is proven here.'
  const results = told.length === 0 ? 'no check was played' : listed(told)
  return `Evidence from ${sources[step.evidence]}: ${results}.`
}

/** One of the twelve steps: what it is about, what was proven by which evidence, what goes wrong, what to do next. */
export function stepSection(report: Report, step: StepReport): Markup {
  const explained = steps.find(({ number }) => number === step.number)
  const checks = checksOf(report, step)
  return html`<section
    class="step ${step.verdict}"
    id="step-${step.number}"
    aria-labelledby="step-${step.number}-title"
  >
    <div class="step-head">
      <span class="number" aria-hidden="true">${step.number}</span>
      <h2 id="step-${step.number}-title">${step.title}</h2>
      ${badgeOf(step.verdict, stepWord(report, step))}
    </div>
    <div class="card">
      <dl class="explained">
        <div>${term('What it is about', explained?.about)}</div>
        <div>${term('What goes wrong here', explained?.goesWrong)}</div>
      </dl>
      <p class="proven">${proof(report, step)}</p>
      ${checks.map(checkDetails)}
      ${
        step.next === '' || (isOfFiles(report) && isUnchecked(step))
          ? undefined
          : html`<div class="next">
              <p>Next</p>
              ${command(step.next)}
            </div>`
      }
    </div>
  </section> `
}
