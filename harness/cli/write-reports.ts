import { randomUUID } from 'node:crypto'
import { terminal as tell } from '../../reports/terminal.ts'
import { writers } from '../../reports/writers.ts'
import { Fault } from '../model/fault.ts'
import type { Report, ReportWriter } from '../model/report.ts'
import type { Terminal } from '../model/terminal.ts'
import { nearest } from '../nearest.ts'
import { prepareToWrite, writeWhole } from '../runtime/files.ts'
import { join, resolve } from '../runtime/path.ts'

export interface Destination {
  readonly writer: ReportWriter
  /** `-` is standard output. */
  readonly file: string
}

const standardOutput = '-'

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
    return { writer, file: file === '' ? usual(writer, directory) : file }
  })
  const files = places.map(({ file }) => (file === standardOutput ? file : resolve(file)))
  const twice = places.find((_, index) => files.indexOf(files[index]!) < index)
  if (twice === undefined) return places
  const where = twice.file === standardOutput ? 'standard output' : twice.file
  throw new Fault('USAGE', `Two reports would be written to ${where}.`, 'Give each --report a file of its own.')
}

const usual = ({ fileName }: ReportWriter, directory: string): string =>
  fileName === standardOutput ? fileName : join(directory, fileName)

/**
 * Finds out before an hour’s work whether its result can be kept.
 *
 * @throws Fault `OUTPUT_UNWRITABLE`
 */
export async function prepare(places: readonly Destination[]): Promise<void> {
  for (const { file } of filesOf(places)) await prepareToWrite(file)
}

const filesOf = (places: readonly Destination[]): readonly Destination[] =>
  places.filter(({ file }) => file !== standardOutput)

/** For what is told before the result: beside a report on standard output, it goes to standard error. */
export const beside = (places: readonly Destination[], terminal: Terminal): Terminal =>
  places.some(({ file }) => file === standardOutput)
    ? { ...terminal, print: (text) => text.split('\n').forEach(terminal.complain) }
    : terminal

/**
 * Writes the reports and tells the result: on standard output stands either a report that was asked for there, alone, or
 * what a person reads, with commands to a runner of workflows behind it.
 */
export async function tellReport(report: Report, places: readonly Destination[], terminal: Terminal): Promise<void> {
  const files = filesOf(places)
  for (const { writer, file } of files) await writeWhole(file, writer.write(report))
  const printed = places.find(({ file }) => file === standardOutput)?.writer
  if (printed !== undefined && printed.fileName !== standardOutput)
    return terminal.print(withoutLastLineEnd(printed.write(report)))
  const told = [
    tell(report, terminal),
    ...(files.length === 0 ? [] : [`Reports: ${files.map(({ file }) => file).join(', ')}`]),
  ]
  if (printed === undefined) return told.forEach(terminal.print)
  const commands = printed.write(report)
  inert(told).forEach(terminal.print)
  if (commands !== '') terminal.print(withoutLastLineEnd(commands))
}

const withoutLastLineEnd = (text: string): string => text.replace(/\n$/, '')

/**
 * A runner obeys every line that begins with `::`, and what is told here quotes texts of a foreign hand: between these two
 * lines it obeys none. Source: GitHub, “Workflow commands”, “Stopping and starting workflow commands”.
 */
function inert(lines: readonly string[]): readonly string[] {
  const token = randomUUID()
  return [`::stop-commands::${token}`, ...lines, `::${token}::`]
}
