import { openJournal } from './journal.ts'
import { type Circumstances, makeReport } from './make-report.ts'
import { capabilities } from './model/capability.ts'
import type { Look } from './model/drift.ts'
import type { LivePart } from './model/live.ts'
import type { Report } from './model/report.ts'
import type { ClientCredentials } from './model/world.ts'
import type { JudgeOptions } from './judge.ts'
import { type Catalogue, type Plan, type Selection, makePlan } from './plan.ts'
import { createRandom } from './random.ts'
import { availableInstruments } from './runtime/instruments.ts'
import { runtime } from './runtime/runtime.ts'
import { sealedWithoutSecrets, withoutSecretsIn } from './secret-gate.ts'
import type { Scanner } from './secret-scanner.ts'
import { openSecrets } from './secrets.ts'
import { version } from './version.ts'
import { checkReportsOf } from './live/check-reports.ts'
import { type LiveContext, shown } from './live/context.ts'
import { type Expectations, compare } from './live/drift/compare.ts'
import { type FarSide, accountKey, maskedAddress } from './live/far-side.ts'
import { type Budget, openLines } from './live/lines.ts'
import { type AccountPlan, playAccount } from './live/play-account.ts'
import { playServers } from './live/play-servers.ts'
import { type LiveResult, accountScenario, liveReportOf, resultOf, serversScenario } from './live/result.ts'
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
  /** What our fixtures say of the far side; none for another service than Gmail. */
  readonly expectations: Expectations
}

export interface LivePorts {
  /** `account`: masked; undefined for what belongs to none. */
  progress(account: string | undefined, part: LivePart, told: string): void
  /** Aborted when a person interrupts: what was seen by then is reported. */
  readonly signal: AbortSignal
  stopwatch(): () => { readonly startedAt: string; readonly durationMs: number }
  /** Milliseconds since the Unix epoch. */
  now(): number
  random(length: number): Uint8Array<ArrayBuffer>
  /** Results of an earlier run that was cut short, by the account’s key. */
  readonly finished?: ReadonlyMap<string, LiveResult>
  /** Told of each result, so that nothing is lost with a run that is killed; waited for. */
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
  const run: Run = { settings, ports, plan, gathered: new Map(), scanners: [] }
  const servers = await verifyServers(run)
  const results = [servers.result, ...(await verifyAccounts(run, servers.trouble))]
  const checks = checkReportsOf(plan.checks, results, judging(settings).replay)
  const report = makeReport(plan, checks, circumstances(settings, catalogue, ports, started()))
  const { issuer, imap } = settings.farSide
  return {
    report: { ...report, live: liveReportOf(results, { issuer, imap: `${imap.host}:${imap.port}` }) },
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
}

async function verifyServers(
  run: Run,
): Promise<{ readonly result: LiveResult; readonly trouble: LiveTrouble | undefined }> {
  const [first] = run.settings.accounts
  return observed(run, undefined, (context) => playServers(context, first!.account))
}

/** As many at a time as there are lanes; in the order of the settings. */
async function verifyAccounts(run: Run, before: LiveTrouble | undefined): Promise<readonly LiveResult[]> {
  const { settings, ports } = run
  const results: LiveResult[] = []
  const queue = [...settings.accounts.entries()]
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !ports.signal.aborted; next = queue.shift()) {
      const [index, plan] = next
      results[index] = ports.finished?.get(await accountKey(plan.account)) ?? (await verifyAccount(run, plan, before))
    }
  }
  await Promise.all(Array.from({ length: Math.min(settings.lanes, queue.length) }, lane))
  // An interruption leaves holes.
  return results.filter((result) => result !== undefined)
}

async function verifyAccount(run: Run, plan: AccountPlan, before: LiveTrouble | undefined): Promise<LiveResult> {
  const { result } = await observed(run, plan.account, async (context) => {
    if (before === undefined) return playAccount(context, plan)
    // Nobody could get any further: the account is told so, and its servers are not asked again.
    const said = shown(before.message, context.secrets)
    context.journal.record('live', 'live.trouble', { part: 'sign-in', cause: before.trouble, said })
    return before
  })
  if (!run.ports.signal.aborted) await run.ports.keep?.(result)
  return result
}

