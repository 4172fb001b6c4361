import { type Asked, digestOf } from '../../live/fleet/asked.ts'
import { type FleetLog, withFleetLog } from '../../live/fleet/log.ts'
import { shardText } from '../../live/fleet/shard.ts'
import type { AccountRow } from '../../model/report.ts'
import type { Terminal } from '../../model/terminal.ts'
import { onScreen } from '../../model/verdict.ts'
import { availableInstruments } from '../../runtime/instruments.ts'
import { runtime } from '../../runtime/runtime.ts'
import { type LivePorts, type LiveSettings, type Verified, verifyLive } from '../../verify-live.ts'
import { version } from '../../version.ts'
import { liveCatalogue } from '../catalogue.ts'
import type { Fleet } from './accounts.ts'

/**
 * Verifies a fleet with its log: what an earlier run that was cut short had finished is not repeated.
 *
 * @returns undefined where no account belongs to this shard: its log says so to whoever merges
 */
export async function verifyFleet(
  fleet: Fleet,
  settings: LiveSettings,
  ports: LivePorts,
  terminal: Terminal,
): Promise<Verified | undefined> {
  const { startedAt } = ports.stopwatch()()
  const { name, version: runtimeVersion } = runtime()
  const request = {
    ...{ path: fleet.log, shard: fleet.shard, places: fleet.places, fresh: fleet.fresh },
    asked: await askedOf(settings),
    run: {
      ...{ startedAt, lanes: settings.lanes, runtime: `${name} ${runtimeVersion}` },
      instruments: availableInstruments(),
    },
  }
  const clock = { now: () => new Date(ports.now()).toISOString() }
  return withFleetLog(request, clock, async (log) => {
    if (fleet.accounts.length === 0) {
      terminal.print(`No account belongs to shard ${fleet.shard === undefined ? '' : shardText(fleet.shard)}.`)
      return undefined
    }
    return verifyLive({ ...settings, fleet: true }, liveCatalogue, telling(fleet, ports, log, terminal))
  })
}

/** One line for each account, when it is done. */
function telling({ accounts, log: file }: Fleet, ports: LivePorts, log: FleetLog, terminal: Terminal): LivePorts {
  let done = log.finished.size
  if (done > 0) terminal.print(`${done} of ${accounts.length} accounts are finished in ${file}; the others are next.`)
  return {
    ...ports,
    finished: log.finished,
    progress: (account, part, told, cause) => {
      if (account === undefined) ports.progress(account, part, told, cause)
    },
    async keep(result) {
      await log.keep(result)
      if (result.account !== undefined) terminal.print(`  ${++done}/${accounts.length}  ${lineOf(result.account)}`)
    },
  }
}

const lineOf = ({ key, address, verdict, cause }: AccountRow): string =>
  `${key}  ${address}  ${onScreen[verdict]}${cause === undefined ? '' : `: ${cause.title}`}`

async function askedOf({ farSide, client, selection, accounts, strict, includeMail }: LiveSettings): Promise<Asked> {
  const { issuer, imap, scope } = farSide
  const [first] = accounts
  return {
    ...{ issuer, imap: `${imap.host}:${imap.port}`, scope, strict, includeMail },
    client: await digestOf(client.client_id, 16),
    selection: { only: selection.only, steps: selection.steps },
    ...{ catalogue: liveCatalogue.version, tool: version },
    ...{ writes: first?.writes === true, revokes: first?.revokes === true },
  }
}
