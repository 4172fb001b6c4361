import type { AccountRow, DriftRow, LiveReport, VariantReport } from '../../model/report.ts'
import type { ObservedLive } from '../../model/live.ts'
import type { Check } from '../../model/check.ts'
import type { DriftState } from '../../model/drift.ts'
import { type Journal, all } from '../../model/observation.ts'
import { worst } from '../../model/verdict.ts'
import { type JudgeOptions, judge } from '../../judge.ts'
import { causeText } from '../causes-elsewhere.ts'
import type { Spent } from '../lines/lines.ts'

/** What came of one journal: all that is kept of it, plain JSON. */
export interface LiveResult {
  /** Absent for what belongs to no account. */
  readonly account?: AccountRow
  /** By check id. */
  readonly variants: Readonly<Record<string, VariantReport>>
  /** Checks of other journals whose control passed in this one, by id. */
  readonly controls?: readonly string[]
  /** Everything that was compared, what is the same too: who looked knows more than who had no occasion to. */
  readonly compared: readonly ObservedLive['drift.compared'][]
  readonly spent: Spent
}

/** Scenarios of a live run. */
export const serversScenario = 'live-servers'
export const accountScenario = 'live-account'

/** What a journal does not hold. */
interface Told {
  readonly address?: string
  /** Whose causes are told; Google’s unless another is named. */
  readonly issuer?: string
  readonly startedAt: string
  readonly durationMs: number
}

/** Judges one journal by every check that it tells something of; pure. */
export function resultOf(journal: Journal, checks: readonly Check[], options: JudgeOptions, told: Told): LiveResult {
  const own = checks.filter(({ scenarios }) => scenarios.includes(journal.scenario))
  const variants = Object.fromEntries(
    own.flatMap((check) =>
      judge(withoutTwin(check), [journal], options).variants.map((variant) => [check.id, variant] as const),
    ),
  )
  const controls = checks.filter(({ control }) => control?.twin === journal.scenario && control.passed(journal))
  return {
    ...(journal.account === undefined ? {} : { account: rowOf(journal, variants, told) }),
    variants,
    ...(controls.length === 0 ? {} : { controls: controls.map(({ id }) => id) }),
    compared: all(journal, 'drift.compared').map(({ fields }) => fields),
    spent: all(journal, 'live.spent').at(-1)?.fields ?? { received: 0, sent: 0, connections: 0, mostAtOnce: 0 },
  }
}

/** A control in another journal is told when all journals are there: see `checkReportsOf`. */
function withoutTwin(check: Check): Check {
  if (check.control?.twin === undefined) return check
  const { control: _, ...alone } = check
  return alone
}

function rowOf(
  journal: Journal,
  variants: LiveResult['variants'],
  { address = '', issuer, startedAt, durationMs }: Told,
): AccountRow {
  const trouble = all(journal, 'live.trouble')[0]?.fields
  return {
    key: journal.account!,
    address,
    verdict: worst(Object.values(variants).map(({ verdict }) => verdict)),
    ...(trouble === undefined
      ? {}
      : { cause: { id: trouble.cause, ...causeText(trouble.cause, issuer), said: trouble.said } }),
    startedAt,
    durationMs,
  }
}

/** Several results as one report tells them; pure. */
export function liveReportOf(results: readonly LiveResult[], at: Pick<LiveReport, 'issuer' | 'imap'>): LiveReport {
  const spent = results.map((result) => result.spent)
  const sum = (of: (spent: Spent) => number): number => spent.reduce((total, each) => total + of(each), 0)
  return {
    ...at,
    accounts: results.flatMap(({ account }) => (account === undefined ? [] : [account])),
    spent: {
      received: sum(({ received }) => received),
      sent: sum(({ sent }) => sent),
      connections: sum(({ connections }) => connections),
      mostAtOnce: Math.max(0, ...spent.map(({ mostAtOnce }) => mostAtOnce)),
    },
    drift: driftOf(results),
  }
}

/** Of one fact the state that says most: what differs before what does not, and that before what nobody saw. */
const telling: readonly DriftState[] = ['unknown', 'known', 'same', 'not-observed']

function driftOf(results: readonly LiveResult[]): readonly DriftRow[] {
  const rows = new Map<string, ObservedLive['drift.compared']>()
  for (const row of results.flatMap(({ compared }) => compared)) {
    const key = JSON.stringify([row.area, row.look, row.fact])
    const before = rows.get(key)
    if (before === undefined || telling.indexOf(row.state) < telling.indexOf(before.state)) rows.set(key, row)
  }
  // What one journal had no occasion to look at, another may have looked at.
  const seen = new Set([...rows.values()].filter(({ fact }) => fact !== '').map(({ area, look }) => `${area}/${look}`))
  return [...rows.values()].filter(
    (row): row is typeof row & DriftRow =>
      row.state !== 'same' && !(row.state === 'not-observed' && seen.has(`${row.area}/${row.look}`)),
  )
}
