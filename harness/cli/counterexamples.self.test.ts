import { describe, expect, test } from 'vitest'
import { counterexamples } from '../../fixtures/counterexamples/index.ts'
import type { Counterexample } from '../model/counterexample.ts'
import type { Report } from '../model/report.ts'
import { run } from '../run.ts'
import { catalogue } from './catalogue.ts'
import { clientOf } from '../gate/project.ts'
import { broken, exampleConfiguration } from './subjects.ts'

/** What a configuration can change: the worlds know of it only the development client, which all of them share. */
const configurationChecks = catalogue.checks.filter(({ scenarios }) => scenarios.every((id) => id === 'configuration'))

const played = (counterexample: Counterexample): Promise<Report> => {
  const only = counterexample.kind === 'configuration' ? configurationChecks.map(({ id }) => id) : []
  return run(
    { ...broken(counterexample), selection: { only, steps: [] }, seed: 1, strict: true, lanes: 1 },
    catalogue,
    {
      progress: () => {},
      signal: new AbortController().signal,
      stopwatch: () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 }),
    },
  )
}

describe('each counterexample fails exactly what it declares', () => {
  test.concurrent.each(counterexamples)('$name breaks $breaks', async (counterexample) => {
    const { checks } = await played(counterexample)
    const failed = checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
    expect(failed.toSorted()).toEqual([counterexample.breaks, ...Object.keys(counterexample.entails)].toSorted())
    expect(checks.filter(({ verdict }) => verdict === 'error')).toEqual([])
  })
})

test.each(counterexamples.filter(({ kind }) => kind === 'configuration'))(
  '$name leaves the client of the worlds as it is in the example',
  async (counterexample) => {
    const { directory } = broken(counterexample).configuration
    expect(await clientOf(directory)).toEqual(await clientOf(exampleConfiguration.directory))
  },
)

describe('no check stands without its counterexample', () => {
  test.each(catalogue.checks.map(({ id, counterexamples: named }) => ({ id, named })))('$id', ({ id, named }) => {
    expect(named.length).toBeGreaterThan(0)
    for (const name of named) expect(counterexamples).toContainEqual(expect.objectContaining({ name, breaks: id }))
  })
})
