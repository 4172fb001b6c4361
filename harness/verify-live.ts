import { openJournal } from './journal.ts'
import { capabilities } from './model/capability.ts'
import { Fault } from './model/fault.ts'
import type { Look } from './model/drift.ts'
import { type LiveCause, type LivePart, interruptedReason } from './model/live.ts'
import type { Report } from './model/report.ts'
import type { ClientCredentials } from './model/world.ts'
import type { JudgeOptions } from './judge.ts'
import { type Catalogue, type Plan, type Selection, makePlan } from './plan.ts'
import { availableInstruments } from './runtime/instruments.ts'
import { runtime } from './runtime/runtime.ts'
import { sealedWithoutSecrets, withoutSecretsIn } from './secret-gate.ts'
import type { Scanner } from './secret-scanner.ts'
import type { Secrets } from './secrets.ts'
import { version } from './version.ts'
import { type LiveContext, shown } from './live/context.ts'
import { type Expectations, compare } from './live/drift/compare.ts'
import { type FarSide, accountKey, maskedAddress } from './live/far-side.ts'
import { createCompactor } from './live/fleet/compact.ts'
import { resultOfFault } from './live/fleet/fault-result.ts'
import type { Budget } from './live/lines/lines.ts'
import { openContext } from './live/open-context.ts'
import { type Told, replayOf, reportOfResults, subjectOf } from './live/results/live-report.ts'
import { type AccountPlan, playAccount } from './live/play-account.ts'
import { playServers } from './live/play-servers.ts'
import { type LiveResult, accountScenario, resultOf, serversScenario } from './live/results/result.ts'
import { LiveTrouble } from './live/trouble.ts'

export interface LiveSettings {
  readonly farSide: FarSide
  readonly client: ClientCredentials
  /** At least one; of several the browser is never asked. */
  readonly accounts: readonly AccountPlan[]
  readonly selection: Selection
  readonly strict: boolean
  readonly includeMail: boolean
  readonly budget: Budget
  /** Accounts at a time. */
  readonly lanes: number
  /** There may be thousands: what passed is told without its evidence, and alike things once. */
  readonly fleet?: boolean
  /** What our fixtures say of the far side; none for another service than Gmail. */
  readonly expectations: Expectations
}

export interface LivePorts {
  /** `account`: masked; undefined for what belongs to none. */
  progress(account: string | undefined, part: LivePart, told: string, cause?: LiveCause): void
  /** Aborted when a person interrupts: what was seen by then is reported. */
  readonly signal: AbortSignal
  stopwatch(): () => { readonly startedAt: string; readonly durationMs: number }
  /** Milliseconds since the Unix epoch. */
  now(): number
  random(length: number): Uint8Array<ArrayBuffer>
  /** Results of an earlier run that was cut short, by the account’s key. */
  readonly finished?: ReadonlyMap<string, LiveResult>
  /**
   * Told of each result, the servers’ too, so that nothing is lost with a run that is killed; waited for. What ends by it
   * ends the run.
   */
  keep?(result: LiveResult): Promise<void>
}

export interface Verified {
  readonly report: Report
  /** For whoever wants to write them down, after a look by all of the scanners. */
  readonly looks: readonly Look[]
  readonly scanners: readonly Scanner[]
}

/**
 * The route of a live run: servers, then each account → journals → verdicts → report. What keeps one account from its end
 * is told in its row and ends no other.
 *
 * @throws Fault `UNKNOWN_NAME` for a selection of nothing, `SECRET_IN_OUTPUT` instead of a report that would show a secret
 */
export async function verifyLive(settings: LiveSettings, catalogue: Catalogue, ports: LivePorts): Promise<Verified> {
  const started = ports.stopwatch()
  const plan = makePlan(settings.selection, catalogue)
  const run: Run = { settings, ports, plan, gathered: new Map(), scanners: [], compact: compactOf(settings) }
  const servers = await verifyServers(run)
  const results = [servers.result, ...(await verifyAccounts(run, servers.trouble))]
  return {
    report: reportOfResults(plan, results, told(settings, catalogue, ports, started())),
    looks: [...run.gathered.values()],
    scanners: run.scanners,
  }
}

interface Run {
  readonly settings: LiveSettings
  readonly ports: LivePorts
  readonly plan: Plan
  /** Looks of all journals, each once however many accounts showed it, by its text. */
  readonly gathered: Map<string, Look>
  /** Each knows the secrets of one journal. */
  readonly scanners: Scanner[]
  compact(result: LiveResult): LiveResult
}

async function verifyServers(
  run: Run,
): Promise<{ readonly result: LiveResult; readonly trouble: LiveTrouble | undefined }> {
  const [first] = run.settings.accounts
  const servers = await observed(run, undefined, (context) => playServers(context, first!.account))
  if (!run.ports.signal.aborted) await run.ports.keep?.(servers.result)
  return servers
}

