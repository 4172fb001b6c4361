import { type Journal, type Observed, all, positionOf } from '../../harness/model/observation.ts'
import type { Position } from '../../harness/model/position.ts'

/** The life of one access token, as far as the authorization server knows it. */
export interface LedgerEntry {
  readonly token: string
  readonly issued: Position
  /** Simulated milliseconds since the world began. */
  readonly issuedAt: number
  readonly expiresAt: number
  readonly by: Observed['as.token.issued']['by']
  readonly account: string
}

/** Every access token that was issued, by its reference. */
export const tokenLedger = (journal: Journal): ReadonlyMap<string, LedgerEntry> =>
  new Map(
    all(journal, 'as.token.issued').map((issued) => {
      const { accessToken, lifetime, by, account } = issued.fields
      const entry = { issuedAt: issued.at, expiresAt: issued.at + lifetime * 1000, by, account }
      return [accessToken.ref, { token: accessToken.ref, issued: positionOf(issued), ...entry }]
    }),
  )
