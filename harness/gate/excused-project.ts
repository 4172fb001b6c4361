import type { JudgeOptions } from '../judge.ts'
import { type Journal, all } from '../model/observation.ts'
import { type Secrets, masked } from '../secrets.ts'
import { type Baseline, findBaseline } from './baseline-file.ts'
import { fingerprinted } from './baseline-fingerprint.ts'
import { type Asked, type Excused, excuse } from './excuses.ts'
import { withExcusesTold } from './excuses-told.ts'
import type { FoundGateFile } from './find-gate-file.ts'
import { nearestSaid } from './policy.ts'
import type { Project } from './project.ts'
import { waiversOf } from './waivers.ts'

/** A project and what it says about its own findings. */
export interface ProjectPolicy {
  readonly project: Project
  readonly found: FoundGateFile | undefined
  readonly baseline: Baseline | undefined
}

/** @throws Fault `SETTINGS_INVALID` for a file that is no baseline */
export const policyOf = async (project: Project, found: FoundGateFile | undefined): Promise<ProjectPolicy> => ({
  project,
  found,
  baseline: await findBaseline(project, found),
})

export interface ExcusedProject {
  /** With what became of waivers and baseline. */
  readonly journal: Journal
  readonly policy: ProjectPolicy
  readonly excused: Excused
}

/** Which findings of a project do not count for now, and what that makes of its waivers and its baseline; pure. */
export function withExcuses(
  journal: Journal,
  policy: ProjectPolicy,
  asked: Omit<Asked, 'today'>,
  secrets: Pick<Secrets, 'mask'>,
): ExcusedProject {
  const { project, found, baseline } = policy
  const today = all(journal, 'config.begun')[0]?.fields.today ?? ''
  const said = { waivers: masked(waiversOf(found), secrets), baseline }
  const excused = excuse(journal, project, said, { ...asked, today })
  return { policy, excused, journal: withExcusesTold(journal, excused, baseline, asked.catalogue.checks) }
}

/** How judging learns of it. */
export function excusing(projects: readonly ExcusedProject[]): Required<Pick<JudgeOptions, 'isStrict' | 'excuse'>> {
  const byJournal = new Map(projects.map((project) => [project.journal, project]))
  return {
    isStrict: (journal) => isStrict(byJournal.get(journal)?.policy.found),
    excuse: (check, violation, journal) =>
      byJournal.get(journal)?.excused.excuses.get(fingerprinted(check, violation, journal).key),
  }
}

const isStrict = (found: FoundGateFile | undefined): boolean =>
  found !== undefined && nearestSaid([found, ...found.policies], ({ strict }) => strict) === true
