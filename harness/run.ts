import type { Report } from './model/report.ts'
import { judge } from './judge.ts'
import { makeReport } from './make-report.ts'
import { type Catalogue, makePlan } from './plan.ts'
import { playAll } from './play-all.ts'
import { type RunPorts, type RunSettings, circumstances, judgeOptions } from './run-settings.ts'

/** The route: settings → plan → worlds and stages → journals → verdicts → report. */
export async function run(settings: RunSettings, catalogue: Catalogue, ports: RunPorts): Promise<Report> {
  const started = ports.stopwatch()
  const plan = makePlan(settings.selection, catalogue)
  const played = await playAll(plan.plays, settings, ports)
  const journals = played.plays.map(({ journal }) => journal)
  const verdicts = plan.checks.map((check) => judge(check, journals, judgeOptions(settings, played)))
  return makeReport(plan, verdicts, circumstances(settings, catalogue, played, started()))
}
