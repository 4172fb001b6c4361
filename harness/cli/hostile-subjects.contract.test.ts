import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { checks } from '../../suites/catalogue/index.ts'
import { configuration } from '../../suites/scenarios/configuration.ts'
import { forgedCallback } from '../../suites/scenarios/forged-callback.ts'
import { lifecycle } from '../../suites/scenarios/lifecycle.ts'
import { Fault } from '../model/fault.ts'
import type { Journal } from '../model/observation.ts'
import type { CheckReport, Report } from '../model/report.ts'
import { all } from '../model/observation.ts'
import type { Scenario } from '../model/scenario.ts'
import { makePlan } from '../plan.ts'
import { playAll } from '../play-all.ts'
import { run } from '../run.ts'
import type { RunPorts, RunSettings } from '../run-settings.ts'
import { runToEnd } from './program.fixture.ts'
import { exampleConfiguration } from './subjects.ts'

const tokenLife = { ...lifecycle, doors: ['tls'] as const }
/** One story with a subject, and one without: its results must stay what they are whoever is the subject. */
const stories = [tokenLife, configuration]
const ports: RunPorts = {
  progress: () => {},
  signal: new AbortController().signal,
  stopwatch: () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 }),
}

/** Our own kinds share a thread with the harness’s process, strangers have a process to themselves. */
type Kind = 'module' | 'counterexample'

/** Those that would go on for ever. */
const endless = /^(?:loops|floods-the|ticks)/
/** Seconds for these, and time enough for what is read of files beside them on a machine that they keep busy. */
const patience = 4

const settingsFor = (name: string, kind: Kind): RunSettings => ({
  subject: {
    name,
    kind,
    module: new URL(
      name === 'reference' ? '../subjects/reference/index.ts' : `../../fixtures/hostile/${name}.ts`,
      import.meta.url,
    ).href,
    evidence: 'your app',
  },
  configuration: exampleConfiguration,
  selection: { only: [], steps: [] },
  seed: 1,
  strict: false,
  timeout: endless.test(name) ? patience : 30,
})

const judged = (scenarios: readonly Scenario[]) => ({
  version: 1,
  scenarios,
  // What files tell beforehand of a story that is not played here says nothing of a subject.
  checks: checks.filter(({ scenarios: [first] }) => scenarios.some(({ id }) => id === first)),
})

const reported = (name: string, kind: Kind, scenarios: readonly Scenario[] = stories): Promise<Report> =>
  run(settingsFor(name, kind), judged(scenarios), ports)

const journalsOf = async (name: string, kind: Kind, scenarios: readonly Scenario[]): Promise<readonly Journal[]> => {
  const { plays } = makePlan({ only: [], steps: [] }, judged(scenarios))
  return (await playAll(plays, settingsFor(name, kind), ports)).plays.map(({ journal }) => journal)
}

const ofSubject = new Set(checks.filter(({ scenarios: [first] }) => first !== configuration.id).map(({ id }) => id))
const isAboutTheSubject = ({ id }: CheckReport): boolean => ofSubject.has(id)
const behaviour = ({ checks: told }: Report) =>
  told.filter(isAboutTheSubject).map(({ id, verdict }) => `${id} ${verdict}`)
const ofConfiguration = ({ checks: told }: Report): readonly CheckReport[] =>
  told.filter((check) => !isAboutTheSubject(check)).map((check) => ({ ...check, replay: '' }))

