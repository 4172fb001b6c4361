import { createLogReader } from '../../live/fleet/log-lines.ts'
import { type NamedLog, mergeLogs } from '../../live/fleet/merge.ts'
import { Fault } from '../../model/fault.ts'
import { nearest } from '../../nearest.ts'
import { errorCode } from '../../runtime/error-code.ts'
import { readLogFile } from '../../runtime/log-file.ts'
import { version } from '../../version.ts'
import { liveCatalogue } from '../catalogue.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { exitCodeOf } from '../outcome.ts'
import { listOption, textOption } from '../options.ts'
import { destinations, prepare, tellReport } from '../write-reports.ts'

const works = ['merge']

/** Tells the logs of live runs, such as the shards of one fleet, as one report. */
export async function run({ arguments: [work = '', ...files], options, terminal }: Invocation): Promise<ExitCode> {
  if (!works.includes(work))
    throw new Fault('UNKNOWN_NAME', `There is no report ${work}.`, `Did you mean ${nearest(work, works)}?`)
  if (files.length === 0) throw new Fault('USAGE', 'There is nothing to merge.', 'Name the files that --log named.')
  const asked = listOption(options, 'report')
  const out = textOption(options, 'out') ?? 'conformance-report'
  const places = destinations(asked.length > 0 ? asked : ['json', 'html'], out)
  const logs: NamedLog[] = []
  for (const file of files) logs.push(await logIn(file))
  const tool = { name: 'oauth-imap-conformance', version }
  const { report, missing } = mergeLogs(logs, {
    catalogue: liveCatalogue,
    tool,
    strict: options['strict'] === true,
  })
  await prepare(places)
  await tellReport(report, places, terminal)
  for (const what of missing) terminal.complain(`oauth-imap: missing: ${what}.`)
  // Nobody pressed Ctrl-C here.
  return exitCodeOf({ ...report, interrupted: false })
}

/** @throws Fault `SETTINGS_INVALID` for what is not there, or cannot be read */
async function logIn(name: string): Promise<NamedLog> {
  const reader = createLogReader()
  await readLogFile(name, reader.add).catch((cause: unknown) => {
    const reason = errorCode(cause) === 'ENOENT' ? 'does not exist' : `cannot be read (${errorCode(cause)})`
    throw new Fault('SETTINGS_INVALID', `${name} ${reason}.`, 'Give what --log named.', { cause })
  })
  return { name, log: reader.contents() }
}
