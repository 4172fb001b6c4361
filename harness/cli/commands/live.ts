import { makeRecording } from '../../live/drift/recording.ts'
import { prepareToWrite, writeWhole } from '../../runtime/files.ts'
import { onInterrupt } from '../../runtime/interrupt.ts'
import { makePlan } from '../../plan.ts'
import type { Terminal } from '../../model/terminal.ts'
import { type LivePorts, type LiveSettings, type Verified, verifyLive } from '../../verify-live.ts'
import { liveCatalogue } from '../catalogue.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { fleetOf } from '../live/accounts.ts'
import { verifyFleet } from '../live/accounts-run.ts'
import { farSideOf } from '../live/far-side-options.ts'
import { diagnoseAccount, requireDiagnosisAlone } from '../live/diagnose.ts'
import { planLines } from '../live/plan-lines.ts'
import { livePorts } from '../live/ports.ts'
import { progressLine } from '../live/progress-line.ts'
import { liveInvocation } from '../live/settings.ts'
import { exitCodeOf } from '../outcome.ts'
import { listOption, textOption } from '../options.ts'
import { beside, destinations, prepare, tellReport } from '../write-reports.ts'

/** Verifies real accounts. What is about to be done is told before the first request. */
export async function run({ options, terminal }: Invocation): Promise<ExitCode> {
  const out = textOption(options, 'out') ?? 'conformance-report'
  const asked = listOption(options, 'report')
  const places = destinations(asked.length > 0 ? asked : ['json', 'html'], out)
  const aside = beside(places, terminal)
  const diagnoses = options['diagnose'] === true
  if (diagnoses) requireDiagnosisAlone(options)
  // Before anybody listens for Ctrl-C: nothing but the system ends a wait for a pipe that nobody writes to.
  const fleet = await fleetOf(options, out)
  const farSide = await farSideOf(options, process.env)
  const interruption = new AbortController()
  const undo = onInterrupt(() => {
    if (interruption.signal.aborted) process.exit(130)
    terminal.complain('oauth-imap: interrupted; what was seen so far is reported. Press Ctrl-C again to end at once.')
    interruption.abort()
  })
  try {
    const { settings, keeping } = await liveInvocation(
      diagnoses ? { ...options, unattended: true } : options,
      process.env,
      aside,
      { farSide, accounts: fleet?.accounts },
    )
    if (diagnoses) return await diagnoseAccount(settings, livePorts(interruption.signal), terminal)
    // A selection of nothing is told before anybody is asked for anything.
    makePlan(settings.selection, liveCatalogue)
    await prepare(places)
    const record = textOption(options, 'record')
    if (record !== undefined) await prepareToWrite(record)
    for (const line of planLines(settings, keeping, out)) aside.print(line)
    const ports = telling(aside, interruption.signal, settings.farSide.issuer)
    const verified =
      fleet === undefined
        ? await verifyLive(settings, liveCatalogue, ports)
        : await verifyFleet(fleet, settings, ports, aside)
    if (verified === undefined) return 0
    if (record !== undefined) await recordLooks(record, settings, verified, aside)
    await tellReport(verified.report, places, terminal)
    return exitCodeOf(verified.report)
  } finally {
    undo()
  }
}

const telling = (terminal: Terminal, signal: AbortSignal, issuer: string): LivePorts => ({
  ...livePorts(signal),
  progress: (_, part, told, cause) => terminal.print(progressLine({ part, told, cause }, issuer, terminal)),
})

/** @throws Fault `OUTPUT_UNWRITABLE`, and `SECRET_IN_OUTPUT` instead of a file that would show one */
async function recordLooks(
  file: string,
  { farSide: { issuer, imap } }: LiveSettings,
  { looks, scanners }: Verified,
  terminal: Terminal,
): Promise<void> {
  const recordedOn = new Date().toISOString().slice(0, 10)
  const at = { recordedOn, issuer, imap: `${imap.host}:${imap.port}` }
  await writeWhole(file, makeRecording(looks, at, scanners))
  terminal.print(`What was seen of the servers: ${file}. Look at it before you commit it.`)
}
