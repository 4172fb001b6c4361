import { Fault } from '../../model/fault.ts'
import type { Check } from '../../model/check.ts'
import type { Report, VariantReport } from '../../model/report.ts'
import { worst } from '../../model/verdict.ts'
import { type Catalogue, makePlan } from '../../plan.ts'
import { reportOfResults, subjectOf } from '../results/live-report.ts'
import type { LiveResult } from '../results/result.ts'
import { damaged } from './log-faults.ts'
import type { LogContents, LogHeader, LoggedAccount } from './log-lines.ts'
import { parseShard } from './shard.ts'

/** A log and the name under which it was given. */
export interface NamedLog {
  readonly name: string
  readonly log: LogContents
}

export interface MergeOptions {
  readonly catalogue: Catalogue
  readonly tool: Report['tool']
  /** A violated SHOULD fails too, also where the runs were told otherwise. */
  readonly strict: boolean
}

export interface Merged {
  readonly report: Report
  /** What is known to be missing, for a person; where anything is, the report calls itself interrupted. */
  readonly missing: readonly string[]
}

/**
 * Logs of runs that were asked for the same, such as the shards of one fleet, as one report: the same that one run over
 * all of it would have written, but for its times; pure.
 *
 * @param logs at least one
 * @throws Fault `SETTINGS_INVALID` for what is no log, `USAGE` for logs that do not belong together
 */
export function mergeLogs(logs: readonly NamedLog[], { catalogue, tool, strict }: MergeOptions): Merged {
  const headers = logs.map(headerOf)
  const [{ asked }] = headers as [LogHeader]
  if (asked.tool !== tool.version || asked.catalogue !== catalogue.version)
    throw new Fault(
      'USAGE',
      `${logs[0]!.name} was written by version ${asked.tool} with catalogue ${asked.catalogue}; this is ${tool.version} with ${catalogue.version}.`,
      'Merge with the version that ran.',
    )
  const plan = makePlan(asked.selection, catalogue)
  const missing = missingOf(logs, headers)
  const accounts = accountsOf(logs)
  const read = [...serversOf(logs), ...accounts.map(({ result }) => result)]
  const results = strict && !asked.strict ? read.map((result) => stricter(result, plan.checks)) : read
  const { issuer, imap, selection } = asked
  const report = reportOfResults(plan, results, {
    ...{ tool, issuer, imap, selection, ...circumstancesOf(logs) },
    catalogue: { version: catalogue.version, checks: catalogue.checks.length },
    subject: subjectOf(accounts.flatMap(({ result }) => result.account?.address ?? [])),
    strict: strict || asked.strict,
    interrupted: missing.length > 0,
  })
  return { report: missing.length > 0 ? unfinished(report, missing) : report, missing }
}

/** Nobody knows what is missing, so it cannot be in order. */
const unfinished = (report: Report, missing: readonly string[]): Report => ({
  ...report,
  ...(report.live === undefined ? {} : { live: { ...report.live, missing } }),
  verdict: report.verdict === 'fail' ? 'fail' : worst([report.verdict, 'inconclusive']),
})

function headerOf({ name, log }: NamedLog, _: number, logs: readonly NamedLog[]): LogHeader {
  if (log.header === undefined)
    throw new Fault('SETTINGS_INVALID', `${name} is no log of live runs.`, 'Give what --log named.')
  if (log.damaged !== undefined) throw damaged(name, log.damaged, 'It was changed since: leave it out.')
  if (log.header.fingerprint !== logs[0]!.log.header?.fingerprint)
    throw new Fault('USAGE', `${name} and ${logs[0]!.name} were asked for different things.`, 'Merge them apart.')
  return log.header
}

