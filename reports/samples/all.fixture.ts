import type { Report } from '../../harness/model/report.ts'
import { failing } from './failing.ts'
import { gate, soundGate } from './gate.ts'
import { hostile, hostileGate } from './hostile.ts'
import { interrupted } from './interrupted.ts'
import { hostileLive, liveAccounts, liveDrift, livePassing } from './live.ts'
import { passing } from './passing.ts'

/** Every sample, so that no writer is tested with the friendly ones alone. */
export const samples: Readonly<Record<string, Report>> = {
  passing,
  failing,
  interrupted,
  gate,
  soundGate,
  livePassing,
  liveAccounts,
  liveDrift,
  hostile,
  hostileGate,
  hostileLive,
}
