import type { WorldClock } from '../clock.ts'
import type { Observation } from '../model/observation.ts'
import type { GmailDirector, GoogleDirector } from '../model/scenario.ts'

/** A clock that runs with real time and can be put forward. */
export interface RunningClock extends WorldClock {
  /** Puts the clock forward and runs every timer that falls due on the way, in order. */
  advance(milliseconds: number): void
}

/** What a person would do in the browser at an authorization URL. */
export interface Consent {
  readonly url: string
  /** The address of one of the world's accounts. */
  readonly account: string
  readonly decision: 'grant' | 'deny'
  /** Which of the scopes that may be unticked stay ticked; all unless told. */
  readonly scopes?: readonly string[]
}

/** Where a sign-in ended: at the client's redirection endpoint, which was not visited, or at a page of Google's. */
export type ConsentEnd =
  | { readonly end: 'redirected'; readonly location: string }
  | { readonly end: 'page'; readonly status: number; readonly title: string }

/** The parts of a world that is played by hand. `reset` of its holder ends it and puts a new one in its place. */
export interface ServedWorld {
  /** Addresses. */
  readonly accounts: readonly string[]
  /** Values of `client_id`. */
  readonly clients: readonly string[]
  readonly clock: RunningClock
  readonly google: GoogleDirector
  readonly gmail: GmailDirector
  consent(consent: Consent): Promise<ConsentEnd>
  /** What happened so far, oldest first: plain JSON in which secrets are references. */
  observations(): readonly Observation[]
}

/** What the control interface steers. */
export interface Served {
  /** The world of this moment; never kept across a wait. */
  readonly world: ServedWorld
  /** Everything as it was at the start: tokens, mail, faults, time and record; addresses and credentials stay. */
  reset(): Promise<void>
}
