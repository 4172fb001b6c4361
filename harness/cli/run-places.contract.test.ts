import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../model/report.ts'
import { exampleProject, flawed } from './checked-project.fixture.ts'
import { runToEnd } from './program.fixture.ts'

/** What a run tells of files stands where an editor, or a reviewer of the change, finds it. */

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-places-'))))
afterAll(() => rm(root, { recursive: true, force: true }))

test(
  'findings have paths from the working folder, and the report names the settings',
  { timeout: 60_000 },
  async () => {
    const project = await exampleProject(root, flawed)
    const folder = dirname(project)
    await writeFile(
      join(folder, 'oauth-imap.config.json'),
      JSON.stringify({ subject: 'reference', configuration: basename(project), report: ['json'] }),
    )
    const { code } = await runToEnd(['run', '--only', 'consent/scope-mail'], folder)
    const report = JSON.parse(await readFile(join(folder, 'conformance-report/report.json'), 'utf8')) as Report
    expect(report.findings.map(({ rule, path, line }) => `${rule} ${path}:${line}`)).toEqual([
      'consent/scope-mail app/settings.production.yaml:2',
    ])
    expect(report.environment['settings']).toBe('oauth-imap.config.json')
    expect(code).toBe(1)
  },
)
