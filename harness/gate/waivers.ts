import { globPattern } from '../glob.ts'
import type { Place } from '../model/configuration.ts'
import type { Waiver } from './gate-file.ts'
import type { FoundGateFile } from './find-gate-file.ts'
import { below, follow } from './tree.ts'

export interface PlacedWaiver extends Waiver, Place {
  /** It stands in a shared policy. */
  readonly inherited: boolean
}

/** The waivers of a project and of the policies that it builds upon, nearest first. */
export const waiversOf = (found: FoundGateFile | undefined): readonly PlacedWaiver[] =>
  found === undefined
    ? []
    : [found, ...found.policies].flatMap(({ path: file, tree, gate }) =>
        gate.waivers.map((waiver, index) => {
          const { line, column } = follow(tree, below('/waivers', index)) ?? tree
          return { ...waiver, file, line, column, inherited: file !== found.path }
        }),
      )

/** The check of waivers themselves; what excuses cannot be excused. */
export const waiverRule = 'cfg/waivers-current'

export const names = ({ rule }: Waiver, id: string): boolean => id !== waiverRule && globPattern(rule).test(id)

/** Whether it excuses a finding of this rule at this path, from the project’s folder, on this day. */
export const covers = (waiver: Waiver, rule: string, path: string, today: string): boolean =>
  waiver.expires >= today && names(waiver, rule) && globPattern(waiver.path).test(path)
