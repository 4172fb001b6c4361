import { frozenCopies } from './frozen-copy.ts'
import type { Door, Journal, Observation, ObservationType, Observed } from './model/observation.ts'
import type { Position, Stream } from './model/position.ts'

/** The half of the journal that mocks and stages see: they may add, never read. */
export interface Recorder {
  /** Appends one observation at the present simulated time and returns where it stands. */
  record<T extends ObservationType>(stream: Stream, type: T, fields: Observed[T]): Position
}

export interface OpenJournal extends Recorder {
  /** Names what follows; observations carry the name. */
  phase(name: string): void
  readonly size: number
  /** Calls back after each observation, so that silence can be measured. */
  onRecord(listener: () => void): void
  /** What was recorded until now, oldest first. */
  soFar(): readonly Observation[]
  /** Ends recording: a later `record` is dropped, so a straggling connection cannot change a judged story. */
  seal(): Journal
}

export interface JournalHeader {
  readonly scenario: string
  readonly door: Door
  readonly seed: number
  readonly configuration?: string
  readonly account?: string
}

/**
 * Opens the append-only record of one world.
 *
 * @param elapsed simulated milliseconds since the world began
 */
export function openJournal(header: JournalHeader, elapsed: () => number): OpenJournal {
  const observations: Observation[] = []
  const lengths = new Map<Stream, number>()
  const frozenCopy = frozenCopies()
  let phase = 'start'
  let sealed: Journal | undefined
  let listener = (): void => {}

  return {
    get size() {
      return observations.length
    },
    onRecord(next) {
      listener = next
    },
    phase(name) {
      phase = name
      this.record('scenario', 'scenario.phase', { phase: name })
    },
    record(stream, type, fields) {
      const position = (lengths.get(stream) ?? 0) + 1
      if (sealed !== undefined) return `${stream}#${position}`
      lengths.set(stream, position)
      const observed = { type, stream, position, at: elapsed(), phase, fields: frozenCopy(fields) }
      observations.push(Object.freeze(observed) as Observation)
      listener()
      return `${stream}#${position}`
    },
    soFar: () => [...observations],
    seal() {
      sealed ??= Object.freeze({ ...header, observations: Object.freeze(observations) })
      return sealed
    },
  }
}
