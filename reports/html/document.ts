import type { Report } from '../../harness/model/report.ts'
import { isOfFiles } from '../findings.ts'
import { badge, headingOf } from '../sentence.ts'
import { nextCommands } from '../summary.ts'
import { command } from './check.ts'
import { configurationTable } from './configurations.ts'
import { html, Markup } from './escape.ts'
import { findings } from './finding.ts'
import { header } from './header.ts'
import { accountTable, driftTable } from './live.ts'
import { apart, lookAt, overview } from './overview.ts'
import { stepSection } from './step.ts'
import { style } from './style.ts'
import { sprite } from './verdict.ts'

/** Nothing is fetched, nothing runs, nothing is sent: only the style sheet of this very file applies. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The style sheet is ours and holds no report text; in an element that is not parsed, entities would stand literally. */
const styleElement = Markup.of([`<style>${style}</style>`], [])

function next(report: Report): Markup | undefined {
  const commands = nextCommands(report)
  if (commands.length === 0) return undefined
  return html`<section aria-labelledby="next">
    <h2 id="next">Next</h2>
    <div class="variant">${commands.map(command)}</div>
  </section>`
}

const stepSections = (report: Report): readonly Markup[] => report.steps.map((step) => stepSection(report, step))

/** The whole page. */
export const document = (report: Report): Markup =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${headingOf(report)}: ${badge(report)}</title>
        ${styleElement}
      </head>
      <body>
        <a class="skip" href="#steps">Skip to the twelve steps</a>
        ${sprite} ${header(report)}
        <main class="page">
          ${[configurationTable(report), accountTable(report)]}
          ${isOfFiles(report) ? [findings(report), lookAt(report)] : [lookAt(report), findings(report)]}
          ${[driftTable(report), overview(report)]} ${apart(report)} ${next(report)} ${stepSections(report)}
        </main>
        <footer class="page">
          Written by ${report.tool.name} ${report.tool.version}, catalogue ${report.catalogue.version}.
        </footer>
      </body>
    </html> `
