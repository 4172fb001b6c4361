import { createHash } from 'node:crypto'
import { type LockHolder, livenessOf, thisHolder } from './lock-holder.ts'

/** Whose something is, told in its own name, so that a later run can tell what a dead one has left behind. */

const digest = (space: string): string => createHash('sha256').update(space).digest('hex').slice(0, 12)

/** This process, such as `812-104032-3fa94b6c01de`: its number, when it began, and where that number means something. */
export function ownerName(): string {
  const { pid, began, space } = thisHolder()
  return `${pid}-${began || 0}-${digest(space)}`
}

/** What `ownerName` makes. */
export const ownerPattern = '[1-9][0-9]*-[0-9]+-[0-9a-f]{12}'

/** Whether the owner has certainly ended. Of whoever lives in another place, nothing is certain. */
export function isAbandoned(owner: string): boolean {
  const [pid, began = '', place] = owner.split('-')
  const { space } = thisHolder()
  if (place !== digest(space)) return false
  const holder: LockHolder = { pid: Number(pid), began: began === '0' ? '' : began, space }
  return livenessOf(holder) === 'dead'
}
