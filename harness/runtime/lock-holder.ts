import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { errorCode } from './error-code.ts'
import { stateOf } from './proc.ts'

/** Who holds a lock, told so that another process can find out whether the holder still lives. */
export interface LockHolder {
  readonly pid: number
  /** When the process began, in the kernel's own ticks: a number that was given out again belongs to somebody else. Empty where unknown. */
  readonly began: string
  /** Where that process number means something: host, boot and process namespace. */
  readonly space: string
}

export type Liveness = 'alive' | 'dead' | 'unknown'

const attempt = (read: () => string): string => {
  try {
    return read().trim()
  } catch {
    return ''
  }
}

const space = (): string =>
  [
    hostname(),
    attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    attempt(() => readlinkSync('/proc/self/ns/pid')),
  ].join(' ')

/** This process, as the holder of a lock. */
export const thisHolder = (): LockHolder => ({
  pid: process.pid,
  began: String(stateOf(process.pid)?.began ?? ''),
  space: space(),
})

/** Whether a holder lives. A clock, whatever it says, is no evidence. */
export function livenessOf(holder: LockHolder): Liveness {
  if (holder.space !== space()) return 'unknown'
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return errorCode(error) === 'ESRCH' ? 'dead' : 'unknown'
  }
  const now = stateOf(holder.pid)
  if (now === undefined || holder.began === '') return 'unknown'
  return String(now.began) === holder.began && now.alive ? 'alive' : 'dead'
}
