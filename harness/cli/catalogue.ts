import { catalogueVersion, checks } from '../../suites/catalogue/index.ts'
import { scenarios } from '../../suites/scenarios/index.ts'
import { Fault } from '../model/fault.ts'
import { nearest } from '../nearest.ts'
import type { Check } from '../model/check.ts'
import type { Catalogue } from '../plan.ts'

export const catalogue: Catalogue = { version: catalogueVersion, checks, scenarios }

/** @throws Fault `UNKNOWN_NAME` with the nearest id that exists */
export function findCheck(id: string): Check {
  const found = checks.find((check) => check.id === id)
  if (found !== undefined) return found
  const ids = checks.map((check) => check.id)
  throw new Fault(
    'UNKNOWN_NAME',
    `No check is named ${id}.`,
    `Did you mean ${nearest(id, ids)}? \`oauth-imap list\` shows all.`,
  )
}
