/** What is compared; each is a check `drift/AREA`. */
export const driftAreas = ['as-metadata', 'token-errors', 'imap-capability', 'xoauth2-error', 'imap-tls'] as const
export type DriftArea = (typeof driftAreas)[number]

/** `not-observed`: this run had no occasion to look. */
export type DriftState = 'same' | 'known' | 'unknown' | 'not-observed'

/**
 * All facts that one look at the outside gives, by name: what is not among them is not there. Values are plain text, lists
 * as JSON with members in order, so that equal things are equal texts. Nothing in it is secret or belongs to an account.
 */
export interface Look {
  readonly area: DriftArea
  /** Unique within its area, such as `before-login`. */
  readonly look: string
  readonly facts: Readonly<Record<string, string>>
}

/** What our fixtures say that a look will show. */
export interface ExpectedLook extends Look {
  /** Where that was captured or documented. */
  readonly source: string
  /** Facts that may be there or not, and have any value: their names alone are expected. */
  readonly anyValue?: readonly string[]
}

/** A difference that somebody looked at, with the day since which it is known. */
export interface KnownDifference {
  readonly area: DriftArea
  readonly look: string
  readonly fact: string
  /** What is seen there; null: the fact is missing. */
  readonly observed: string | null
  /** Such as `2026-08-07`. */
  readonly since: string
  readonly source: string
  readonly note: string
}

/** What a person can commit: the looks of one run. */
export interface Recording {
  readonly schemaVersion: 1
  /** A day, such as `2026-11-23`. */
  readonly recordedOn: string
  readonly issuer: string
  readonly imap: string
  readonly looks: readonly Look[]
}