/** Shards of which nothing was given, and runs that did not come to their end. */
function missingOf(logs: readonly NamedLog[], headers: readonly LogHeader[]): readonly string[] {
  const shards = headers.flatMap(({ shard }) => (shard === undefined ? [] : (parseShard(shard) ?? [])))
  const of = Math.max(0, ...shards.map((shard) => shard.of))
  if (shards.some((shard) => shard.of !== of))
    throw new Fault('USAGE', 'These are shards of different numbers of parts.', 'Merge them apart.')
  const isWhole = coversShards(logs)
  const given = new Set(shards.map(({ index }) => index))
  const absent = Array.from({ length: isWhole ? 0 : of }, (_, index) => index + 1).filter((index) => !given.has(index))
  const short = logs
    .filter(({ log }) => !log.ended)
    .map(({ name, log }) => {
      const asked = log.runs.at(-1)?.accounts ?? 0
      return `${name} was cut short: ${log.accounts.size} of ${asked} accounts`
    })
  return [...absent.map((index) => `shard ${index}/${of}`), ...short]
}

/** Whether a log of no shard holds every account of the shards: another list’s says nothing of what they lack. */
function coversShards(logs: readonly NamedLog[]): boolean {
  const isShard = ({ log }: NamedLog): boolean => log.header?.shard !== undefined
  const whole = logs.filter((one) => !isShard(one))
  const held = new Set(whole.flatMap(({ log }) => [...log.accounts.keys()]))
  return (
    whole.length > 0 && logs.filter(isShard).every(({ log }) => [...log.accounts.keys()].every((key) => held.has(key)))
  )
}

/** Of an account that stands in several logs the newer row counts. In the order of the list from which they come. */
function accountsOf(logs: readonly NamedLog[]): readonly LoggedAccount[] {
  const newest = new Map<string, LoggedAccount>()
  for (const [key, account] of logs.flatMap(({ log }) => [...log.accounts])) {
    const before = newest.get(key)
    if (before === undefined || startOf(before) <= startOf(account)) newest.set(key, account)
  }
  return [...newest].toSorted(([a, x], [b, y]) => x.place - y.place || (a < b ? -1 : 1)).map(([, account]) => account)
}

const startOf = ({ result }: LoggedAccount): number => Date.parse(result.account?.startedAt ?? '')

/** Each shard asks the servers; what they told alike is told once, and what differed stands side by side. */
function serversOf(logs: readonly NamedLog[]): readonly LiveResult[] {
  const told = logs.flatMap(({ log }) => log.servers ?? [])
  return [...new Map(told.map((result) => [tellingOf(result), result])).values()]
}

const tellingOf = ({ variants, compared, controls }: LiveResult): string =>
  JSON.stringify([
    Object.entries(variants).map(([id, { verdict, reason }]) => [id, verdict, reason]),
    compared,
    controls,
  ])

function circumstancesOf(logs: readonly NamedLog[]) {
  const runs = logs.flatMap(({ log }) => log.runs)
  const startedAt = runs.map((run) => run.startedAt).toSorted()[0] ?? ''
  const lastAt =
    logs
      .map(({ log }) => log.lastAt)
      .toSorted()
      .at(-1) ?? startedAt
  return {
    runtime: [...new Set(runs.map(({ runtime }) => runtime))].join(', '),
    instruments: [...new Set(runs.flatMap(({ instruments }) => instruments))],
    lanes: Math.max(0, ...runs.map(({ lanes }) => lanes)),
    startedAt,
    durationMs: Date.parse(lastAt) - Date.parse(startedAt),
  }
}

/** As if the run had been told that a violated SHOULD fails. */
function stricter(result: LiveResult, checks: readonly Check[]): LiveResult {
  const levels = new Map(checks.map(({ id, level }) => [id, level]))
  const raise = ([id, variant]: [string, VariantReport]): [string, VariantReport] =>
    variant.verdict === 'warn' && levels.get(id) === 'SHOULD' ? [id, { ...variant, verdict: 'fail' }] : [id, variant]
  const variants = Object.fromEntries(Object.entries(result.variants).map(raise))
  const { account } = result
  if (account === undefined) return { ...result, variants }
  const verdict = worst([account.verdict, ...Object.values(variants).map((variant) => variant.verdict)])
  return { ...result, variants, account: { ...account, verdict } }
}