/** Opens a journal, lets it be filled, and judges it. */
async function observed(
  { settings, ports, plan, gathered, scanners }: Run,
  account: string | undefined,
  play: (context: LiveContext) => Promise<LiveTrouble | undefined>,
): Promise<{ readonly result: LiveResult; readonly trouble: LiveTrouble | undefined }> {
  const started = ports.stopwatch()
  const began = ports.now()
  const secrets = openSecrets(createRandom(0))
  const scenario = account === undefined ? serversScenario : accountScenario
  const key = account === undefined ? {} : { account: await accountKey(account) }
  const journal = openJournal({ scenario, door: 'tls', seed: 0, ...key }, () => ports.now() - began)
  secrets.learn('client-secret', settings.client.client_secret)
  const named = account ?? settings.accounts[0]!.account
  if (!settings.includeMail) secrets.learn('account-address', named)
  const address = account === undefined ? undefined : maskedAddress(account)
  const looks: Look[] = []
  await using lines = openLines(settings.farSide, { budget: settings.budget, signal: ports.signal })
  const context: LiveContext = {
    ...{ farSide: settings.farSide, client: settings.client, includeMail: settings.includeMail },
    ...{ journal, secrets, lines, signal: ports.signal },
    now: () => ports.now(),
    random: (length) => ports.random(length),
    look: (look) => void looks.push(look),
    progress: (part, told) => ports.progress(address, part, told),
  }
  const trouble = await play(context).catch((error: unknown) => {
    if (error instanceof LiveTrouble && error.trouble === 'interrupted') return error
    throw error
  })
  for (const fields of compare(looks, settings.expectations)) journal.record('drift', 'drift.compared', fields)
  journal.record('live', 'live.spent', lines.spent())
  journal.record('scenario', 'scenario.end', ending(ports.signal))
  const sealed = sealedWithoutSecrets(journal.seal(), secrets.scanner)
  for (const look of withoutSecretsIn(looks, [secrets.scanner])) gathered.set(JSON.stringify(look), look)
  scanners.push(secrets.scanner)
  const result = resultOf(sealed, plan.checks, judging(settings), {
    ...started(),
    ...(address === undefined ? {} : { address }),
  })
  return { result: withoutSecretsIn(result, [secrets.scanner]), trouble }
}

const ending = ({ aborted }: AbortSignal) =>
  aborted
    ? { completed: false, reason: 'the run was interrupted', cause: 'interruption' as const }
    : { completed: true }

const judging = ({ strict }: LiveSettings): JudgeOptions => ({
  capabilities: new Set(capabilities),
  instruments: new Set(availableInstruments()),
  lacks: new Map(),
  strict,
  replay: ({ id }) => `npx oauth-imap live --only ${id}`,
})

function circumstances(
  { farSide, accounts, strict, lanes, selection }: LiveSettings,
  catalogue: Catalogue,
  { signal }: LivePorts,
  time: { readonly startedAt: string; readonly durationMs: number },
): Circumstances {
  const { name, version: runtimeVersion } = runtime()
  return {
    tool: { name: 'oauth-imap-conformance', version },
    catalogue: { version: catalogue.version, checks: catalogue.checks.length },
    subject: {
      name: accounts.length === 1 ? maskedAddress(accounts[0]!.account) : `${accounts.length} accounts`,
      kind: 'live',
      version: '',
    },
    environment: {
      runtime: `${name} ${runtimeVersion}`,
      strict,
      instruments: availableInstruments(),
      issuer: farSide.issuer,
      imap: `${farSide.imap.host}:${farSide.imap.port}`,
      lanes,
    },
    ...time,
    selection,
    interrupted: signal.aborted,
    findings: [],
    evidence: { configuration: 'live', behaviour: 'live' },
  }
}
