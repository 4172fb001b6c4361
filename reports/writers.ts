import type { ReportWriter } from '../harness/model/report.ts'
import { type ReportFormat, reportFormats } from './formats.ts'
import { github } from './github.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { sarif } from './sarif.ts'
import { terminalWriter } from './terminal.ts'

/** A new format is a new file, a line here and its name in `formats.ts`. */
const byFormat: Readonly<Record<ReportFormat, ReportWriter>> = {
  json,
  html,
  terminal: terminalWriter,
  sarif,
  junit,
  markdown,
  github,
}

export const writers: readonly ReportWriter[] = reportFormats.map((format) => byFormat[format])