/** As many at a time as there are lanes; in the order of the settings. */
async function verifyAccounts(run: Run, before: LiveTrouble | undefined): Promise<readonly LiveResult[]> {
  const { settings, ports } = run
  const results: LiveResult[] = []
  const queue = settings.accounts.entries()
  const lane = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true && !ports.signal.aborted; next = queue.next()) {
      const [index, plan] = next.value
      results[index] = ports.finished?.get(await accountKey(plan.account)) ?? (await verifyAccount(run, plan, before))
    }
  }
  const lanes = Array.from({ length: Math.min(settings.lanes, settings.accounts.length) }, lane)
  // What ends one lane must not leave the others behind, still at work.
  const failed = (await Promise.allSettled(lanes)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  // An interruption leaves holes.
  return results.filter((result) => result !== undefined)
}

async function verifyAccount(run: Run, plan: AccountPlan, before: LiveTrouble | undefined): Promise<LiveResult> {
  const { settings, ports, compact } = run
  const started = ports.stopwatch()
  const played = await observed(run, plan.account, async (context) => {
    if (before === undefined) return playAccount(context, plan)
    // Nobody could get any further: the account is told so, and its servers are not asked again.
    const said = shown(before.message, context.secrets)
    context.journal.record('live', 'live.trouble', { part: 'sign-in', cause: before.trouble, said })
    return before
  }).catch(async (error: unknown) => {
    if (settings.accounts.length === 1 && settings.fleet !== true) throw error
    const said = error instanceof Error ? error.message : String(error)
    const row = { key: await accountKey(plan.account), address: maskedAddress(plan.account), said }
    return { result: resultOfFault(row, run.plan.checks, judging(settings), started()) }
  })
  const result = compact(played.result)
  // What was never tried is to be tried by the run that goes on from here.
  if (!ports.signal.aborted && before === undefined) await ports.keep?.(result)
  return result
}

const compactOf = ({ fleet }: LiveSettings): Run['compact'] => (fleet === true ? createCompactor() : (result) => result)

/** Opens a journal, lets it be filled, and judges it. */
async function observed(
  { settings, ports, plan, gathered, scanners }: Run,
  account: string | undefined,
  play: (context: LiveContext) => Promise<LiveTrouble | undefined>,
): Promise<{ readonly result: LiveResult; readonly trouble: LiveTrouble | undefined }> {
  const started = ports.stopwatch()
  const began = ports.now()
  const scenario = account === undefined ? serversScenario : accountScenario
  const key = account === undefined ? {} : { account: await accountKey(account) }
  const journal = openJournal({ scenario, door: 'tls', seed: 0, ...key }, () => ports.now() - began)
  const named = account ?? settings.accounts[0]!.account
  await using opened = openContext(settings, ports, { journal, named, account })
  const { context, secrets } = opened
  const trouble = await play(context).catch((error: unknown) => {
    if (error instanceof LiveTrouble && error.trouble === 'interrupted') return error
    throw withoutSecretsOf(error, secrets)
  })
  const looks = opened.looks()
  for (const fields of compare(looks, settings.expectations)) journal.record('drift', 'drift.compared', fields)
  journal.record('live', 'live.spent', context.lines.spent())
  journal.record('scenario', 'scenario.end', ending(ports.signal))
  const sealed = sealedWithoutSecrets(journal.seal(), secrets.scanner)
  for (const look of withoutSecretsIn(looks, [secrets.scanner])) gathered.set(JSON.stringify(look), look)
  // Each takes a mebioctet, and of a fleet’s accounts what is kept was looked through just now.
  if (settings.fleet !== true || account === undefined) scanners.push(secrets.scanner)
  const result = resultOf(sealed, plan.checks, judging(settings), {
    ...started(),
    issuer: settings.farSide.issuer,
    ...(account === undefined ? {} : { address: maskedAddress(account) }),
  })
  return { result: withoutSecretsIn(result, [secrets.scanner]), trouble }
}

/** What a fault of ours says may hold anything. */
const withoutSecretsOf = (error: unknown, secrets: Secrets): Error =>
  error instanceof Fault
    ? error
    : new Error(shown(error instanceof Error ? error.message : String(error), secrets), { cause: error })

const ending = ({ aborted }: AbortSignal) =>
  aborted ? { completed: false, reason: interruptedReason, cause: 'interruption' as const } : { completed: true }

const judging = ({ strict }: LiveSettings): JudgeOptions => ({
  capabilities: new Set(capabilities),
  instruments: new Set(availableInstruments()),
  lacks: new Map(),
  strict,
  replay: replayOf,
})

function told(
  { farSide, accounts, strict, lanes, selection }: LiveSettings,
  catalogue: Catalogue,
  { signal }: LivePorts,
  time: { readonly startedAt: string; readonly durationMs: number },
): Told {
  return {
    tool: { name: 'oauth-imap-conformance', version },
    catalogue: { version: catalogue.version, checks: catalogue.checks.length },
    subject: subjectOf(accounts.map(({ account }) => maskedAddress(account))),
    ...{ issuer: farSide.issuer, imap: `${farSide.imap.host}:${farSide.imap.port}` },
    ...{ runtime: `${runtime().name} ${runtime().version}`, instruments: availableInstruments() },
    ...{ strict, lanes, selection, ...time },
    interrupted: signal.aborted,
  }
}
