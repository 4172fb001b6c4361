import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { breathe, realTime } from './breathe.ts'
import { compileCacheEnvironment } from './compile-cache.ts'
import { exists, makeTemporaryDirectory, removeTree } from './files.ts'
import { stateOf } from './proc.ts'
import { endAbandoned } from './process-tree.ts'

interface Run {
  readonly home: string
  readonly program: number
  readonly child: number
  readonly below: number
}

const started: { readonly process: ChildProcess; readonly run: Run }[] = []
afterEach(async () => {
  for (const { process, run } of started.splice(0)) {
    process.kill('SIGKILL')
    await removeTree(run.home)
  }
  endAbandoned()
})

/** Starts a run in small, in no process tree of ours, just as another terminal would. */
async function startRun(): Promise<{ readonly process: ChildProcess; readonly run: Run }> {
  const script = fileURLToPath(new URL('./abandoned.fixture.ts', import.meta.url))
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, 'deno' in process.versions ? ['run', '-A', script] : [script], {
    env: { PATH, HOME, ...compileCacheEnvironment() },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout!, 'data')) as readonly unknown[]
  const entry = { process: child, run: JSON.parse(new TextDecoder().decode(line as Uint8Array)) as Run }
  started.push(entry)
  return entry
}

const lives = (pid: number): boolean => stateOf(pid)?.alive ?? false
async function isGone(pid: number): Promise<boolean> {
  const began = realTime()
  while (lives(pid) && realTime() - began < 4_000) await breathe(10)
  return !lives(pid)
}

test('what a killed run leaves is ended and removed by the next one, and a live run’s is not touched', async () => {
  const [killed, other] = [await startRun(), await startRun()]
  // Afterwards any run of this machine may come first, so what lives is looked at now.
  expect([lives(killed.run.program), await exists(killed.run.home)]).toEqual([true, true])
  process.kill(killed.process.pid!, 'SIGKILL')
  await once(killed.process, 'exit')

  // A module’s process notices by itself, and ends what it started, in a session of its own too.
  expect([await isGone(killed.run.child), await isGone(killed.run.below)]).toEqual([true, true])
  // A foreign program does not, and nobody removes the directory.
  endAbandoned()
  await removeTree(await makeTemporaryDirectory('next'))
  expect([await isGone(killed.run.program), await exists(killed.run.home)]).toEqual([true, false])
  const { program, child, below, home } = other.run
  expect([lives(program), lives(child), lives(below), await exists(home)]).toEqual([true, true, true, true])
}, 30_000)

test('a directory whose name only looks like ours stays', async () => {
  const home = await makeTemporaryDirectory('names')
  const owner = /-(\d+)-(\d+)-([0-9a-f]{12})-\w{6}$/.exec(home)!
  // The same number with another beginning is another process, which is gone; in another place, nothing is known.
  const gone = `${home.slice(0, owner.index)}-${owner[1]}-1-${owner[3]}-abcdef`
  const elsewhere = `${home.slice(0, owner.index)}-${owner[1]}-1-000000000000-abcdef`
  const nameless = `${home.slice(0, owner.index)}-abcdef`
  for (const path of [gone, elsewhere, nameless]) mkdirSync(path)
  await removeTree(await makeTemporaryDirectory('next'))
  const left = await Promise.all([gone, elsewhere, nameless, home].map(exists))
  for (const path of [elsewhere, nameless, home]) await removeTree(path)
  expect(left).toEqual([false, true, true, true])
})
