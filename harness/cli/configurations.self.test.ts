import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projects } from '../../fixtures/counterexamples/configurations/index.ts'
import { checkProjects } from '../check-projects.ts'
import { findProjects } from '../gate/find-projects.ts'
import { makeProject } from '../gate/make-project.ts'
import type { MadeProject } from '../model/made-project.ts'
import type { GateFinding, Report } from '../model/report.ts'
import { makeTemporaryDirectory, removeTree } from '../runtime/files.ts'
import { join } from '../runtime/path.ts'
import { catalogue } from './catalogue.ts'
import { exampleConfiguration } from './subjects.ts'

/** Recall and false alarms: each project of the corpus has exactly the findings that it declares, at their places. */

const today = Date.UTC(2026, 0, 14, 9)
let home: string
beforeAll(async () => {
  home = await makeTemporaryDirectory('oauth-imap-corpus')
})
afterAll(() => removeTree(home))

async function checked(made: MadeProject): Promise<Report> {
  const directory = join(home, made.name)
  await makeProject(made, directory, exampleConfiguration.directory)
  const found = await findProjects([directory])
  return checkProjects(
    {
      projects: found.projects,
      selection: { only: [], steps: [] },
      strict: true,
      played: made.played === true,
      now: today,
      path: (configuration, file) => found.path(configuration, file).slice(directory.length + 1),
    },
    catalogue,
    { stopwatch: () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 }) },
  )
}

const asOf: Readonly<Record<GateFinding['verdict'], string>> = {
  fail: '',
  warn: '',
  pass: ' (information)',
  error: ' (unreadable)',
}
const told = ({ excuse, verdict }: GateFinding): string => (excuse === undefined ? asOf[verdict] : ' (excused)')
const line = (rule: string, path: string, at: number, as: string): string => `${rule} ${path}:${at}${as}`

test('names are unique, and there is a story to each', () => {
  expect(new Set(projects.map(({ name }) => name)).size).toBe(projects.length)
  for (const { story } of projects) expect(story).toMatch(/^[A-Z“].*\.$/)
})

describe('each project has exactly the findings that it declares', () => {
  test.concurrent.each(projects)('$name', async (made) => {
    const report = await checked(made)
    expect(
      report.findings.map((finding) => line(finding.rule, finding.path, finding.line, told(finding))).toSorted(),
    ).toEqual(
      made.expects
        .map(({ rule, path, line: at, as }) => line(rule, path, at, as === undefined ? '' : ` (${as})`))
        .toSorted(),
    )
    const failed = report.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
    const broken = new Set(made.expects.filter(({ as }) => as === undefined).map(({ rule }) => rule))
    expect(failed.toSorted()).toEqual([...broken].toSorted())
  })
})
