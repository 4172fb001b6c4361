import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { breathe } from './breathe.ts'
import type * as Proc from './proc.ts'
import { stateOf } from './proc.ts'
import { openProcessTree } from './process-tree.ts'

/** Processes that turn into another program just now, and for how many more reads. */
const turning = vi.hoisted(() => new Map<number, number>())

vi.mock('./proc.ts', async (original) => {
  const real = await original<typeof Proc>()
  return {
    ...real,
    argumentsOf: (pid: number) => ((turning.get(pid) ?? 0) > 0 ? '' : real.argumentsOf(pid)),
    environmentOf(pid: number) {
      const left = turning.get(pid) ?? 0
      turning.set(pid, left - 1)
      return left > 0 ? '' : real.environmentOf(pid)
    },
  }
})

/** A process that nothing but its environment tells from strangers, as `setsid` makes it. */
async function orphan(mark: Readonly<Record<string, string>>): Promise<number> {
  const shell = spawn('/bin/sh', ['-c', 'setsid sleep 317 >/dev/null 2>&1 & echo $!'], {
    env: { PATH: '/usr/bin:/bin', ...mark },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [said] = (await once(shell.stdout, 'data')) as [Uint8Array]
  await once(shell, 'exit')
  return Number(new TextDecoder().decode(said))
}

const lives = (pid: number): boolean => stateOf(pid)?.alive ?? false

test.each([0, 10, 60])('a process is ended that shows no environment for %d looks', async (looks) => {
  const tree = openProcessTree()
  const pid = await orphan(tree.environment)
  try {
    expect(lives(pid)).toBe(true)
    turning.set(pid, looks)
    tree.end()
    for (let look = 0; look < 300 && lives(pid); look++) await breathe(10)
    expect(lives(pid)).toBe(false)
  } finally {
    if (lives(pid)) process.kill(pid, 'SIGKILL')
  }
})
