import type { ReportWriter } from '../harness/model/report.ts'
import { document } from './html/document.ts'

/** One page for people: a single file without scripts and without anything to fetch. */
export const html: ReportWriter = {
  format: 'html',
  mediaType: 'text/html; charset=utf-8',
  fileName: 'index.html',
  write: (report) => `${document(report).text.trimEnd()}\n`,
}
