import type { WorldClock } from '../harness/clock.ts'
import type { Recorder } from '../harness/journal.ts'
import type { Random } from '../harness/random.ts'
import type { Secrets } from '../harness/secrets.ts'

/** What every mock of one world is given. Mocks record and answer; they never judge. */
export interface MockWorld {
  readonly journal: Recorder
  readonly secrets: Secrets
  readonly clock: WorldClock
  readonly random: Random
}

/** One Google account of a world. */
export interface Account {
  readonly address: string
  /** Google's permanent account number, decimal. */
  readonly sub: string
  readonly name: string
}

/** What the authorization server knows of an access token, for the resource server that is shown it. */
export type TokenStatus =
  | {
      readonly status: 'live'
      readonly address: string
      readonly scopes: readonly string[]
      readonly expiresAt: number
      /** An administrator lets a service account stand for the user. */
      readonly delegated?: true
    }
  | { readonly status: 'expired' | 'revoked'; readonly address: string }
  | { readonly status: 'unknown' }

/** Looks an access token up; epoch milliseconds come from the world's clock. */
export type TokenLookup = (accessToken: string) => TokenStatus
