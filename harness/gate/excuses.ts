import type { Catalogue } from '../plan.ts'
import { findingsIn } from '../judge.ts'
import { type Check, aspectOf } from '../model/check.ts'
import { type Journal, all } from '../model/observation.ts'
import type { Excuse } from '../model/report.ts'
import { type Baseline, type BaselineEntry, fromBaseline, kindOf } from './baseline-file.ts'
import { type Fingerprinted, fingerprinted } from './baseline-fingerprint.ts'
import type { Project } from './project.ts'
import { type PlacedWaiver, covers, names, waiverRule } from './waivers.ts'

/** What a project says about its findings, in its own files and in those that it builds upon. */
export interface Excusing {
  readonly waivers: readonly PlacedWaiver[]
  readonly baseline: Baseline | undefined
}

/** What is excused in one configuration, and what became of what could excuse. */
export interface Excused {
  /** By `Fingerprinted.key`. */
  readonly excuses: ReadonlyMap<string, Excuse>
  /** Findings that each waiver covers; null where not all of its rules could be judged. */
  readonly uses: ReadonlyMap<PlacedWaiver, number | null>
  /** Entries of the baseline that occur less often than it says, `times` by how much. */
  readonly gone: readonly Baseline['entries'][number][]
  /** Everything that could be in a baseline: what no waiver covers. */
  readonly unwaived: readonly Fingerprinted[]
}

export interface Asked {
  readonly checks: readonly Check[]
  readonly catalogue: Catalogue
  readonly today: string
}

/** Decides what a project’s waivers and its baseline excuse; pure. A waiver goes before the baseline. */
export function excuse(journal: Journal, project: Project, said: Excusing, asked: Asked): Excused {
  const { violations, undecided } = lookedAt(journal, asked.checks)
  const isDecided = decides(journal, undecided, asked)
  const waived = new Map(
    violations
      .map((one) => [one, coverOf(one, said.waivers, asked.today)] as const)
      .filter(([, by]) => by !== undefined),
  ) as Map<Fingerprinted, PlacedWaiver>
  const unwaived = violations.filter((one) => !waived.has(one) && !never.has(one.check.id))
  const { known, gone } = compare(unwaived, said.baseline, project)
  return {
    excuses: new Map([
      ...[...waived].map(([{ key }, waiver]) => [key, byWaiver(waiver)] as const),
      ...[...known].map(([{ key }, entry]) => [key, byBaseline(entry)] as const),
    ]),
    uses: new Map(
      said.waivers.map((waiver) => {
        const rules = asked.catalogue.checks.filter(({ id }) => names(waiver, id))
        const used = [...waived.values()].filter((by) => by === waiver).length
        return [waiver, used > 0 || rules.every(isDecided) ? used : null]
      }),
    ),
    gone: said.baseline?.inherited === true ? [] : gone.filter(({ rule }) => isDecided({ id: rule })),
    unwaived,
  }
}

/** What tells that nothing can be told, or that an excuse is worth nothing, stays. */
const never: ReadonlySet<string> = new Set([waiverRule, 'cfg/readable'])

const byWaiver = ({ reason, expires }: PlacedWaiver): Excuse => ({ by: 'waiver', reason, expires })
const byBaseline = ({ since }: BaselineEntry): Excuse => ({ by: 'baseline', reason: `there since ${since}` })

const coverOf = (
  { fingerprint: { rule, path } }: Fingerprinted,
  waivers: readonly PlacedWaiver[],
  today: string,
): PlacedWaiver | undefined => waivers.find((waiver) => covers(waiver, rule, path, today))

/** Every violation once, in the order of the checks, and the rules that could not decide everything. */
function lookedAt(
  journal: Journal,
  checks: readonly Check[],
): { readonly violations: readonly Fingerprinted[]; readonly undecided: ReadonlySet<string> } {
  const violations = new Map<string, Fingerprinted>()
  const undecided = new Set<string>()
  for (const check of checks) {
    if (!check.scenarios.includes(journal.scenario)) continue
    try {
      if (aspectOf(check, journal).inapplicable?.(journal) !== undefined) continue
      for (const finding of findingsIn(check, journal)) {
        if (finding.finding === 'undecided' || finding.finding === 'unreadable') undecided.add(check.id)
        if (finding.finding !== 'violated') continue
        const one = fingerprinted(check, finding, journal)
        if (!violations.has(one.key)) violations.set(one.key, one)
      }
    } catch {
      // Judging tells it as a fault of ours; here it only means that nothing is known.
      undecided.add(check.id)
    }
  }
  return { violations: [...violations.values()], undecided }
}

/** Whether a rule was judged on all that there is: only then does an excuse that nothing needs tell anything. */
function decides(journal: Journal, undecided: ReadonlySet<string>, { checks, catalogue }: Asked) {
  const unread = all(journal, 'config.file').some(({ fields }) => fields.problem !== undefined)
  const partly = all(journal, 'repository.begun').some(({ fields }) => partial.has(fields.history))
  const selected = new Set(checks.map(({ id }) => id))
  const open = catalogue.checks
    .filter(({ scenarios }) => scenarios.includes(journal.scenario))
    .filter((check) => !selected.has(check.id) || (partly && looksAtRepository(check, journal)))
  const left = new Set(open.map(({ id }) => id))
  return ({ id }: Pick<Check, 'id'>): boolean => !unread && !undecided.has(id) && !left.has(id)
}

/** Commits may hold what was not looked at. */
const partial: ReadonlySet<string> = new Set(['not asked', 'shallow', 'cut'])
const looksAtRepository = (check: Check, journal: Journal): boolean =>
  aspectOf(check, journal).observes.types.some((type) => type.startsWith('repository.'))

/** Of each kind of finding the baseline knows so many; whatever is beyond that is new. */
function compare(found: readonly Fingerprinted[], baseline: Baseline | undefined, project: Project) {
  const path = fromBaseline(project, baseline?.file ?? '')
  const kinds = Map.groupBy(found, ({ fingerprint }) => kindOf({ ...fingerprint, path: path(fingerprint.path) }))
  const known = new Map<Fingerprinted, BaselineEntry>()
  const gone = (baseline?.entries ?? []).flatMap((entry) => {
    const those = kinds.get(kindOf(entry)) ?? []
    for (const one of those.slice(0, entry.times)) known.set(one, entry)
    return those.length < entry.times ? [{ ...entry, times: entry.times - those.length }] : []
  })
  return { known, gone }
}
