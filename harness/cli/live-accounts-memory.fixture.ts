import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { google } from '../live/far-side.ts'
import { readClient } from '../live/keeping/client-source.ts'
import { usualBudget } from '../live/lines/lines.ts'
import { openVaultPlace } from '../live/keeping/vault-place.ts'
import type { LiveSettings } from '../verify-live.ts'
import { keyOf, openFleetWorld } from './live-accounts.fixture.ts'
import { verifyFleet } from './live/accounts-run.ts'
import { driftOf } from './live/expectations.ts'
import { livePorts } from './live/ports.ts'

/**
 * A program that verifies a fleet and tells what is in its memory meanwhile; the far side is a process of its own. Run with
 * `--expose-gc NUMBER`.
 */

const count = Number(process.argv[2])
const folder = await mkdtemp(join(tmpdir(), 'oauth-imap-fleet-'))
const far = await openFleetWorld({ folder, accounts: count })
const { ready, vault, addresses } = far
const ports = livePorts(new AbortController().signal)
const { store } = await openVaultPlace({ directory: vault, environment: {}, random: ports.random })
const authorities = await readFile(ready.ca, 'utf8')
const farSide = { ...google, authorities, proxy: ready.proxy, imapProxy: ready.proxy }

const settings: LiveSettings = {
  ...{ farSide, client: await readClient(ready.client.file, {}), expectations: driftOf(farSide), budget: usualBudget },
  accounts: addresses.map((account) => ({
    ...{ account, store, directory: vault, from: 'vault' as const },
    ...{ asking: undefined, again: false, writes: false, revokes: false },
  })),
  ...{ selection: { only: [], steps: [] }, strict: false, includeMail: false, lanes: 8 },
}
const fleet = {
  ...{ accounts: addresses.map((account) => ({ account })), shard: undefined, fresh: true },
  places: new Map(await Promise.all(addresses.map(async (_, index) => [await keyOf(index), index + 1] as const))),
  log: join(folder, 'live.jsonl'),
}

const megabytes = (octets: number): number => Math.round(octets / 2 ** 20)

/** In megabytes; what is garbage does not count. */
function memory() {
  for (let turn = 0; turn < 2; turn++) globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { kept: megabytes(heapUsed + external), rss: megabytes(rss) }
}

const told: { readonly done: number; readonly kept: number; readonly rss: number }[] = []
let done = 0
const counting = {
  ...{ colour: false, unicode: true, complain: () => {} },
  print: (line: string) => {
    if (/^ {2}\d+\//.test(line) && ++done % 20 === 0) told.push({ done, ...memory() })
  },
}
const began = performance.now()
const cpu = process.cpuUsage()
const verified = await verifyFleet(fleet, settings, ports, counting)
const seconds = (performance.now() - began) / 1000
const { user, system } = process.cpuUsage(cpu)
const verdict = verified?.report.verdict
process.stdout.write(`${JSON.stringify({ verdict, seconds, cpu: (user + system) / 1e6, told })}\n`)
await far[Symbol.asyncDispose]()
await rm(folder, { recursive: true, force: true })
