import { afterAll, beforeAll, expect, test } from 'vitest'
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

/** A value that a check proposes is one that it takes: what `--fix` mends is mended, and nothing else breaks. */

let home: string
beforeAll(async () => {
  home = await makeTemporaryDirectory('oauth-imap-mended')
})
afterAll(() => removeTree(home))

async function looked(directory: string): Promise<Checked> {
  const found = await findProjects([directory])
  const settings = {
    ...{ projects: found.projects, selection: { only: [], steps: [] }, path: found.path },
    ...{ strict: true, now: Date.UTC(2026, 0, 14, 9) },
  }
  const stopwatch = () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 })
  return examineProjects(settings, catalogue, { stopwatch })
}

const wrong = ({ report }: Checked): readonly GateFinding[] =>
  report.findings.filter(({ verdict, excuse }) => verdict !== 'pass' && excuse === undefined)
const named = (findings: readonly GateFinding[]): readonly string[] => findings.map(({ rule }) => rule).toSorted()

/** What was wrong before and after; undefined where a person has to decide everything. */
async function mended(
  made: MadeProject,
): Promise<{ before: readonly GateFinding[]; after: readonly GateFinding[] } | undefined> {
  const directory = join(home, made.name)
  await makeProject(made, directory, exampleConfiguration.directory)
  const checked = await looked(directory)
  const before = wrong(checked)
  if (!before.some(({ replacement }) => replacement !== undefined)) return undefined
  await mend(checked, async () => true, { print: () => {} })
  return { before, after: wrong(await looked(directory)) }
}

test('every value that a project of the corpus is offered mends it', { timeout: 60_000 }, async () => {
  const tried = await Promise.all(projects.map(async (made) => ({ made, result: await mended(made) })))
  const offered = tried.flatMap(({ made, result }) => (result === undefined ? [] : [{ name: made.name, ...result }]))
  const left = offered.map(({ name, before, after }) => ({
    name,
    left: named(after),
    expected: named(before.filter(({ replacement }) => replacement === undefined)),
  }))
  expect(left.filter((one) => String(one.left) !== String(one.expected))).toEqual([])
  expect(offered.length).toBeGreaterThan(20)
})
