import type { Report } from './model/report.ts'
import { judge } from './judge.ts'
import { excusing, withExcuses } from './gate/excused-project.ts'
import { gateFindings } from './gate-findings.ts'
import { withoutUndermined } from './undermined.ts'
import { makeReport } from './make-report.ts'
import { type Catalogue, makePlan } from './plan.ts'
import { playAll } from './play-all.ts'
import { type RunPorts, type RunSettings, circumstances, judgeOptions, pathFromHere } from './run-settings.ts'
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
  const asked = { checks: plan.checks, catalogue }
  const told = played.plays.map(({ journal, policy }) =>
    policy === undefined ? { journal } : withExcuses(journal, policy.project, asked, policy.secrets),
  )
  const journals = told.map(({ journal }) => journal)
  const options = { ...judgeOptions(settings, played), ...excusing(told.filter((one) => 'excused' in one)) }
  const judged = plan.checks.map((check) => judge(check, journals, options))
  const verdicts = withoutUndermined(plan.checks, judged)
  const known = circumstances(settings, catalogue, played, started())
  const findings = gateFindings(plan.checks, journals, { ...options, path: (_, file) => pathFromHere(settings, file) })
  const report = makeReport(plan, verdicts, { ...known, findings })
  return withoutSecrets(report, played.scanners)
}
