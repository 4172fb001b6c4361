import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { projects } from '../../fixtures/counterexamples/configurations/index.ts'
import { counterexamples } from '../../fixtures/counterexamples/index.ts'
import { catalogue } from '../../harness/cli/catalogue.ts'
import { exampleConfiguration, reference } from '../../harness/cli/subjects.ts'
import { judge } from '../../harness/judge.ts'
import { makeReport } from '../../harness/make-report.ts'
import { aspectOf } from '../../harness/model/check.ts'
import { capabilities } from '../../harness/model/capability.ts'
import { steps } from '../../harness/model/step.ts'
import { makePlan } from '../../harness/plan.ts'
import { type PlayedAll, playAll } from '../../harness/play-all.ts'
import { type RunSettings, circumstances, judgeOptions } from '../../harness/run-settings.ts'
import { json } from '../../reports/json.ts'
import schema from '../../reports/report.schema.json' with { type: 'json' }
import { scenarios } from '../scenarios/index.ts'
import { checks, liveChecks } from './index.ts'

const byId = checks.map((check) => [check.id, check] as const)
const all = [...checks, ...liveChecks]
const stories = scenarios.map(({ id }) => id)
/** What a live run plays: nobody else does. */
const live = ['live-servers', 'live-account']

test('ids are unique and of the form area/statement, without ordinals or section numbers', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  for (const { id } of all) {
    expect(id).toMatch(/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/)
    // A port is no ordinal.
    expect(id.replace(/-993$/, '')).not.toMatch(/(^|[/-])\d+($|[-/])/)
  }
})

test('every step has a check, and the checks stand in the order of the steps', () => {
  expect(new Set(checks.map(({ step }) => step))).toEqual(new Set(steps.map(({ number }) => number)))
  for (const list of [checks, liveChecks])
    expect(list.map(({ step }) => step)).toEqual(list.map(({ step }) => step).toSorted((a, b) => a - b))
})

test('scenarios are unique, and every one is needed', () => {
  const ids = scenarios.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const needed = new Set(
    checks.flatMap(({ scenarios: named, control }) => [...named, ...(control?.twin ? [control.twin] : [])]),
  )
  expect(ids.filter((id) => !needed.has(id))).toEqual([])
})

describe.each(all.map((check) => [check.id, check] as const))('%s', (_, check) => {
  test('names scenarios and counterexamples that exist', () => {
    const known = liveChecks.includes(check) ? live : stories
    for (const named of check.scenarios) expect(known).toContain(named)
    expect(check.scenarios.length).toBeGreaterThan(0)
    if (check.control?.twin !== undefined) expect(known).toContain(check.control.twin)
    expect(check.counterexamples.length).toBeGreaterThan(0)
    // A project that cannot be read fails nothing: it is an error, and stands for the check that says so.
    const names = [...counterexamples, ...projects].map(({ name }) => name)
    for (const named of check.counterexamples) expect(names).toContain(named)
  })

  test('says who requires it, where, and in which words', () => {
    const { requiredBy, clause, quote } = check
    if (requiredBy === 'suite') {
      expect(clause).toMatchObject({ text: expect.stringMatching(/^our own rule: ./), url: 'suites/clarifications.md' })
      return
    }
    expect(clause.url).toMatch(/^https:\/\//)
    expect(quote?.length).toBeGreaterThan(20)
    if (requiredBy !== 'RFC') return
    expect(clause.text).toMatch(/^RFC \d+ §\d/)
    expect(quote).toMatch(/\b(MUST|SHOULD|REQUIRED|SHALL|RECOMMENDED)\b/)
  })

  test('tells what follows and how to mend it, shortly', () => {
    expect(check.fix.split('\n').length).toBeLessThanOrEqual(2)
    expect(check.fix.length).toBeLessThanOrEqual(160)
    for (const text of [check.title, check.consequence, check.fix]) expect(text.trim()).toBe(text)
    expect(check.consequence).toMatch(/[.”]$/)
    expect(check.title).not.toMatch(/\.$/)
  })

  test('needs only capabilities that there are', () => {
    for (const capability of check.needs) expect(capabilities).toContain(capability)
    expect(new Set(check.needs).size).toBe(check.needs.length)
  })
})

describe('played on the reference', () => {
  const settings: RunSettings = {
    ...{ subject: reference, configuration: exampleConfiguration },
    ...{ selection: { only: [], steps: [] }, seed: 3, strict: true },
  }
  const plan = makePlan(settings.selection, catalogue)
  let played: PlayedAll
  beforeAll(async () => {
    const stopwatch = () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 1 })
    played = await playAll(plan.plays, settings, {
      progress: () => {},
      signal: new AbortController().signal,
      stopwatch,
    })
  }, 120_000)

  test.each(byId)('%s: what it observes is recorded in each of its scenarios', (_, check) => {
    for (const scenario of check.scenarios) {
      const [journal] = played.plays.filter((play) => play.journal.scenario === scenario)
      const aspect = aspectOf(check, journal!.journal)
      if (aspect.inapplicable?.(journal!.journal) !== undefined) continue
      const recorded = new Set(journal!.journal.observations.map(({ type }) => type))
      expect(aspect.observes.types.filter((type) => !recorded.has(type))).toEqual([])
      if (aspect === check && check.control !== undefined && check.control.twin === undefined)
        expect(check.control.passed(journal!.journal)).toBe(true)
    }
  })

  test('the reference declares every capability that a check needs', () => {
    const { capabilities: declared } = judgeOptions(settings, played)
    expect(checks.flatMap(({ needs }) => needs).filter((need) => !declared.has(need))).toEqual([])
  })

  test('the report keeps to its schema, and does not depend on the order of the journals', () => {
    const reportOf = (journals: readonly PlayedAll['plays'][number]['journal'][]) =>
      makeReport(
        plan,
        checks.map((check) => judge(check, journals, judgeOptions(settings, played))),
        {
          ...circumstances(settings, catalogue, played, { startedAt: '2026-01-14T09:00:00.000Z', durationMs: 1 }),
          findings: [],
        },
      )
    const journals = played.plays.map(({ journal }) => journal)
    const report = reportOf(journals)
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema)
    expect(validate(JSON.parse(json.write(report))) ? [] : validate.errors).toEqual([])
    expect(reportOf(journals.toReversed())).toEqual(report)
    expect(reportOf([...journals.slice(3), ...journals.slice(0, 3)])).toEqual(report)
    expect(report.verdict).toBe('pass')
  })

  test('no check passes on an empty journal', () => {
    const { plays } = played
    const emptied = plays.map(({ journal }) => ({
      ...journal,
      observations: journal.observations.filter(({ type }) => type === 'scenario.end'),
    }))
    for (const check of checks)
      expect(['inconclusive', 'inapplicable']).toContain(judge(check, emptied, judgeOptions(settings, played)).verdict)
  })
})
