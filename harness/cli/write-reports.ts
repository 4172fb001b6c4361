import { writers } from '../../reports/writers.ts'
import { Fault } from '../model/fault.ts'
import type { Report, ReportWriter } from '../model/report.ts'
import { nearest } from '../nearest.ts'
import { prepareToWrite, writeWhole } from '../runtime/files.ts'
import { join, resolve } from '../runtime/path.ts'

export interface Destination {
  readonly writer: ReportWriter
  readonly file: string
}

/**
 * Reads `format` or `format=file`.
 *
 * @throws Fault `USAGE` for a format that does not exist, and where two reports would be one file
 */
export function destinations(asked: readonly string[], directory: string): readonly Destination[] {
  if (directory === '')
    throw new Fault('USAGE', 'The folder for reports has an empty name.', 'Name one with --out, or leave it out.')
  const places = asked.map((report) => {
    const [format = '', ...named] = report.split('=')
    const file = named.join('=')
    if (named.length > 0 && file === '')
      throw new Fault('USAGE', `--report ${report} names no file.`, `Write ${format}=FILE, or ${format} alone.`)
    const writer = writers.find((candidate) => candidate.format === format)
    if (writer === undefined) {
      const formats = writers.map((candidate) => candidate.format)
      throw new Fault(
        'USAGE',
        `There is no report format ${format}.`,
        `Did you mean ${nearest(format, formats)}? There are ${formats.join(', ')}.`,
      )
    }
    return { writer, file: file === '' ? join(directory, writer.fileName) : file }
  })
  const files = places.map(({ file }) => resolve(file))
  const twice = places.find((_, index) => files.indexOf(files[index]!) < index)
  if (twice === undefined) return places
  throw new Fault('USAGE', `Two reports would be written to ${twice.file}.`, 'Give each --report a file of its own.')
}

/**
 * Finds out before an hour’s work whether its result can be kept.
 *
 * @throws Fault `OUTPUT_UNWRITABLE`
 */
export async function prepare(places: readonly Destination[]): Promise<void> {
  for (const { file } of places) await prepareToWrite(file)
}

export async function writeReports(report: Report, places: readonly Destination[]): Promise<void> {
  for (const { writer, file } of places) await writeWhole(file, writer.write(report))
}
