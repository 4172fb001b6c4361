import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { errorCode } from './files.ts'

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

/** State and start time of a process from /proc (Linux); undefined elsewhere, or when there is none. */
function processState(pid: number): { readonly state: string; readonly began: string } | undefined {
  const line = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  // The second field is the program's name in parentheses and may hold anything, so fields are counted after it.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const [state, began] = [fields[0], fields[19]]
  return state === undefined || began === undefined ? undefined : { state, began }
}

/** This process, as the holder of a lock. */
export const thisHolder = (): LockHolder => ({
  pid: process.pid,
  began: processState(process.pid)?.began ?? '',
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
  const now = processState(holder.pid)
  if (now === undefined || holder.began === '') return 'unknown'
  // A zombie has ended and waits only for its parent to notice.
  return now.began === holder.began && !['Z', 'X'].includes(now.state) ? 'alive' : 'dead'
}
