import { Fault } from '../model/fault.ts'
import { writeWhole } from '../runtime/files.ts'
import { join, relative, resolve } from '../runtime/path.ts'
import { type BaselineEntry, baselineText, fromBaseline, kindOf, ownBaseline, readBaseline } from './baseline-file.ts'
import type { ExcusedProject } from './excused-project.ts'

/** What is to be written where; nothing is written yet. */
export interface BaselinePlan {
  /** As whoever asked would name it. */
  readonly file: string
  readonly findings: number
  /** Entries that were there and occur no longer. */
  readonly pruned: number
  /** Later checks will read it there. */
  readonly isRead: boolean
  readonly text: string
}

/**
 * What today’s violations make of a project’s baseline. What it knew already keeps its day, and what occurs no longer goes.
 *
 * @param named where it is to lie, from where the command was given; where the gate file says unless told
 * @throws Fault `USAGE` for a project in memory, `SETTINGS_INVALID` for a file that is there and is no baseline
 */
export async function planBaseline(
  { policy: { project, found }, excused }: ExcusedProject,
  named: string | undefined,
  today: string,
): Promise<BaselinePlan> {
  const { name, directory } = project
  if (directory === undefined)
    throw new Fault('USAGE', `${name} is no folder, so it can have no baseline.`, 'Name a project folder.')
  const place = named === undefined ? ownBaseline(found) : relative(resolve(directory), resolve(named))
  const before = (await readBaseline(project, place)) ?? []
  const path = fromBaseline(project, place)
  const kinds = Map.groupBy(
    excused.unwaived.map(({ fingerprint }) => ({ ...fingerprint, path: path(fingerprint.path) })),
    kindOf,
  )
  const known = new Map(before.map((entry) => [kindOf(entry), entry]))
  const entries = [...kinds].map(([kind, those]): BaselineEntry => ({
    ...those[0]!,
    times: those.length,
    since: known.get(kind)?.since ?? today,
  }))
  return {
    file: named ?? join(directory, place),
    findings: excused.unwaived.length,
    pruned: before.filter((entry) => !kinds.has(kindOf(entry))).length,
    isRead: resolve(directory, place) === resolve(directory, ownBaseline(found)),
    text: baselineText(entries),
  }
}

/** @throws Fault `OUTPUT_UNWRITABLE` */
export const writeBaseline = ({ file, text }: BaselinePlan): Promise<void> => writeWhole(file, text)
