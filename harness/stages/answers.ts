/** What comes from a stage is the word of a subject that may be broken or hostile: read here, or refused. */
import type { ActOutcome, Delivered } from '../model/act.ts'
import { type Capability, capabilities } from '../model/capability.ts'
import { Fault } from '../model/fault.ts'
import type { Manifest } from './protocol.ts'

type Members = Readonly<Record<string, unknown>>

const longestReason = 500
const longestName = 100
const mostDelivered = 10_000

const membersOf = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null ? (value as Members) : undefined

/** One short line, whatever it was. */
export const plainLine = (value: unknown, longest = longestReason): string =>
  // An object may have no way to become a text, or one that throws.
  (typeof value === 'object' || typeof value === 'function' ? typeof value : String(value))
    .slice(0, longest)
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()

const reasoned = new Set(['needs-consent', 'transient', 'configuration', 'failed'])

/** Reads an answer to an act; one that is none has failed. */
export function outcomeFrom(answer: unknown): ActOutcome {
  const { outcome, reason, delivered = [] } = membersOf(answer) ?? {}
  if (typeof outcome === 'string' && reasoned.has(outcome))
    return { outcome, reason: plainLine(reason ?? '') } as ActOutcome
  const messages = Array.isArray(delivered) ? delivered.slice(0, mostDelivered).map(deliveredFrom) : [undefined]
  if (outcome === 'done' && messages.every((message) => message !== undefined)) return { outcome, delivered: messages }
  return { outcome: 'failed', reason: 'its answer to the act is not one that the protocol knows' }
}

function deliveredFrom(value: unknown): Delivered | undefined {
  const { folder, uid, gmMessageId, sha256, labels } = membersOf(value) ?? {}
  if (typeof folder !== 'string' || typeof uid !== 'number' || !Number.isSafeInteger(uid)) return undefined
  return {
    folder: plainLine(folder),
    uid,
    ...(typeof gmMessageId === 'string' ? { gmMessageId: plainLine(gmMessageId) } : {}),
    ...(typeof sha256 === 'string' ? { sha256: plainLine(sha256) } : {}),
    ...(Array.isArray(labels) ? { labels: labels.slice(0, 100).map((label) => plainLine(label)) } : {}),
  }
}

/** @throws Fault `STAGE_PROTOCOL` for a capability that does not exist, and for what is no manifest at all */
export function manifestFrom(value: unknown): Manifest {
  const { protocol, name, version, capabilities: declared } = membersOf(value) ?? {}
  if (
    typeof protocol !== 'number' ||
    typeof name !== 'string' ||
    typeof version !== 'string' ||
    !Array.isArray(declared)
  )
    throw startFailure('its name, version or capabilities are missing')
  const unknown = declared.find((capability) => !capabilities.includes(capability as Capability))
  if (unknown !== undefined)
    throw startFailure(
      `there is no capability ${plainLine(unknown, longestName)}; there are ${capabilities.join(', ')}`,
    )
  return {
    protocol,
    name: plainLine(name, longestName),
    version: plainLine(version, longestName),
    capabilities: declared as Capability[],
  }
}

/** Epoch milliseconds of a timer, or null. */
export const dueFrom = (value: unknown): number | null => (Number.isFinite(value) ? (value as number) : null)

export const startFailure = (reason: string): Fault =>
  new Fault('STAGE_PROTOCOL', `The subject could not be started: ${plainLine(reason)}.`, 'Mend what the message names.')
