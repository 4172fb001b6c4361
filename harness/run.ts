import type { Report } from './model/report.ts'
import { judge } from './judge.ts'
import { gateFindings } from './gate-findings.ts'
import { withoutUndermined } from './undermined.ts'
import { makeReport } from './make-report.ts'
import { type Catalogue, makePlan } from './plan.ts'
import { playAll } from './play-all.ts'
import { type RunPorts, type RunSettings, circumstances, judgeOptions } from './run-settings.ts'
import { withoutSecrets } from './secret-gate.ts'

/**
 * The route: settings → plan → worlds and stages → journals → verdicts → report.
 *
 * @throws Fault among others `SECRET_IN_OUTPUT`, instead of a report that would show a secret
 */
export async function run(settings: RunSettings, catalogue: Catalogue, ports: RunPorts): Promise<Report> {
  const started = ports.stopwatch()
  const plan = makePlan(settings.selection, catalogue)
  const played = await playAll(plan.plays, settings, ports)
  const journals = played.plays.map(({ journal }) => journal)
  const judged = plan.checks.map((check) => judge(check, journals, judgeOptions(settings, played)))
  const verdicts = withoutUndermined(plan.checks, judged)
  const known = circumstances(settings, catalogue, played, started())
  const findings = gateFindings(plan.checks, journals, { strict: settings.strict, path: (_, file) => file })
  const report = makeReport(plan, verdicts, { ...known, findings })
  return withoutSecrets(report, played.scanners)
}
