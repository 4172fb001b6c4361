import type { Check } from './model/check.ts'
import { Fault } from './model/fault.ts'
import type { Door } from './model/observation.ts'
import type { Scenario } from './model/scenario.ts'
import { globPattern } from './glob.ts'
import { nearest } from './nearest.ts'

/** What is required and how it is provoked; arrives as an argument, so that the machine knows no single check. */
export interface Catalogue {
  readonly version: number
  readonly checks: readonly Check[]
  readonly scenarios: readonly Scenario[]
}

export interface Selection {
  /** Globs of check ids; empty means all. */
  readonly only: readonly string[]
  /** Step numbers; empty means all. */
  readonly steps: readonly number[]
  /** Only checks of which this one scenario tells something, and only by it. */
  readonly scenario?: string
  /** Only what changed since this commit is looked at. */
  readonly changedSince?: string
}

/** One scenario to be played in one world. */
export interface Play {
  readonly scenario: Scenario
  readonly door: Door
}

export interface Plan {
  readonly checks: readonly Check[]
  readonly plays: readonly Play[]
  /** Every check of the catalogue was selected. */
  readonly complete: boolean
}

/** @throws Fault `UNKNOWN_NAME` when a selection matches nothing, with the nearest name that exists */
export function makePlan({ only, steps, scenario }: Selection, catalogue: Catalogue): Plan {
  const patterns = only.map((glob) => ({ glob, pattern: globPattern(glob) }))
  for (const { glob, pattern } of patterns) {
    if (catalogue.checks.some(({ id }) => pattern.test(id))) continue
    const ids = catalogue.checks.map(({ id }) => id)
    throw new Fault(
      'UNKNOWN_NAME',
      `No check is named ${glob}.`,
      `Did you mean ${nearest(glob, ids)}? \`oauth-imap list\` shows all.`,
    )
  }
  const checks = catalogue.checks.filter(
    ({ id, step, scenarios }) =>
      (scenario === undefined || scenarios.includes(scenario)) &&
      (patterns.length === 0 || patterns.some(({ pattern }) => pattern.test(id))) &&
      (steps.length === 0 || steps.includes(step)),
  )
  if (checks.length === 0)
    throw new Fault(
      'UNKNOWN_NAME',
      'No check is left by this selection.',
      'Drop --only or --step, or look at `oauth-imap list`.',
    )
  const needed = new Set(
    checks.flatMap((check) => [...check.scenarios, ...(check.control?.twin ? [check.control.twin] : [])]),
  )
  const plays = catalogue.scenarios
    .filter(({ id }) => needed.has(id))
    .flatMap((played) => played.doors.map((door) => ({ scenario: played, door })))
  return { checks, plays, complete: checks.length === catalogue.checks.length }
}
