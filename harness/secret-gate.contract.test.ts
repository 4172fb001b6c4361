import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from './cli/catalogue.ts'
import { type Ended, runToEnd } from './cli/program.fixture.ts'
import { broken, exampleConfiguration, findCounterexample, reference } from './cli/subjects.ts'
import { all } from './model/observation.ts'
import { makePlan } from './plan.ts'
import { type PlayedAll, playAll } from './play-all.ts'
import { makeTemporaryDirectory, removeTree } from './runtime/files.ts'
import { run } from './run.ts'
import type { RunPorts } from './run-settings.ts'
import { escapesIn } from './secret-gate.ts'

const ports: RunPorts = {
  progress: () => {},
  signal: new AbortController().signal,
  stopwatch: () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 }),
}

/** Secrets derive from the seed, so whoever plays a run once more knows what the first must not show. */
const seed = 11

const runs = [
  { name: 'reference', only: [], subject: { subject: reference, configuration: exampleConfiguration } },
  { name: 'logs-the-token-answer', only: ['leak/logs'], subject: broken(findCounterexample('logs-the-token-answer')) },
] as const

describe.each(runs)('a run of $name shows no secret', ({ name, only, subject }) => {
  let played: PlayedAll
  let ended: Ended
  let files: readonly string[]
  let directory: string

  beforeAll(async () => {
    directory = await makeTemporaryDirectory('oauth-imap-gate')
    const { plays } = makePlan({ only, steps: [] }, catalogue)
    const settings = { ...subject, selection: { only, steps: [] }, seed, strict: false }
    const args = ['run', '--subject', name, '--seed', String(seed), '--out', directory]
    played = await playAll(plays, settings, ports)
    ended = await runToEnd([...args, ...only.flatMap((glob) => ['--only', glob])], process.cwd())
    files = await Promise.all(['report.json', 'index.html'].map((file) => readFile(`${directory}/${file}`, 'utf8')))
  }, 60_000)
  afterAll(() => removeTree(directory))

  test('on the terminal or in its reports', () => {
    expect(ended.code).toBe(only.length === 0 ? 0 : 1)
    expect(files.map((text) => text.length > 1000)).toEqual([true, true])
    expect(escapesIn({ stdout: ended.stdout, stderr: ended.complaints, files }, played.scanners)).toEqual([])
  })

  test('in its journals, which do name secrets by reference', () => {
    const journals = played.plays.map(({ journal }) => journal)
    expect(journals.map((journal) => all(journal, 'scenario.end')[0]?.fields)).toEqual(
      journals.map(() => ({ completed: true })),
    )
    expect(escapesIn(journals, played.scanners)).toEqual([])
    expect(JSON.stringify(journals)).toContain('"ref":"refresh-token-1"')
  })

  test('and the scanners of that run would find one', async () => {
    const project = `${subject.configuration.directory}/client_secret.production.json`
    const { installed } = JSON.parse(await readFile(project, 'utf8')) as { installed: { client_secret: string } }
    for (const text of [installed.client_secret, btoa(`id:${installed.client_secret}`)])
      expect(escapesIn([text], played.scanners).map(({ ref }) => ref)).toContain('client-secret-1')
  })
})

test('a subject that shows its secret wherever it can is judged, and shows it to nobody through us', async () => {
  const module = new URL('./tells-everything.fixture.ts', import.meta.url).href
  const settings = {
    subject: { name: 'tells-everything', kind: 'module', module, evidence: 'your app' },
    configuration: exampleConfiguration,
    selection: { only: ['leak/logs', 'store/encrypted'], steps: [] },
    seed,
    strict: false,
  } as const
  const { plays } = makePlan(settings.selection, catalogue)
  const { plays: told, scanners, subject } = await playAll(plays, settings, ports)
  expect(escapesIn({ told, subject }, scanners)).toEqual([])
  expect(subject?.name).toBe('client ‹client-secret-1›')

  const report = await run(settings, catalogue, ports)
  expect(report.checks.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(['store/encrypted warn', 'leak/logs fail'])
  expect(JSON.stringify(report)).toContain('~/‹client-secret-1› holds ‹client-secret-1› (raw)')
})
