import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What a runtime really cannot do, by runtime and test; each entry with its reason is printed with every run. */
const knownGaps: Readonly<Record<string, string>> = {}

/** The part of Vitest's JSON report that is read here. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

interface Outcome {
  readonly file: string
  readonly test: string
  readonly status: string
}

const runtimes = ['node', 'bun', 'deno'] as const
const runs = ['node', 'node-machine', 'bun', 'deno'] as const
type Run = (typeof runs)[number]

function outcomesOf(directory: string, run: Run): readonly Outcome[] | undefined {
  const path = join(directory, `${run}.json`)
  if (!existsSync(path)) return undefined
  const report = JSON.parse(readFileSync(path, 'utf8')) as VitestReport
  return report.testResults.flatMap(({ name, assertionResults }) => {
    const file = relative(process.cwd(), name)
    return assertionResults.map(({ fullName, status }) => ({ file, test: `${file} > ${fullName}`, status }))
  })
}

const isSkipped = ({ status }: Outcome): boolean => status !== 'passed' && status !== 'failed'
const isConformance = ({ file }: Outcome): boolean => file.endsWith('conformance.suite.ts')
const lines = (outcomes: readonly Outcome[]): Set<string> =>
  new Set(outcomes.filter(isConformance).map(({ test, status }) => `${status}: ${test}`))

const without = (all: ReadonlySet<string>, other: ReadonlySet<string>): string[] =>
  [...all].filter((line) => !other.has(line))

/** What is wrong beyond the failed tests: each line is told and counts as one failure. */
function troublesOf(outcomes: ReadonlyMap<Run, readonly Outcome[]>): readonly string[] {
  const troubles = runs.filter((run) => !outcomes.has(run)).map((run) => `there is no report of the run on ${run}`)
  const expected = lines(outcomes.get('node') ?? [])
  if (expected.size === 0) troubles.push('not one conformance test ran on node')
  for (const run of runtimes.filter((name) => name !== 'node' && outcomes.has(name))) {
    const actual = lines(outcomes.get(run) ?? [])
    for (const line of without(expected, actual)) troubles.push(`on node but not on ${run}: ${line}`)
    for (const line of without(actual, expected)) troubles.push(`on ${run} but not on node: ${line}`)
  }
  for (const [run, all] of outcomes)
    for (const outcome of all.filter(isSkipped))
      if (knownGaps[`${run}: ${outcome.test}`] === undefined)
        troubles.push(`skipped without a reason on ${run}: ${outcome.test}`)
  return troubles
}

const [directory = '', ...failedSteps] = process.argv.slice(2)
const outcomes = new Map(
  runs.flatMap((run) => {
    const found = outcomesOf(directory, run)
    return found === undefined ? [] : [[run, found] as const]
  }),
)
const count = (keep: (outcome: Outcome) => boolean): number => [...outcomes.values()].flat().filter(keep).length

const failedTests = count(({ status }) => status === 'failed')
// A run that failed because of its tests is told by them; one that failed without is a failure of its own.
const untold = (name: string): boolean => !runs.some((run) => name === `tests on ${run}` && hasFailed(run))
const hasFailed = (run: Run): boolean => outcomes.get(run)?.some(({ status }) => status === 'failed') ?? false
const troubles = [...failedSteps.filter(untold).map((name) => `${name} failed`), ...troublesOf(outcomes)]

for (const [run, all] of outcomes) console.log(`${run}: ${all.length} tests`)
for (const [test, reason] of Object.entries(knownGaps)) console.log(`known gap: ${test}: ${reason}`)
for (const trouble of troubles) console.log(`trouble: ${trouble}`)
const failed = failedTests + troubles.length
console.log(`${count(({ status }) => status === 'passed')} passed, ${failed} failed, ${count(isSkipped)} skipped`)
process.exitCode = failed > 0 || failedSteps.length > 0 ? 1 : 0
