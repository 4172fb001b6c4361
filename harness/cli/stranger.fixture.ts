import { forgedCallback } from '../../suites/scenarios/forged-callback.ts'
import { playAll } from '../play-all.ts'
import type { RunSettings } from '../run-settings.ts'
import { exampleConfiguration } from './subjects.ts'

/** A program that plays one scenario with the module it is told, and prints one line itself: the names of what it saw. */
const [module = ''] = process.argv.slice(2)
const scenario = { ...forgedCallback, stage: 'child', doors: ['tls'] } as const
const settings: RunSettings = {
  subject: { name: 'stranger', kind: 'module', module, evidence: 'your app' },
  configuration: exampleConfiguration,
  selection: { only: [], steps: [] },
  seed: 1,
  strict: false,
}
const { plays } = await playAll([{ scenario, door: 'tls' }], settings, {
  progress: () => {},
  signal: new AbortController().signal,
  stopwatch: () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 }),
})
console.log([...new Set(plays[0]!.journal.observations.map(({ type }) => type))].toSorted().join(' '))
