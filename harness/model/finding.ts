import type { Position } from './position.ts'

/** What one piece of evidence says about a requirement; a violation is a value, never a throw. */
export type Finding =
  | { readonly finding: 'satisfied'; readonly at: readonly Position[] }
  | {
      readonly finding: 'violated'
      readonly at: readonly Position[]
      readonly expected: string
      readonly actual: string
    }
  | { readonly finding: 'undecided'; readonly at: readonly Position[]; readonly reason: string }

export const satisfied = (...at: Position[]): Finding => ({ finding: 'satisfied', at })
export const violated = (difference: { expected: string; actual: string }, ...at: Position[]): Finding => ({
  finding: 'violated',
  at,
  ...difference,
})
export const undecided = (reason: string, ...at: Position[]): Finding => ({ finding: 'undecided', at, reason })
