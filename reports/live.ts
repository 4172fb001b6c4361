import type { AccountRow, CheckReport, DriftRow, LiveReport, Report, VariantReport } from '../harness/model/report.ts'
import { interruptedReason } from '../harness/model/live.ts'
import { type VerdictWord, onScreen } from '../harness/model/verdict.ts'

/** More than one account was verified; of a single one the whole report tells. */
export const isOfAccounts = ({ live }: Report): boolean => (live?.accounts.length ?? 0) > 1

const order: readonly VerdictWord[] = ['fail', 'error', 'inconclusive', 'warn', 'pass', 'inapplicable']
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** One account as it is told: what came of it, and what it is that is not in order. */
export interface ToldAccount {
  readonly row: AccountRow
  /** The cause, or else the checks that did not pass; empty where everything did, and where it is told by others alone. */
  readonly why: readonly string[]
}

/** All accounts, the worst first. */
export function accountsOf(report: Report): readonly ToldAccount[] {
  const { accounts = [] } = report.live ?? {}
  const bad = notPassed(report)
  return accounts
    .toSorted(
      (a, b) =>
        order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
        byCodeUnit(a.cause?.id ?? '', b.cause?.id ?? '') ||
        byCodeUnit(a.address, b.address) ||
        byCodeUnit(a.key, b.key),
    )
    .map((row) => ({ row, why: row.cause === undefined ? (bad.get(row.key) ?? []) : [row.cause.id] }))
}

/** By account, the checks that did not pass for it. */
function notPassed({ checks }: Report): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>()
  for (const { id, variants } of checks)
    for (const { account, verdict } of variants) {
      if (account === undefined || verdict === 'pass' || verdict === 'inapplicable') continue
      ids.set(account, [...(ids.get(account) ?? []), id])
    }
  return ids
}

export const accountWord = ({ verdict }: AccountRow): string => onScreen[verdict]

/** Whom a cause kept from conforming; the cause as the first of them met it. */
export interface ToldCause {
  readonly verdict: VerdictWord
  readonly cause: NonNullable<AccountRow['cause']>
  readonly accounts: readonly AccountRow[]
}

/** Each cause once, the worst first, however many accounts have it. */
export function causesOf(report: Report): readonly ToldCause[] {
  const rows = accountsOf(report).flatMap(({ row }) => (row.cause === undefined ? [] : [row]))
  return [...Map.groupBy(rows, (row) => row.cause!.id).values()].map((accounts) => ({
    verdict: accounts[0]!.verdict,
    cause: accounts[0]!.cause!,
    accounts,
  }))
}

export interface SortedDrift {
  /** What nobody knew of: it makes checks stale. */
  readonly unknown: readonly DriftRow[]
  /** What somebody looked at before, with its day. */
  readonly known: readonly DriftRow[]
  /** Which looks were not made. */
  readonly unseen: readonly string[]
}

export function driftOf({ live }: Report): SortedDrift {
  const rows = live?.drift ?? []
  return {
    unknown: rows.filter(({ state }) => state === 'unknown'),
    known: rows.filter(({ state }) => state === 'known'),
    unseen: rows
      .filter(({ state }) => state === 'not-observed')
      .map(({ area, look, fact }) => [area, look, ...(fact === '' ? [] : [fact])].join('/')),
  }
}

/** What stands above it: nothing is wrong where nothing new is there. */
export function driftTitle(report: Report): string {
  const { unknown, known } = driftOf(report)
  if (unknown.length > 0) return 'Drift: what is not as our fixtures say'
  return known.length > 0 ? 'Drift: nothing but what is known' : 'Drift: what was not looked at'
}

export interface KnownSince {
  readonly since: string
  /** Such as `imap-capability APPENDLIMIT`, each once however many looks showed it. */
  readonly facts: readonly string[]
}

/** What is known, by its day, the oldest first. */
export function knownByDay(report: Report): readonly KnownSince[] {
  const days = Map.groupBy(driftOf(report).known, ({ since }) => since ?? 'earlier')
  return [...days]
    .map(([since, rows]) => ({ since, facts: [...new Set(rows.map(({ area, fact }) => `${area} ${fact}`))] }))
    .toSorted((a, b) => byCodeUnit(a.since, b.since))
}

/** Such as `imap-capability, before-login: XLIST`. */
export const placeOfFact = ({ area, look, fact }: DriftRow): string => `${area}, ${look}: ${fact}`

/** What is missing has no value that could be taken for one. */
export const side = (value: string | null): string => value ?? '(not there)'

export const knownText = ({ since, note }: DriftRow): string | undefined =>
  since === null ? undefined : `known since ${since}${note === null ? '' : `: ${note}`}`

/** The checks whose stories rest on what is no longer so, each once. */
export const staleChecks = ({ checks }: Report): readonly string[] => [
  ...new Set(checks.flatMap(({ stale = [] }) => stale)),
]

const digits = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** What a live run took from the line. */
export function costText({ accounts, spent: { received, sent, connections, mostAtOnce } }: LiveReport): string {
  // Each account has its own bound, and several are asked at a time.
  const each = accounts.length > 1 ? ' for one account' : ''
  const most = connections === 1 ? 'connection' : `connections, at most ${mostAtOnce} at a time${each}`
  return `${digits(received)} octets received, ${digits(sent)} sent, ${digits(connections)} ${most}`
}

/** Whether the cause of an account, or the interruption of the run, tells already why this could not be told. */
export function isExplained(report: Report, check: CheckReport): (variant: VariantReport) => boolean {
  const { live, interrupted } = report
  if (live === undefined) return () => false
  const causes = new Set(live.accounts.filter(({ cause }) => cause !== undefined).map(({ key }) => key))
  const open = check.variants.filter(({ verdict, account }) => verdict === 'inconclusive' && account !== undefined)
  // Of many that fared alike some are told, and the others are as they are.
  const isAll = open.length > 0 && open.every(({ account }) => causes.has(account!))
  // A control that only an account can pass had none to pass it.
  const isNobody = interrupted || (live.accounts.length > 0 && live.accounts.every(({ key }) => causes.has(key)))
  const ofNobody = (variant: VariantReport): boolean =>
    whoIn(variant) === 'further accounts' ? isAll : isNobody && variant.control?.passed === false
  return (variant) =>
    variant.verdict === 'inconclusive' &&
    ((interrupted && variant.reason === interruptedReason) ||
      (variant.account === undefined ? ofNobody(variant) : causes.has(variant.account)))
}

/** Who a variant of a live run is about; undefined for every other variant. */
export function whoIn({ account, scenario }: VariantReport): string | undefined {
  if (account !== undefined) return `account ${account}`
  if (scenario === 'live-servers') return 'the servers'
  return scenario === 'live-account' ? 'further accounts' : undefined
}
