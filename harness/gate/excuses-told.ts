import type { ObservedConfiguration } from '../model/configuration.ts'
import type { Check } from '../model/check.ts'
import type { Journal, Observation } from '../model/observation.ts'
import type { Baseline } from './baseline-file.ts'
import type { Excused } from './excuses.ts'
import { type PlacedWaiver, names } from './waivers.ts'

/** A journal to which is added what became of waivers and baseline: that is known only when the rest was judged. */
export function withExcusesTold(
  journal: Journal,
  { uses, gone }: Excused,
  baseline: Baseline | undefined,
  checks: readonly Check[],
): Journal {
  const last = journal.observations.findLast(({ stream }) => stream === 'configuration')
  let position = last?.position ?? 0
  const observed = <T extends keyof ObservedConfiguration>(type: T, fields: ObservedConfiguration[T]): Observation => {
    const header = { type, stream: 'configuration', position: (position += 1), at: 0, phase: 'start' } as const
    return Object.freeze({ ...header, fields: Object.freeze(fields) }) as Observation
  }
  const told = [
    ...[...uses].map(([waiver, covers]) => observed('config.waiver', { ...factsOf(waiver, checks), covers })),
    ...gone.map(({ rule, path, since, times, line, column }) =>
      observed('config.gone', { file: baseline!.file, line, column, rule, path, since, times }),
    ),
  ]
  return told.length === 0 ? journal : Object.freeze({ ...journal, observations: [...journal.observations, ...told] })
}

const demanding = ['RFC', 'Google', 'ASVS']

function factsOf(
  waiver: PlacedWaiver,
  checks: readonly Check[],
): Omit<ObservedConfiguration['config.waiver'], 'covers'> {
  const { file, line, column, rule, path, reason, expires, by, inherited } = waiver
  const named = checks.filter(({ id }) => names(waiver, id))
  const standards = named.filter(({ level, requiredBy }) => level === 'MUST' && demanding.includes(requiredBy)).length
  return { file, line, column, rule, path, reason, expires, by, inherited, rules: named.length, standards }
}
