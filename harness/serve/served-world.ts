import type { WorldClock } from '../clock.ts'
import type { Observation } from '../model/observation.ts'
import type { GoogleDirector } from '../model/scenario.ts'
import type { Direction as GmailDirection } from '../../mocks/gmail/director.ts'
import type { JourneyEnd } from '../../mocks/user-agent/browser.ts'
import type { Consent } from '../../mocks/user-agent/consent.ts'

/** A clock that runs with real time and can be put forward. */
export interface RunningClock extends WorldClock {
  /** Puts the clock forward and runs every timer that falls due on the way, in order. */
  advance(milliseconds: number): void
}

/** The parts of a world that is played by hand. `reset` of its holder ends it and puts a new one in its place. */
export interface ServedWorld {
  /** Addresses. */
  readonly accounts: readonly string[]
  /** Values of `client_id`. */
  readonly clients: readonly string[]
  readonly clock: RunningClock
  readonly google: GoogleDirector
  /** Its `deliver` takes any message. */
  readonly gmail: GmailDirection
  /** @throws Fault for an account or an address that is unknown */
  consent(consent: Consent): Promise<JourneyEnd>
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
