import type { OpenGoogle } from '../google.fixture.ts'

/** What a client sees of a refusal; a member that is not named does not count. */
export interface Seen {
  readonly status: number
  readonly error?: string
  readonly description?: string
  /** Google's own `error_subtype`. */
  readonly subtype?: string
  readonly contentType?: string
  /** Of an error page: the number beside its error, and the `name=value` pairs of the request that it repeats. */
  readonly number?: number
  readonly details?: readonly string[]
  /** Of an error redirect; null when the parameter is missing. */
  readonly state?: string | null
  readonly iss?: string | null
}

/** One thing that Google refuses, asked of a Google in a world of its own. */
export interface Probe {
  readonly name: string
  /** `FILE/ROW` of fixtures/google, which names the source; or the standard's section that decides where Google is silent. */
  readonly source:
    | `${'authorization-errors' | 'token-errors' | 'headers'}/${string}`
    | `RFC ${string}`
    | `OpenID ${string}`
  /** Sends whatever it takes and returns what the last answer said. */
  ask(google: OpenGoogle): Promise<Seen>
  readonly answer: Seen
}
