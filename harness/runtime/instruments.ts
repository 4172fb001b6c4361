import type { Instrument } from '../model/capability.ts'
import { hasGit } from './git.ts'
import { environmentOf } from './proc.ts'

/** What this machine can measure with; what it lacks makes checks inapplicable here, by name. */
export const availableInstruments = (): readonly Instrument[] => [
  // Windows has permissions of another kind, and Node reports made-up modes there.
  ...(process.platform === 'win32' ? [] : (['file-modes'] as const)),
  // Linux tells of every process below /proc, unless a container hides that.
  ...(environmentOf(process.pid) === undefined ? [] : (['process-observation'] as const)),
  ...(hasGit() ? (['git'] as const) : []),
]
