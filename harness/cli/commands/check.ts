import { terminal as tell } from '../../../reports/terminal.ts'
import { checkProjects } from '../../check-projects.ts'
import { type FoundProjects, findProjects } from '../../gate/find-projects.ts'
import { openFleet, together } from '../../gate/fleet/open-fleet.ts'
import { wallClock } from '../../runtime/wall-clock.ts'
import { catalogue } from '../catalogue.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { exitCodeOf, stopwatch } from '../execute.ts'
import { playedLines } from '../progress.ts'
import { listOption, stepOption, textOption } from '../options.ts'
import { destinations, prepare, writeReports } from '../write-reports.ts'

/** Checks configurations before the first request: reads files, sends nothing. */
export async function run({ arguments: paths, options, terminal }: Invocation): Promise<ExitCode> {
  const places = destinations(listOption(options, 'report'), textOption(options, 'out') ?? 'conformance-report')
  await prepare(places)
  const found = await asked(paths, listOption(options, 'from'))
  const report = await checkProjects(
    {
      ...found,
      selection: { only: listOption(options, 'only'), steps: stepOption(options) },
      strict: options['strict'] === true,
      played: options['play'] === true,
      now: wallClock.now(),
    },
    catalogue,
    { stopwatch, played: playedLines(terminal, found.path) },
  )
  await writeReports(report, places)
  terminal.print(tell(report, terminal))
  if (places.length > 0) terminal.print(`Reports: ${places.map(({ file }) => file).join(', ')}`)
  return exitCodeOf(report)
}

/** The paths and documents that were named; the current folder when nothing was. */
async function asked(paths: readonly string[], documents: readonly string[]): Promise<FoundProjects> {
  const folders = paths.length === 0 && documents.length === 0 ? ['.'] : paths
  const fleets = await Promise.all(documents.map(openFleet))
  return together([...(folders.length === 0 ? [] : [await findProjects(folders)]), ...fleets])
}
