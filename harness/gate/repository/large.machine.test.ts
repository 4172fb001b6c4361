import { readFileSync } from 'node:fs'
import { chown, mkdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fakeSecret } from '../../../fixtures/counterexamples/configurations/fake-credentials.ts'
import { start } from '../../cli/program.fixture.ts'
import { makeTemporaryDirectory, removeTree } from '../../runtime/files.ts'
import { join } from '../../runtime/path.ts'
import { makeLargeRepository } from './large-repository.fixture.ts'
import { openRepository, readFolder } from './repository.fixture.ts'

/** Limits are several times what is measured on a quiet machine: what fails here has become slow in kind. */

let home: string
beforeAll(async () => {
  home = await makeTemporaryDirectory('large')
})
afterAll(() => removeTree(home))

interface Cost {
  readonly code: number | null
  readonly seconds: number
  /** The most memory that the process ever held, in mebibytes. */
  readonly mebibytes: number
}

/** Runs the real program and watches its memory, as Linux tells it. */
async function costOf(args: readonly string[], cwd: string): Promise<Cost> {
  const before = performance.now()
  const { child, ended } = start(args, cwd)
  let mebibytes = 0
  const timer = setInterval(() => {
    try {
      const [, kibibytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
      mebibytes = Math.max(mebibytes, Number(kibibytes) / 1024)
    } catch {
      // It has just ended.
    }
  }, 20)
  const { code } = await ended
  clearInterval(timer)
  return { code, seconds: (performance.now() - before) / 1000, mebibytes }
}

describe('2,000 files and 5,000 commits', () => {
  beforeAll(() => makeLargeRepository(join(home, 'many'), { files: 2000, commits: 5000 }), 120_000)

  test.each([
    ['files alone', ['--no-history'], 4],
    ['with the history', [], 12],
  ])('%s', async (_, options, most) => {
    const cost = await costOf(['check', '.', ...options], join(home, 'many'))
    expect(cost.code).not.toBe(3)
    expect(cost.seconds).toBeLessThan(most)
    expect(cost.mebibytes).toBeGreaterThan(20)
    expect(cost.mebibytes).toBeLessThan(200)
  })
})

test('50,000 files', { timeout: 300_000 }, async () => {
  await makeLargeRepository(join(home, 'huge'), { files: 50_000, commits: 2 })
  const cost = await costOf(['check', '.', '--no-history'], join(home, 'huge'))
  expect(cost.code).not.toBe(3)
  expect(cost.seconds).toBeLessThan(30)
  expect(cost.mebibytes).toBeLessThan(200)
})

describe.runIf(process.getuid?.() === 0)('a folder of somebody else', () => {
  test('is told as one that Git does not trust, and its files are searched all the same', async () => {
    const directory = join(home, 'foreign')
    await (await openRepository(directory)).commit({ 'mail.py': `secret = '${fakeSecret(1)}'\n` })
    await chown(directory, 65_534, 65_534)
    await chown(join(directory, '.git'), 65_534, 65_534)
    const { begun, secrets } = await readFolder(directory)
    expect(begun).toMatchObject({ vcs: 'refused', history: 'none', note: expect.stringContaining('safe.directory') })
    expect(secrets).toEqual(['untracked mail.py:1'])
  })

  test('unless the user trusts it', async () => {
    await mkdir(join(home, 'user'))
    await writeFile(join(home, 'user/.gitconfig'), `[safe]\n\tdirectory = ${join(home, 'foreign')}\n`)
    const before = process.env['HOME']
    process.env['HOME'] = join(home, 'user')
    try {
      const { begun, secrets } = await readFolder(join(home, 'foreign'))
      expect(begun).toMatchObject({ vcs: 'git', history: 'whole' })
      expect(secrets).toEqual(['tracked mail.py:1'])
    } finally {
      process.env['HOME'] = before
    }
  })
})
