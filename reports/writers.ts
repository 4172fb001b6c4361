import type { ReportWriter } from '../harness/model/report.ts'
import { github } from './github.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { sarif } from './sarif.ts'
import { terminalWriter } from './terminal.ts'

/** Every format, in the order in which they are offered. A new one is a new file and one line here. */
export const writers: readonly ReportWriter[] = [json, html, terminalWriter, sarif, junit, markdown, github]
