import type { OpenGoogle } from '../google.fixture.ts'

/** What a client sees of a refusal; a member that is not named does not count. */
export interface Seen {
  readonly status: number
  readonly error?: string
  readonly description?: string
  readonly contentType?: string
}

/** One thing that Google refuses, asked of a Google in a world of its own. */
export interface Probe {
  readonly name: string
  /** `FILE/ROW` of fixtures/google, which names the source; or the RFC section that decides where Google is silent. */
  readonly source: `${'authorization-errors' | 'token-errors'}/${string}` | `RFC ${string}`
  /** Sends whatever it takes and returns what the last answer said. */
  ask(google: OpenGoogle): Promise<Seen>
  readonly answer: Seen
}
