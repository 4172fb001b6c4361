import { writers } from '../../reports/writers.ts'
import { Fault } from '../model/fault.ts'
import type { Report, ReportWriter } from '../model/report.ts'
import { nearest } from '../nearest.ts'
import { makeDirectory, writeWhole } from '../runtime/files.ts'
import { dirname, join } from '../runtime/path.ts'

export interface Destination {
  readonly writer: ReportWriter
  readonly file: string
}

/**
 * Reads `format` or `format=file`.
 *
 * @throws Fault `USAGE` for a format that does not exist
 */
export function destinations(asked: readonly string[], directory: string): readonly Destination[] {
  return asked.map((report) => {
    const [format = '', ...file] = report.split('=')
    const writer = writers.find((candidate) => candidate.format === format)
    if (writer === undefined) {
      const formats = writers.map((candidate) => candidate.format)
      throw new Fault(
        'USAGE',
        `There is no report format ${format}.`,
        `Did you mean ${nearest(format, formats)}? There are ${formats.join(', ')}.`,
      )
    }
    return { writer, file: file.length > 0 ? file.join('=') : join(directory, writer.fileName) }
  })
}

/**
 * Finds out before an hour’s work whether its result can be kept.
 *
 * @throws Fault `OUTPUT_UNWRITABLE`
 */
export async function prepare(places: readonly Destination[]): Promise<void> {
  for (const { file } of places) {
    await makeDirectory(dirname(file)).catch((cause: unknown) => {
      const hint = 'Name another place with --out.'
      throw new Fault('OUTPUT_UNWRITABLE', `Cannot create the folder ${dirname(file)}.`, hint, { cause })
    })
    await writeWhole(`${file}.probe`, '')
  }
}

export async function writeReports(report: Report, places: readonly Destination[]): Promise<void> {
  for (const { writer, file } of places) await writeWhole(file, writer.write(report))
}
