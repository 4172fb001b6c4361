import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projects } from '../../fixtures/counterexamples/configurations/index.ts'
import { type Checked, examineProjects } from '../check-projects.ts'
import { findProjects } from '../gate/find-projects.ts'
import { makeProject } from '../gate/make-project.ts'
import type { MadeProject } from '../model/made-project.ts'
import type { GateFinding } from '../model/report.ts'
import { makeTemporaryDirectory, removeTree } from '../runtime/files.ts'
import { join } from '../runtime/path.ts'
import { catalogue } from './catalogue.ts'
import { mend } from './mend.ts'
import { exampleConfiguration } from './subjects.ts'

/** Recall and false alarms: each project of the corpus has exactly the findings that it declares, at their places. */

const today = Date.UTC(2026, 0, 14, 9)
let home: string
beforeAll(async () => {
  home = await makeTemporaryDirectory('oauth-imap-corpus')
})
afterAll(() => removeTree(home))

const placed = (made: MadeProject): string => join(home, made.name)

async function looked(made: MadeProject): Promise<Checked> {
  const directory = placed(made)
  const found = await findProjects([directory])
  const settings = {
    ...{ projects: found.projects, selection: { only: [], steps: [] }, path: found.path },
    ...{ strict: true, played: made.played === true, now: today },
  }
  const stopwatch = () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 })
  return examineProjects(settings, catalogue, { stopwatch })
}

/** A value that a check proposes is one that it takes: what `--fix` mends is mended, and nothing else breaks. */
async function mended(made: MadeProject, checked: Checked): Promise<void> {
  const before = wrong(checked)
  if (!before.some(({ replacement }) => replacement !== undefined)) return
  mendable.add(made.name)
  await mend(checked, async () => true, { print: () => {} })
  const left = before.filter(({ replacement }) => replacement === undefined)
  expect(named(wrong(await looked(made)))).toEqual(named(left))
}

const mendable = new Set<string>()
const wrong = ({ report }: Checked): readonly GateFinding[] =>
  report.findings.filter(({ verdict, excuse }) => verdict !== 'pass' && excuse === undefined)
const named = (findings: readonly GateFinding[]): readonly string[] => findings.map(({ rule }) => rule).toSorted()

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
    await makeProject(made, placed(made), exampleConfiguration.directory)
    const checked = await looked(made)
    const { report } = checked
    const below = placed(made).length + 1
    expect(
      report.findings
        .map((finding) => line(finding.rule, finding.path.slice(below), finding.line, told(finding)))
        .toSorted(),
    ).toEqual(
      made.expects
        .map(({ rule, path, line: at, as }) => line(rule, path, at, as === undefined ? '' : ` (${as})`))
        .toSorted(),
    )
    const failed = report.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
    const broken = new Set(made.expects.filter(({ as }) => as === undefined).map(({ rule }) => rule))
    expect(failed.toSorted()).toEqual([...broken].toSorted())
    await mended(made, checked)
  })
})

test('what can be mended without a person was tried', () => {
  expect(mendable.size).toBeGreaterThan(20)
})
