import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Report } from '../model/report.ts'
import { breathe, realTime } from '../runtime/breathe.ts'
import { type Running, alive, descendants, start } from './program.fixture.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'oauth-imap-interrupt-'))
  await mkdir(join(root, 'tmp'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** A run in mid-play: its first worlds are open, a stage with a process of its own is up. */
async function inMidRun(): Promise<Running & { readonly below: readonly number[] }> {
  const running = start(['run', '--subject', 'reference'], root, { env: { TMPDIR: join(root, 'tmp') } })
  await running.says('playing storage')
  let below = descendants(running.child.pid!)
  for (; below.length === 0 && running.child.exitCode === null; below = descendants(running.child.pid!))
    await breathe(5)
  expect(running.child.exitCode).toBeNull()
  return { ...running, below }
}

const nothingIsLeft = async ({ below }: { readonly below: readonly number[] }): Promise<void> => {
  // What was killed takes a moment to be gone.
  const asked = realTime()
  while (alive(below).length > 0 && realTime() - asked < 2_000) await breathe(20)
  expect(alive(below)).toEqual([])
  // A runtime’s own cache of what it has compiled may stay.
  const left = await readdir(join(root, 'tmp'))
  expect(left.filter((name) => name.startsWith('oauth-imap'))).toEqual([])
}

/** Not by `child.kill`: Deno takes the signal that it sent for the way in which the child ended. */
const send = ({ child }: Running, signal: NodeJS.Signals): void => void process.kill(child.pid!, signal)

const slow = 20_000

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a run within two seconds, and what was judged by then is kept',
  async (signal) => {
    const running = await inMidRun()
    const sent = realTime()
    send(running, signal)
    const { code, signal: killedBy, complaints } = await running.ended
    // Twice what is promised to a person: tests share the machine with each other.
    expect(realTime() - sent).toBeLessThan(4_000)
    expect({ code, killedBy }).toEqual({ code: 130, killedBy: null })
    expect(complaints.filter((line) => !line.startsWith('playing '))).toEqual([expect.stringContaining('interrupted')])
    await nothingIsLeft(running)

    const folder = join(root, 'conformance-report')
    expect((await readdir(folder)).toSorted()).toEqual(['index.html', 'report.json'])
    const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Report
    const schema = JSON.parse(
      await readFile(new URL('../../reports/report.schema.json', import.meta.url), 'utf8'),
    ) as object
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    expect(ajv.validate(schema, report), ajv.errorsText()).toBe(true)
    expect([report.interrupted, report.verdict, report.steps.length]).toEqual([true, 'inconclusive', 12])

    const unplayed = report.checks.filter(({ variants }) =>
      variants.some(({ reason }) => reason === 'not played: interrupted'),
    )
    expect(unplayed.length).toBeGreaterThan(10)
    expect(new Set(unplayed.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']))
    // What no variant was seen of is told by that reason, and by no other.
    expect(
      report.checks.filter(({ verdict, variants }) => verdict !== 'inconclusive' && variants.length === 0),
    ).toEqual([])
  },
  slow,
)

test(
  'a second Ctrl-C ends everything at once',
  async () => {
    const running = await inMidRun()
    send(running, 'SIGINT')
    await running.says('interrupted')
    const sent = realTime()
    send(running, 'SIGINT')
    const { code } = await running.ended
    expect(realTime() - sent).toBeLessThan(3_000)
    expect(code).toBe(130)
    await nothingIsLeft(running)
    const written = await readdir(join(root, 'conformance-report')).catch(() => [])
    expect(written.filter((name) => name.startsWith('.'))).toEqual([])
  },
  slow,
)

test(
  'even a run that is killed leaves no process behind',
  async () => {
    const running = await inMidRun()
    send(running, 'SIGKILL')
    await running.ended
    const sent = realTime()
    while (alive(running.below).length > 0 && realTime() - sent < 5_000) await breathe(20)
    expect(alive(running.below)).toEqual([])
  },
  slow,
)
