import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Report } from '../model/report.ts'
import { actionFile, checkout, readAction, runAction } from './action.fixture.ts'
import { exampleProject, flawed, today } from './checked-project.fixture.ts'
import { refusals } from './github-schema.fixture.ts'

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-action-'))))
afterAll(() => rm(root, { recursive: true, force: true }))

/** A workspace with the example project in a folder of its name. */
async function workspace(projects: Readonly<Record<string, Parameters<typeof exampleProject>[1]>>): Promise<string> {
  const directory = join(await mkdtemp(join(root, 'job-')), 'work space')
  await mkdir(directory)
  for (const [name, changes] of Object.entries(projects))
    await cp(await exampleProject(root, changes), join(directory, name), { recursive: true })
  return directory
}

const kinds = (commands: readonly string[]): readonly (string | undefined)[] =>
  commands.map((line) => /^::(\w+)/.exec(line)?.[1])

describe('action.yml', () => {
  test('is an action by GitHub’s own schema, and the schema would refuse another', async () => {
    const text = await readFile(actionFile, 'utf8')
    expect(await refusals('action', text)).toEqual([])
    expect(await refusals('action', text.replace('shell: bash', 'shel: bash'))).not.toEqual([])
    expect(await refusals('action', text.replace('inputs.paths', 'input.paths'))).not.toEqual([])
  })

  test('puts nothing that a workflow gives into the text of a script, and names its inputs in one place', async () => {
    const { runs, inputs } = await readAction()
    expect(runs.using).toBe('composite')
    for (const { run, shell } of runs.steps) {
      expect(run).not.toContain('${{')
      expect(shell).toBe('bash')
    }
    const text = await readFile(actionFile, 'utf8')
    const used = [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name)
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(inputs).toSorted())
    const told = await readFile(join(checkout, 'docs/github-action.md'), 'utf8')
    for (const name of Object.keys(inputs)) expect(told).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'))
  })
})

test('the example is a workflow by GitHub’s own schema, and uses inputs and outputs that exist', async () => {
  const content = await readFile(join(checkout, 'docs/workflow.yml'), 'utf8')
  expect(await refusals('workflow', content)).toEqual([])
  expect(await refusals('workflow', content.replace('runs-on:', 'runs-in:'))).not.toEqual([])
  const { jobs } = parse(content) as {
    jobs: { conformance: { steps: { uses: string; with?: Record<string, string> }[] } }
  }
  const { inputs, outputs } = await readAction()
  const ours = jobs.conformance.steps.find(({ uses }) => uses.startsWith('OWNER/'))
  for (const name of Object.keys(ours?.with ?? { none: '' })) expect(Object.keys(inputs)).toContain(name)
  for (const [, name] of content.matchAll(/steps\.conformance\.outputs\.([\w-]+)/g))
    expect(Object.keys(outputs)).toContain(name)
})

