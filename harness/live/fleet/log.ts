import { systemDisk } from '../../runtime/disk.ts'
import { prepareToWrite } from '../../runtime/files.ts'
import { LockHeld, systemLockPorts, withLock } from '../../runtime/lock-file.ts'
import { type Liveness, type LockHolder, livenessOf } from '../../runtime/lock-holder.ts'
import { type LogFile, openLogFile } from '../../runtime/log-file.ts'
import type { LiveResult } from '../results/result.ts'
import { type Asked, fingerprintOf } from './asked.ts'
import { asksOtherwise, cannot, damaged, inUse, noLog } from './log-faults.ts'
import { type LogContents, type LogLine, type LogRun, createLogReader } from './log-lines.ts'
import { type Shard, shardText } from './shard.ts'

export interface LogRequest {
  readonly path: string
  readonly asked: Asked
  readonly shard: Shard | undefined
  /** Where each account of this run stands in the list of all, from 1, by key. */
  readonly places: ReadonlyMap<string, number>
  /** Begin anew whatever stands there. */
  readonly fresh: boolean
  readonly run: Omit<LogRun, 'accounts'>
}

export interface LogPorts {
  /** ISO 8601. */
  now(): string
}

export interface FleetLog {
  /** What an earlier run that was cut short had finished, by key. */
  readonly finished: ReadonlyMap<string, LiveResult>
  /** Writes a result down; whole when it returns. @throws Fault `OUTPUT_UNWRITABLE` */
  keep(result: LiveResult): Promise<void>
}

/**
 * Works with the log of a fleet, which no other process writes to meanwhile. A run that was cut short is gone on with; one
 * that came to its end is begun anew.
 *
 * @throws Fault `USAGE` for a log of something else, `SETTINGS_INVALID` for a file that is no log, `OUTPUT_UNWRITABLE`
 */
export async function withFleetLog<T>(
  request: LogRequest,
  ports: LogPorts,
  work: (log: FleetLog) => Promise<T>,
): Promise<T> {
  const { path } = request
  await prepareToWrite(path)
  const lock = { disk: systemDisk, ports: { ...systemLockPorts, livenessOf: unlessAlive } }
  return withLock(`${path}.lock`, lock, async () => {
    const reader = createLogReader()
    const file = await openLogFile(path, reader.add).catch((error: unknown) => cannot(path, error))
    try {
      return await logging({ ...request, file, found: reader.contents() }, ports, work)
    } finally {
      await file.close()
    }
  }).catch((error: unknown) => {
    throw error instanceof LockHeld || error instanceof StillRunning ? inUse(path, error) : error
  })
}

class StillRunning extends Error {}

/**
 * A run holds its log for hours: nobody waits for one that lives. Of one on another machine nothing can be known; should it
 * live, it finds out at its next line (`LogGrew`).
 */
function unlessAlive(holder: LockHolder): Liveness {
  const liveness = livenessOf(holder)
  if (liveness === 'alive') throw new StillRunning()
  return liveness
}

interface Opened extends LogRequest {
  readonly file: LogFile
  readonly found: LogContents
}

async function logging<T>(opened: Opened, { now }: LogPorts, work: (log: FleetLog) => Promise<T>): Promise<T> {
  const { path, file, places, run } = opened
  const append = (...lines: readonly LogLine[]): Promise<void> =>
    file
      .append(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      .catch((error: unknown) => cannot(path, error))
  const before = await begin(opened, append)
  await append({ run: { ...run, accounts: places.size } })
  const finished = new Map(
    [...(before?.accounts ?? [])].filter(([key]) => places.has(key)).map(([key, { result }]) => [key, result]),
  )
  const kept = new Set(finished.keys())
  const outcomeOf = numbering(before?.outcomes ?? 0)
  const done = await work({
    finished,
    async keep(result) {
      const { lines, outcome } = outcomeOf(result)
      const { account: row, spent } = result
      const at = now()
      if (row === undefined) return append(...lines, { servers: { at, outcome, spent } })
      await append(...lines, { account: { at, place: places.get(row.key) ?? 0, row, outcome, spent } })
      kept.add(row.key)
    },
  })
  if (kept.size === places.size) await append({ ended: now() })
  return done
}

/** @returns what is gone on with; undefined where the log begins anew */
async function begin(
  { path, asked, shard, fresh, file, found }: Opened,
  append: (...lines: readonly LogLine[]) => Promise<void>,
): Promise<LogContents | undefined> {
  const fingerprint = await fingerprintOf(asked)
  const header: LogLine = { v: 1, fingerprint, asked, ...(shard === undefined ? {} : { shard: shardText(shard) }) }
  requireLog(path, file.rest, found)
  if (found.header !== undefined && !fresh) {
    const different = differences(found.header, header)
    if (different.length > 0) throw asksOtherwise(path, different)
    if (found.damaged !== undefined) throw damaged(path, found.damaged)
    if (!found.ended) return found
  }
  if (found.header !== undefined) await file.clear().catch((error: unknown) => cannot(path, error))
  await append(header)
  return undefined
}

/** Equal outcomes are written once. Of those that differ, later ones are not looked for among all. */
function numbering(begun: number) {
  const most = 500
  const known = new Map<string, number>()
  let next = begun
  return ({ account: _, spent: __, ...told }: LiveResult): { readonly lines: readonly LogLine[]; outcome: number } => {
    const text = JSON.stringify(told)
    const before = known.get(text)
    if (before !== undefined) return { lines: [], outcome: before }
    if (known.size < most) known.set(text, next)
    return { lines: [{ outcome: told }], outcome: next++ }
  }
}

/** Nothing that somebody keeps for another purpose is ever written into, however it is asked for. */
function requireLog(path: string, rest: string, { header, damaged: line }: LogContents): void {
  const start = '{"v":1,'
  const isLog = header !== undefined || (line === undefined && start.startsWith(rest.slice(0, start.length)))
  if (!isLog) throw noLog(path)
}

/** What was asked for otherwise, in words of the command. */
function differences(found: { asked: Asked; shard?: string }, header: { asked: Asked; shard?: string }): string[] {
  const names = Object.keys(header.asked) as (keyof Asked)[]
  const isOther = (name: keyof Asked): boolean =>
    JSON.stringify(found.asked[name]) !== JSON.stringify(header.asked[name])
  return [...names.filter(isOther), ...(found.shard === header.shard ? [] : ['shard'])]
}
