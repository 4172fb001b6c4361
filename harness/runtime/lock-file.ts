import type { Disk, NewFile } from './disk.ts'
import { errorCode } from './error-code.ts'
import { type Liveness, type LockHolder, livenessOf, thisHolder } from './lock-holder.ts'
import { monotonicNow, realWait } from './real-time.ts'

/** What a lock needs to know of the world beyond the disk. */
export interface LockPorts {
  holder(): LockHolder
  livenessOf(holder: LockHolder): Liveness
  /** Milliseconds of a clock that never jumps. */
  now(): number
  wait(milliseconds: number): Promise<void>
}

export const systemLockPorts: LockPorts = { holder: thisHolder, livenessOf, now: monotonicNow, wait: realWait }

/** Somebody who lives holds the lock for longer than any honest holder needs it. */
export class LockHeld extends Error {
  constructor(path: string) {
    super(`${path} is held by another process for more than ${patience / 1000} seconds`)
    this.name = 'LockHeld'
  }
}

/** Milliseconds. A holder needs some ten of them for one write. */
const patience = 10_000
const longestPause = 40

interface LockRecord extends Partial<LockHolder> {
  readonly nonce: string
}

/**
 * Runs `work` while holding a lock that is a file, against other processes and other threads of this one. A crash may
 * leave `<path>.<nonce>` files behind; whoever holds the lock may remove those that do not bear its own nonce.
 *
 * A lock is taken from another holder only when that process is provably dead, or when nothing can be known of it and
 * the same lock stood there for ten seconds of a clock that never jumps. Dates and file times decide nothing: setting
 * the clock forward must not give a lock away.
 *
 * @throws LockHeld when a holder that lives does not let go within ten seconds
 */
export async function withLock<T>(
  path: string,
  { disk, ports }: { readonly disk: Disk; readonly ports: LockPorts },
  work: (nonce: string) => Promise<T>,
): Promise<T> {
  const nonce = crypto.randomUUID()
  await acquire(path, nonce, disk, ports)
  try {
    return await work(nonce)
  } finally {
    // Whoever took the lock over in the meantime must keep it.
    if ((await readLock(disk, path))?.nonce === nonce) await disk.remove(path)
  }
}

async function acquire(path: string, nonce: string, disk: Disk, ports: LockPorts): Promise<void> {
  let seen = { nonce: '', since: ports.now() }
  for (
    let pause = 1;
    !(await place(disk, path, { nonce, ...ports.holder() }));
    pause = Math.min(pause * 2, longestPause)
  ) {
    const found = await readLock(disk, path)
    if (found === undefined) continue
    if (found.nonce !== seen.nonce) seen = { nonce: found.nonce, since: ports.now() }
    const outwaited = ports.now() - seen.since >= patience
    const liveness = isHolder(found) ? ports.livenessOf(found) : 'unknown'
    if (liveness === 'dead' || (liveness === 'unknown' && outwaited)) await takeAway(path, found.nonce, disk, ports)
    else if (outwaited) throw new LockHeld(path)
    else await ports.wait(pause)
  }
}

/**
 * Removes the lock that bears `nonce`. The right to remove it is itself such a lock, named for the nonce: two processes
 * that find the same dead holder can then not remove each other's new lock.
 */
async function takeAway(path: string, nonce: string, disk: Disk, ports: LockPorts): Promise<void> {
  await withLock(`${path}.${nonce}`, { disk, ports }, async () => {
    if ((await readLock(disk, path))?.nonce === nonce) await disk.remove(path)
  })
}

/** Creates the lock; false when there is one. */
async function place(disk: Disk, path: string, record: LockRecord): Promise<boolean> {
  let file: NewFile
  try {
    file = await disk.create(path)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
  try {
    await file.write(new TextEncoder().encode(JSON.stringify(record))).finally(file.close)
    return true
  } catch (error) {
    await disk.remove(path).catch(() => {})
    throw error
  }
}

/** The lock that stands there. One whose holder has not written it yet, or died before, has an empty nonce. */
async function readLock(disk: Disk, path: string): Promise<LockRecord | undefined> {
  const bytes = await disk.read(path)
  if (bytes === undefined) return undefined
  const record = parsed(new TextDecoder().decode(bytes))
  if (typeof record !== 'object' || record === null || !('nonce' in record)) return { nonce: '' }
  return isNonce(record.nonce) ? { ...record, nonce: record.nonce } : { nonce: '' }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The nonce becomes part of a file name. */
const isNonce = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value)

const isHolder = (record: LockRecord): record is LockRecord & LockHolder =>
  Number.isSafeInteger(record.pid) && typeof record.began === 'string' && typeof record.space === 'string'