const isAlive = (pid: number): boolean => {
  try {
    // A zombie that nobody has waited for yet has ended all the same.
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}

let sound: Report
beforeAll(async () => {
  sound = await reported('reference', 'module')
  expect(sound.verdict).toBe('pass')
})

/** Real milliseconds for one run; twice that, since tests share the machine with each other. */
const bound = 2 * 20_000

describe('what a subject did not do is never praised, and nobody else is harmed', () => {
  test.concurrent.each<[string, Kind, string]>([
    ['throws-in-its-factory', 'module', 'no subject today'],
    ['throws-in-its-factory', 'counterexample', 'no subject today'],
    ['never-answers-an-act', 'module', ''],
    ['loops-in-an-act', 'module', `not ended after ${patience} s`],
    ['loops-in-an-act', 'counterexample', `not ended after ${patience} s`],
    ['exits-in-an-act', 'module', 'exit code 0'],
    ['exits-in-an-act', 'counterexample', 'exit code'],
    ['throws-out-of-turn', 'module', 'gone'],
    ['throws-out-of-turn', 'counterexample', 'nobody catches this'],
    ['rejects-out-of-turn', 'counterexample', 'nobody waits for this'],
    ['answers-nonsense', 'counterexample', ''],
    ['answers-nonsense', 'module', ''],
    ['floods-the-network', 'module', ''],
    ['floods-the-mailbox', 'module', ''],
  ])(
    '%s (%s)',
    async (name, kind, reason) => {
      const report = await reported(name, kind)
      expect(behaviour(report).length).toBeGreaterThan(5)
      expect(behaviour(report).filter((line) => / (?:pass|warn|error|inapplicable)$/.test(line))).toEqual([])
      expect(['inconclusive', 'fail']).toContain(report.verdict)
      expect(
        report.checks
          .filter(isAboutTheSubject)
          .map((check) => check.reason)
          .join('\n'),
      ).toContain(reason)
      expect(ofConfiguration(report)).toEqual(ofConfiguration(sound))
    },
    bound,
  )
})

describe('what a subject did well stays well, whatever it does besides', () => {
  test.concurrent.each<[string, Kind]>([
    ['floods-its-output', 'module'],
    ['floods-its-output', 'counterexample'],
    ['never-ends', 'module'],
    ['never-ends', 'counterexample'],
    ['lives-on-after-its-end', 'module'],
  ])(
    '%s (%s)',
    async (name, kind) => {
      const report = await reported(name, kind, [forgedCallback, configuration])
      expect(behaviour(report)).toEqual(['cb/state-forged pass'])
      expect(ofConfiguration(report)).toEqual(ofConfiguration(sound))
    },
    bound,
  )
})

describe('a subject that cannot be loaded is named in one line', () => {
  test.concurrent.each<[string, Kind, string]>([
    ['throws-at-import', 'module', 'this module throws as it is imported'],
    ['throws-at-import', 'counterexample', 'this module throws as it is imported'],
    ['exports-nothing', 'module', 'no default export'],
    ['exits-at-import', 'module', 'it ended by itself'],
    ['exits-at-import', 'counterexample', 'it ended by itself'],
    ['does-not-exist', 'module', 'does-not-exist'],
  ])(
    '%s (%s)',
    async (name, kind, reason) => {
      const fault = await reported(name, kind).catch((error: unknown) => error)
      expect(fault).toBeInstanceOf(Fault)
      const { code, message, hint } = fault as Fault
      expect(code).toBe('SUBJECT_UNLOADABLE')
      expect(message).toContain(`${name}.ts cannot be loaded`)
      expect(message).toContain(reason)
      expect(message + hint).not.toContain('\n')
    },
    bound,
  )
})

test(
  'a crash is recorded, and the next world gets a subject again',
  async () => {
    const journals = await journalsOf('exits-in-an-act', 'counterexample', [forgedCallback, tokenLife])
    for (const journal of journals) {
      expect(all(journal, 'subject.op.end').map(({ fields }) => fields.outcome)).toEqual(['crashed'])
      expect(all(journal, 'proc.exit').length).toBe(1)
      expect(all(journal, 'scenario.end')[0]?.fields).toMatchObject({ completed: false, cause: 'subject' })
    }
  },
  bound,
)

test(
  'a flood of requests is cut off before it fills the memory',
  async () => {
    const [journal] = await journalsOf('floods-the-network', 'module', [{ ...forgedCallback, doors: ['interception'] }])
    expect(journal!.observations.length).toBeLessThan(30_000)
    expect(all(journal!, 'scenario.end')[0]?.fields.cause).toBe('subject')
  },
  bound,
)

test(
  'simulated time that never gets anywhere ends in real time',
  async () => {
    const [journal] = await journalsOf('ticks-for-ever', 'module', [tokenLife])
    expect(all(journal!, 'scenario.end')[0]?.fields).toMatchObject({ completed: false, cause: 'subject' })
  },
  bound,
)

test(
  'no process outlives its world, not even one that a subject started itself',
  async () => {
    const [journal] = await journalsOf('starts-another-process', 'module', [forgedCallback])
    const pids = (all(journal!, 'subject.op.end')[0]?.fields.reason ?? '').split(' ').map(Number)
    expect(pids).toEqual([expect.any(Number), expect.any(Number)])
    for (const pid of pids) {
      expect(pid).toBeGreaterThan(1)
      expect(isAlive(pid)).toBe(false)
    }
  },
  bound,
)

test(
  'no process outlives its world, not even one that has left its group and forgotten its environment',
  async () => {
    const [journal] = await journalsOf('hides-processes', 'module', [forgedCallback])
    const pids = (all(journal!, 'subject.op.end')[0]?.fields.reason ?? '').split(' ').map(Number)
    expect(pids).toEqual([expect.any(Number), expect.any(Number)])
    expect(pids.filter((pid) => !(pid > 1) || isAlive(pid))).toEqual([])
  },
  bound,
)

test(
  'a secret that a subject hands to a process is told by its mark, and so is the planted one',
  async () => {
    const [journal] = await journalsOf('tells-its-children', 'module', [forgedCallback])
    const programs = all(journal!, 'proc.program').map(({ fields }) => fields)
    const helper = programs.find((program) => program.arguments.includes('helper'))
    expect(helper?.inArguments.map(({ kind, form }) => [kind, form])).toEqual([['client-secret', 'raw']])
    expect(helper?.inEnvironment.map(({ kind, form, variable }) => [kind, form, variable])).toEqual([
      ['client-secret', 'base64', 'HELPER_SECRET'],
    ])
    expect(helper?.arguments.at(-1)).toMatch(/^‹client-secret-\d+›$/)
    expect(programs.filter(({ planted }) => planted).length).toBe(1)
    expect(programs.find(({ first }) => first)).toMatchObject({ inArguments: [], inEnvironment: [] })
    expect(all(journal!, 'proc.watched').length).toBe(1)
  },
  bound,
)

test(
  'our own clients are not watched: what looks at processes show differs from run to run',
  async () => {
    const [journal] = await journalsOf('tells-its-children', 'counterexample', [forgedCallback])
    expect(journal!.observations.filter(({ type }) => type.startsWith('proc.'))).toEqual([])
  },
  bound,
)

test(
  'what a subject prints, in whatever way, is never printed by us',
  async () => {
    const stranger = new URL('../../fixtures/hostile/prints-everywhere.ts', import.meta.url).href
    const program = fileURLToPath(new URL('./stranger.fixture.ts', import.meta.url))
    const { code, stdout, complaints } = await runToEnd([stranger], tmpdir(), { program })
    expect({ code, complaints }).toEqual({ code: 0, complaints: [] })
    const printed = stdout.trim().split('\n')
    expect(printed).toHaveLength(1)
    expect(printed[0]).toContain('subject.op.end')
  },
  bound,
)
