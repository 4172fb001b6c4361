import type { OpenJournal } from '../journal.ts'
import type { Look } from '../model/drift.ts'
import type { LiveCause, LivePart } from '../model/live.ts'
import type { ClientCredentials } from '../model/world.ts'
import type { SecretRegistry, Secrets } from '../secrets.ts'
import type { FarSide } from './far-side.ts'
import type { Lines } from './lines/lines.ts'
import { plainText } from './plain-text.ts'
import { LiveTrouble } from './trouble.ts'

/** What every part of the live profile works with. */
export interface LiveContext {
  readonly farSide: FarSide
  readonly client: ClientCredentials
  readonly journal: Pick<OpenJournal, 'record'>
  readonly secrets: SecretRegistry
  readonly lines: Lines
  /** Milliseconds since the Unix epoch. */
  now(): number
  random(length: number): Uint8Array<ArrayBuffer>
  readonly signal: AbortSignal
  /** Gathers what is to be compared with our fixtures. */
  look(look: Look): void
  /** Senders, subjects and addresses may stand in what is recorded: a person asked for it. */
  readonly includeMail: boolean
  /** Tells a person what was just seen, or what kept a part from its end. */
  progress(part: LivePart, told: string, cause?: LiveCause): void
}

/**
 * Plays one part; what keeps it from its end is recorded and given back.
 *
 * @throws whatever is no trouble of the far side, and `interrupted`
 */
export async function playPart(
  { journal, progress, secrets }: Pick<LiveContext, 'journal' | 'progress' | 'secrets'>,
  part: LivePart,
  play: () => Promise<string>,
): Promise<LiveTrouble | undefined> {
  try {
    // Even what went well may be told in words of the other side.
    progress(part, shown(await play(), secrets))
    return undefined
  } catch (error) {
    if (!(error instanceof LiveTrouble) || error.trouble === 'interrupted') throw error
    const said = shown(error.message, secrets)
    journal.record('live', 'live.trouble', { part, cause: error.trouble, said })
    progress(part, said, error.trouble)
    return error
  }
}

const mostSaid = 300

/** What the other side said, in one line without secrets. */
export const shown = (said: string, secrets: Pick<Secrets, 'mask'>): string => {
  const line = plainText(said, secrets).trim()
  return line.length > mostSaid ? `${line.slice(0, mostSaid)}…` : line
}
