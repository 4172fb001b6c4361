import { makeRecording } from '../../live/drift/recording.ts'
import type { LiveResult } from '../../live/result.ts'
import { onInterrupt } from '../../runtime/interrupt.ts'
import { wallClock } from '../../runtime/wall-clock.ts'
import { writeWhole } from '../../runtime/files.ts'
import type { Terminal } from '../../model/terminal.ts'
import { type LivePorts, type LiveSettings, type Verified, verifyLive } from '../../verify-live.ts'
import { liveCatalogue } from '../catalogue.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { planLines } from '../live/plan-lines.ts'
import { type LiveInvocation, liveInvocation } from '../live/settings.ts'
import { exitCodeOf, stopwatch } from '../outcome.ts'
import { listOption, textOption } from '../options.ts'
import { beside, destinations, prepare, tellReport } from '../write-reports.ts'

/** Verifies real accounts. What is about to be done is told before the first request. */
export async function run({ options, terminal }: Invocation): Promise<ExitCode> {
  const out = textOption(options, 'out') ?? 'conformance-report'
  const asked = listOption(options, 'report')
  const places = destinations(asked.length > 0 ? asked : ['json', 'html'], out)
  const aside = beside(places, terminal)
  const interruption = new AbortController()
  const undo = onInterrupt(() => {
    if (interruption.signal.aborted) process.exit(130)
    terminal.complain('oauth-imap: interrupted; what was seen so far is reported. Press Ctrl-C again to end at once.')
    interruption.abort()
  })
  try {
    const invocation = await liveInvocation(options, process.env, aside)
    await prepare(places)
    for (const line of planLines(invocation.settings, invocation.keeping, out)) aside.print(line)
    const verified = await verifyLive(invocation.settings, liveCatalogue, portsOf(aside, interruption.signal))
    const record = textOption(options, 'record')
    if (record !== undefined) await recordLooks(record, invocation, verified, terminal)
    await tellReport(verified.report, places, terminal)
    return exitCodeOf(verified.report)
  } finally {
    undo()
  }
}
