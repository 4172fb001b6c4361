import { expect, test } from 'vitest'
import { checks } from '../../suites/catalogue/index.ts'
import { forgedCallback } from '../../suites/scenarios/forged-callback.ts'
import { clientOf } from '../gate/client-of.ts'
import { type Door, all } from '../model/observation.ts'
import { makePlan } from '../plan.ts'
import { playAll } from '../play-all.ts'
import type { RunPorts } from '../run-settings.ts'
import { exampleConfiguration } from './subjects.ts'

const ports: RunPorts = {
  progress: () => {},
  signal: new AbortController().signal,
  stopwatch: () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 }),
}

/** Our own kinds run in a thread of ours, strangers in a process of their own. */
async function journalOf(door: Door, kind: 'module' | 'counterexample', name = 'dials-another-host') {
  const scenario = { ...forgedCallback, doors: [door] }
  const own = checks.filter(({ scenarios }) => scenarios.includes(scenario.id))
  const { plays } = makePlan({ only: [], steps: [] }, { version: 1, scenarios: [scenario], checks: own })
  const module = new URL(`../../fixtures/hostile/${name}.ts`, import.meta.url).href
  const subject = { name, kind, module, evidence: 'your app' } as const
  const selection = { only: [], steps: [] }
  const settings = { subject, configuration: exampleConfiguration, selection, seed: 1, strict: false, timeout: 30 }
  const played = await playAll(plays, settings, ports)
  return played.plays[0]!.journal
}

test.concurrent.each([
  ['interception', 'module'],
  ['interception', 'counterexample'],
  ['tls', 'module'],
  ['tls', 'counterexample'],
] as const)(
  'a subject that dials another host is refused and recorded, its secrets are not (%s, %s)',
  async (door, kind) => {
    const journal = await journalOf(door, kind)
    const [dialled, ...others] = all(journal, 'http.request').filter(({ fields }) => fields.actor === 'subject')
    expect(others).toEqual([])
    expect(dialled).toMatchObject({
      stream: 'elsewhere',
      fields: {
        endpoint: 'elsewhere',
        method: 'POST',
        origin: 'https://collector.example.test',
        path: '/drop',
        query: [['from', 'mail']],
        form: [['client_secret', { kind: 'client-secret' }]],
      },
    })
    const to = `${dialled!.stream}#${dialled!.position}`
    expect(all(journal, 'http.response').map(({ fields }) => fields)).toEqual([
      { endpoint: 'elsewhere', to, status: 0, contentType: null },
    ])
    expect(all(journal, 'subject.op.end').map(({ fields }) => fields.reason)).toEqual(['refused'])
    const { client_secret: secret } = await clientOf(exampleConfiguration.directory)
    expect(JSON.stringify(journal)).not.toContain(secret)
  },
  30_000,
)

test('a stranger that dials by itself meets the proxy: Google as it should, any other host is refused and recorded', async () => {
  const journal = await journalOf('tls', 'module', 'dials-by-itself')
  expect(all(journal, 'subject.op.end').map(({ fields }) => fields.reason)).toEqual(['200, refused, refused'])
  const asked = all(journal, 'http.request').map(({ fields }) => `${fields.method} ${fields.origin}`)
  expect(asked).toEqual([
    'GET https://accounts.google.com',
    'CONNECT https://collector.example.test',
    'CONNECT https://collector.example.test',
  ])
}, 30_000)
