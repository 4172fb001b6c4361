import type { Position } from './position.ts'

export interface Difference {
  readonly expected: string
  readonly actual: string
  /** What Google will answer, in its own words, such as `Error 400: redirect_uri_mismatch`. */
  readonly answer?: string
  /** The value that could stand there instead, where no person has to decide anything. */
  readonly replacement?: string
}

/** What one piece of evidence says about a requirement; a violation is a value, never a throw. */
export type Finding =
  | { readonly finding: 'satisfied'; readonly at: readonly Position[] }
  | ({ readonly finding: 'violated'; readonly at: readonly Position[] } & Difference)
  | { readonly finding: 'undecided'; readonly at: readonly Position[]; readonly reason: string }
  /** Worth knowing, and nothing against the requirement. */
  | { readonly finding: 'noted'; readonly at: readonly Position[]; readonly note: string }
  /** What should have been looked at cannot be read; that is neither for nor against the requirement. */
  | { readonly finding: 'unreadable'; readonly at: readonly Position[]; readonly reason: string }

export const satisfied = (...at: Position[]): Finding => ({ finding: 'satisfied', at })
export const violated = (difference: Difference, ...at: Position[]): Finding => ({
  finding: 'violated',
  at,
  ...difference,
})
export const undecided = (reason: string, ...at: Position[]): Finding => ({ finding: 'undecided', at, reason })
export const noted = (note: string, ...at: Position[]): Finding => ({ finding: 'noted', at, note })
export const unreadable = (reason: string, ...at: Position[]): Finding => ({ finding: 'unreadable', at, reason })