describe('in a job', { timeout: 60_000 }, () => {
  test('a good project succeeds, with reports, a summary and no annotation', async () => {
    const directory = await workspace({ app: today })
    const { success, outputs, summary, steps } = await runAction(directory, { paths: 'app' })
    expect(steps.map(({ id, code }) => [id, code])).toEqual([
      ['check', 0],
      ['decide', 0],
    ])
    expect(success).toBe(true)
    expect(outputs).toEqual({
      verdict: 'pass',
      report: 'conformance-report/check/report.json',
      sarif: 'conformance-report/check/report.sarif',
      'run-report': '',
    })
    expect(summary).toMatch(/^## app’s configuration conforms/)
    expect(kinds(steps[0]!.commands).filter((kind) => kind !== 'notice')).toEqual([])
    const report = JSON.parse(await readFile(join(directory, outputs['report']!), 'utf8')) as Report
    expect(report.selection.scope).toBe('configuration')
    expect((await readdir(join(directory, 'conformance-report/check'))).toSorted()).toEqual([
      'annotations.txt',
      'index.html',
      'junit.xml',
      'report.json',
      'report.md',
      'report.sarif',
    ])
  })

  test('a flaw fails the job at the end, with its line, and tells every output all the same', async () => {
    const directory = await workspace({ 'mail app': flawed, other: today })
    const { success, outputs, steps, summary } = await runAction(directory, { paths: '\nmail app\nother\n\n' })
    expect(steps.map(({ id, code }) => [id, code])).toEqual([
      ['check', 0],
      ['decide', 1],
    ])
    expect(success).toBe(false)
    expect(outputs['verdict']).toBe('fail')
    expect(steps[0]!.commands[0]).toMatch(
      /^::error file=mail app\/settings\.production\.yaml,line=2,col=\d+,title=consent\/scope-mail::/,
    )
    expect(summary).toContain('1 of 2 configurations does not conform')
  })

  test.each([
    ['never', true],
    ['warn', false],
  ])('fail-on %s with a failure: success %s', async (failOn, expected) => {
    const directory = await workspace({ app: flawed })
    expect((await runAction(directory, { paths: 'app', 'fail-on': failOn })).success).toBe(expected)
  })

  test.each([
    ['fail', true],
    ['warn', false],
  ])('fail-on %s with a warning: success %s; strict makes a failure of it', async (failOn, expected) => {
    // Nobody has looked at the console for long: a SHOULD.
    const directory = await workspace({ app: {} })
    const { success, outputs } = await runAction(directory, { paths: 'app', 'fail-on': failOn })
    expect([outputs['verdict'], success]).toEqual(['warn', expected])
    const strict = await runAction(directory, { paths: 'app', 'fail-on': failOn, strict: 'true' })
    expect([strict.outputs['verdict'], strict.success]).toEqual(['fail', false])
  })

  test('inputs are values, whatever they look like', async () => {
    const names = ['a"b\'c', '$(touch planted)', '`touch planted`', '; touch planted #', '--strict', '${{ x }}', '* &']
    const directory = await workspace(Object.fromEntries(names.map((name) => [name, today])))
    const reports = 're"ports $(touch planted)\n& more'
    const { success, outputs } = await runAction(directory, { paths: names.join('\n'), reports })
    expect(outputs['report']).toBe(`${reports}/check/report.json`)
    expect(success).toBe(true)
    const report = JSON.parse(await readFile(join(directory, outputs['report']!), 'utf8')) as Report
    expect(report.subject.name).toBe(`${names.length} configurations`)
    expect(await readdir(directory)).not.toContain('planted')
  })

  test('text of a file is no command to the runner', async () => {
    const planted = '"\\n::error title=planted::planted\\n::add-mask::planted\\n"'
    const directory = await workspace({
      app: { ...today, 'settings.production.yaml': (text) => text.replace('https://mail.google.com/', planted) },
    })
    const { steps, summary } = await runAction(directory, { paths: 'app' })
    const { commands, log } = steps[0]!
    expect(commands.length).toBeGreaterThan(0)
    expect(log.join('\n')).toContain('planted')
    for (const line of commands) expect(line).toMatch(/^::(error|warning|notice) (file=app\/|title=[a-z-]+)/)
    expect(commands.filter((line) => line.startsWith('::error title=planted'))).toEqual([])
    expect(summary).not.toMatch(/^\s*::/m)
  })

  test('what could not run fails the job, never looks like an earlier result, and says so', async () => {
    const directory = await workspace({ app: today })
    expect((await runAction(directory, { paths: 'app' })).success).toBe(true)
    for (const failOn of ['fail', 'never']) {
      const { success, outputs, steps, summary } = await runAction(directory, { paths: 'gone', 'fail-on': failOn })
      expect(success).toBe(false)
      expect(outputs).toMatchObject({ verdict: 'error', report: '', sarif: '' })
      expect(steps[0]!.log.join('\n')).toContain('oauth-imap: gone is not there.')
      expect(steps[0]!.commands).toEqual([
        '::error title=oauth-imap check could not run::The log of this step says why.',
      ])
      expect(summary).toBe('')
    }
  })

  test('a misspelt switch is refused, not taken for off', async () => {
    const directory = await workspace({ app: today })
    for (const [name, value] of [
      ['strict', 'yes'],
      ['run', 'True'],
      ['fail-on', 'warning'],
    ] as const) {
      const { success, steps } = await runAction(directory, { paths: 'app', [name]: value })
      expect(success).toBe(false)
      expect(steps[0]!.commands).toEqual([expect.stringContaining(`The input ${name} must be one of: `)])
    }
  })

  test('an application is tested besides, and the worse of both counts', async () => {
    const directory = await workspace({ app: today })
    const settings = join(directory, 'my settings.json')
    await writeFile(settings, JSON.stringify({ subject: 'reference' }))
    const given = { paths: 'app', run: 'true', settings: 'my settings.json' }
    const good = await runAction(directory, given)
    expect(good.steps.map(({ id, code }) => [id, code])).toEqual([
      ['check', 0],
      ['run', 0],
      ['decide', 0],
    ])
    expect(good.outputs).toMatchObject({ verdict: 'pass', 'run-report': 'conformance-report/run/report.json' })
    expect(good.summary).toMatch(/^## reference conforms/m)

    await writeFile(settings, JSON.stringify({ subject: 'no-such-application' }))
    const bad = await runAction(directory, given)
    expect(bad.success).toBe(false)
    expect(bad.outputs).toMatchObject({ verdict: 'error', 'run-report': '' })
  })
})
