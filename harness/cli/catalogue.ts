import { catalogueVersion, checks, liveChecks } from '../../suites/catalogue/index.ts'
import { scenarios } from '../../suites/scenarios/index.ts'
import { Fault } from '../model/fault.ts'
import { nearest } from '../nearest.ts'
import type { Check } from '../model/check.ts'
import type { Catalogue } from '../plan.ts'

export const catalogue: Catalogue = { version: catalogueVersion, checks, scenarios }

/** Of live runs, which play no scenario of the others. */
export const liveCatalogue: Catalogue = { version: catalogueVersion, checks: liveChecks, scenarios: [] }

/** Every check there is, for whoever reads about them. */
export const allChecks: readonly Check[] = [...checks, ...liveChecks]

/** The same in the order of the twelve steps. */
export const checksByStep: readonly Check[] = allChecks.toSorted((a, b) => a.step - b.step)

/** The commands that judge a check. */
export function judgedBy({ id, scenarios: played }: Check): readonly ('check' | 'run' | 'live')[] {
  if (liveChecks.some((check) => check.id === id)) return ['live']
  return played.includes('configuration') ? ['check', 'run'] : ['run']
}

/** @throws Fault `UNKNOWN_NAME` with the nearest id that exists */
export function findCheck(id: string): Check {
  const found = allChecks.find((check) => check.id === id)
  if (found !== undefined) return found
  const ids = allChecks.map((check) => check.id)
  throw new Fault(
    'UNKNOWN_NAME',
    `No check is named ${id}.`,
    `Did you mean ${nearest(id, ids)}? \`oauth-imap list\` shows all.`,
  )
}
