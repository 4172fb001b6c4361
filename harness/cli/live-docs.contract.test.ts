import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { steps } from '../model/step.ts'
import { checkout } from './action.fixture.ts'
import { liveCatalogue } from './catalogue.ts'
import { commands } from './commands.ts'
import { refusals } from './github-schema.fixture.ts'

/** What `docs/live.md` and the examples beside it say is what GitHub, Kubernetes and the command itself understand. */

let page: string
let workflow: string
let manifest: string
beforeAll(async () => {
  const doc = (name: string): Promise<string> => readFile(join(checkout, 'docs', name), 'utf8')
  ;[page, workflow, manifest] = await Promise.all([
    doc('live.md'),
    doc('live-workflow.yml'),
    doc('live-kubernetes.yaml'),
  ])
})

const blocks = (language: string): readonly string[] =>
  [...page.matchAll(/^```(\w*)\n([^]*?)^```/gm)].flatMap(([, named = '', text = '']) =>
    named === language ? [text] : [],
  )

interface Call {
  readonly command: string
  readonly options: readonly string[]
}

/** Every call of the program, its options without their values; what is piped or redirected is none of its own. */
const callsIn = (text: string): readonly Call[] =>
  [
    ...text
      .replaceAll(/\\\n\s*/g, ' ')
      .matchAll(/(?:oauth-imap|main\.mjs) (live|report merge|serve|why)\b([^\n|<>#`]*)/g),
  ].map(([, command = '', rest = '']) => ({
    command: command.split(' ')[0]!,
    options: [...rest.matchAll(/(?<=\s)--[\w-]+/g)].map(([option]) => option),
  }))

const optionsOf = (name: string): readonly string[] =>
  commands
    .filter((command) => command.name === name)
    .flatMap(({ options }) => options.map(({ flags }) => /--[\w-]+/.exec(flags)![0]))

interface Step {
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}

const stepsOf = (content: string): readonly Step[] =>
  Object.values((parse(content) as { jobs: Record<string, { steps: Step[] }> }).jobs).flatMap((job) => job.steps)

describe('every call', () => {
  test('that is shown is one of a command that exists, with options that it has', () => {
    const calls = [page, workflow, manifest].flatMap(callsIn)
    expect(calls.length).toBeGreaterThan(12)
    for (const { command, options } of calls) {
      expect(commands.map(({ name }) => name)).toContain(command)
      for (const option of options) expect(optionsOf(command), `${command} ${option}`).toContain(option)
    }
  })

  test('would be seen to be wrong', () => {
    expect(callsIn('x: oauth-imap live --clients env:A \\\n  --unattended | tee --append x')).toEqual([
      { command: 'live', options: ['--clients', '--unattended'] },
    ])
    expect(optionsOf('live')).not.toContain('--clients')
  })

  test('of live has options that the page explains, all of them', () => {
    const unsaid = optionsOf('live').filter((option) => !new RegExp(`${option}(?![\\w-])`).test(page))
    // What every command has is told by its help.
    expect(unsaid.filter((option) => !['--only', '--step', '--report', '--out'].includes(option))).toEqual([])
  })
})

describe('the workflows', () => {
  test('are workflows by GitHub’s own schema, and the schema would refuse others', async () => {
    const all = [workflow, ...blocks('yaml')]
    expect(all).toHaveLength(2)
    for (const content of all) {
      expect(await refusals('workflow', content)).toEqual([])
      expect(await refusals('workflow', content.replace('runs-on:', 'runs-in:'))).not.toEqual([])
    }
  })

  test('put nothing secret into the text of a script, and give every variable that is asked for', () => {
    for (const content of [workflow, ...blocks('yaml')])
      for (const { run = '', env = {} } of stepsOf(content)) {
        expect(run).not.toContain('${{')
        const named = [...run.matchAll(/env:(\w+)|\$(?!GITHUB_|RUNNER_)([A-Z_]+)/g)].map(([, a, b]) => a ?? b)
        expect(Object.keys(env)).toEqual(expect.arrayContaining(named))
      }
  })

  test('run once a week by themselves, ask nobody, and let drift fail', () => {
    const { on, permissions } = parse(workflow) as { on: { schedule: { cron: string }[] }; permissions: object }
    expect(on.schedule).toHaveLength(1)
    expect(on.schedule[0]!.cron).toMatch(/^\d+ \d+ \* \* [0-6]$/)
    expect(on).not.toHaveProperty('pull_request')
    expect(permissions).toEqual({})
    const { options } = callsIn(workflow)[0]!
    for (const option of ['--unattended', '--grant', '--strict']) expect(options).toContain(option)
    expect(workflow).toMatch(/^# .*status Testing fails here every week/m)
  })
})

interface Job {
  readonly kind: string
  readonly spec: {
    readonly completionMode?: string
    readonly completions?: number
    readonly maxFailedIndexes?: number
    readonly podFailurePolicy?: {
      readonly rules: readonly {
        readonly action: string
        readonly onExitCodes: { readonly values: readonly number[] }
      }[]
    }
    readonly template: { readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] } }
  }
}

describe('the manifest', () => {
  test('makes as many parts as it names, and starts none again that came to its end', () => {
    const [job] = parseAllDocuments(manifest).map((document) => document.toJS() as Job)
    const { completionMode, completions, maxFailedIndexes, podFailurePolicy, template } = job!.spec
    expect(completionMode).toBe('Indexed')
    // Numbers of indexed Jobs begin with 0, those of shards with 1.
    expect(template.spec.containers[0]!.args[0]).toContain('shard=$((JOB_COMPLETION_INDEX + 1))')
    expect(template.spec.containers[0]!.args[0]).toContain(`--shard "$shard/${completions}"`)
    expect(maxFailedIndexes).toBe(completions)
    expect(podFailurePolicy?.rules.map(({ action, onExitCodes }) => [action, onExitCodes.values])).toEqual([
      ['FailIndex', [1, 2, 3]],
    ])
  })

  test('begins all logs alike, so that the merge finds them', () => {
    const [live, merge] =
      callsIn(manifest).length > 0 ? parseAllDocuments(manifest).map((one) => one.toJS() as Job) : []
    const argument = (job: Job | undefined): string => job?.spec.template.spec.containers[0]!.args[0] ?? ''
    expect(argument(live)).toContain('--log "/reports/live-$shard.jsonl"')
    expect(argument(merge)).toContain('report merge /reports/live-*.jsonl')
  })
})

test('each live check stands at its own step, and nowhere else among the twelve', () => {
  const list = page.slice(page.indexOf('\n1. **'), page.indexOf('\nA client of type'))
  const told = list.split(/\n(?=\d+\. \*\*)/).filter((text) => text.trim() !== '')
  expect(told.map((text) => /^\s*(\d+)\. \*\*(.*?)\.\*\*/.exec(text)?.slice(1))).toEqual(
    steps.map(({ number, title }) => [String(number), title]),
  )
  const named = told.map((text) => [...text.matchAll(/`((?:live|drift|api)\/[\w-]+)`/g)].map(([, id]) => id).toSorted())
  const checks = steps.map(({ number }) =>
    liveCatalogue.checks
      .filter(({ step }) => step === number)
      .map(({ id }) => id)
      .toSorted(),
  )
  expect(named).toEqual(checks)
})
