import type { Terminal } from '../model/terminal.ts'
import { run } from '../run.ts'
import type { RunSettings } from '../run-settings.ts'
import type { ProgressEvent } from '../play.ts'
import { onInterrupt } from '../runtime/interrupt.ts'
import { catalogue } from './catalogue.ts'
import type { ExitCode } from './command.ts'
import { exitCodeOf, stopwatch } from './outcome.ts'
import { type Destination, tellReport } from './write-reports.ts'

/**
 * Runs the route with this process’s clock and signals, writes the reports and tells the result. An interruption ends
 * the playing, never the telling; a second one ends everything at once.
 */
export async function execute(
  settings: RunSettings,
  places: readonly Destination[],
  terminal: Terminal,
  progress: (event: ProgressEvent) => void,
): Promise<ExitCode> {
  const interruption = new AbortController()
  const undo = onInterrupt(() => {
    if (interruption.signal.aborted) process.exit(130)
    terminal.complain('oauth-imap: interrupted; what was judged so far is reported. Press Ctrl-C again to end at once.')
    interruption.abort()
  })
  try {
    const report = await run(settings, catalogue, { progress, signal: interruption.signal, stopwatch })
    await tellReport(report, places, terminal)
    return exitCodeOf(report)
  } finally {
    undo()
  }
}
