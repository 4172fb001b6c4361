import { describe, expect, test } from 'vitest'
import { counterexamples } from '../../fixtures/counterexamples/index.ts'
import type { Counterexample } from '../model/counterexample.ts'
import type { Report } from '../model/report.ts'
import { run } from '../run.ts'
import { allChecks, catalogue } from './catalogue.ts'
import { broken } from './subjects.ts'

/** What is played: projects are looked at in `configurations.self.test.ts`, and live runs are made in `live.self.test.ts`. */
const behaviour = {
  ...catalogue,
  checks: catalogue.checks.filter(({ scenarios: [first] }) => first !== 'configuration'),
  scenarios: catalogue.scenarios.filter(({ id }) => id !== 'configuration'),
}

const played = (counterexample: Counterexample): Promise<Report> =>
  run({ ...broken(counterexample), selection: { only: [], steps: [] }, seed: 1, strict: true, lanes: 1 }, behaviour, {
    progress: () => {},
    signal: new AbortController().signal,
    stopwatch: () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 }),
  })

describe('each counterexample fails exactly what it declares', () => {
  // Observations are of live runs: `live.self.test.ts`.
  const behaving = counterexamples.filter(({ kind }) => kind === 'subject' || kind === 'mock')
  test.concurrent.each(behaving)('$name breaks $breaks', async (counterexample) => {
    const { checks } = await played(counterexample)
    const failed = checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
    expect(failed.toSorted()).toEqual([counterexample.breaks, ...Object.keys(counterexample.entails)].toSorted())
    expect(checks.filter(({ verdict }) => verdict === 'error')).toEqual([])
  })
})

describe('no check stands without its counterexample', () => {
  test.each(allChecks.map(({ id, counterexamples: named }) => ({ id, named })))('$id', ({ id, named }) => {
    expect(named.length).toBeGreaterThan(0)
    for (const name of named) expect(counterexamples).toContainEqual(expect.objectContaining({ name, breaks: id }))
  })
})
