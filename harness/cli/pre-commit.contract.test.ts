import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { fakeSecret, webClientFile } from '../../fixtures/counterexamples/configurations/fake-credentials.ts'
import { compileCacheEnvironment } from '../runtime/compile-cache.ts'
import { checkout } from './action.fixture.ts'
import { exampleProject, today, write } from './checked-project.fixture.ts'

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-hook-'))))
afterAll(() => rm(root, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly said: string
}

/** A program in a folder; of the machine’s own Git settings none takes part. */
function program(cwd: string, command: string, ...args: readonly string[]): Promise<Ended> {
  return programOn(process.env['PATH'] ?? '', cwd, command, ...args)
}

function programOn(PATH: string, cwd: string, command: string, ...args: readonly string[]): Promise<Ended> {
  const { HOME = '' } = process.env
  const who = { NAME: 'Example', EMAIL: 'example@example.com' }
  const people = ['AUTHOR', 'COMMITTER'].flatMap((role) =>
    Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  )
  const own = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', ...Object.fromEntries(people) }
  const child = spawn(command, args, {
    cwd,
    env: { PATH, HOME, ...compileCacheEnvironment(), ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  return new Promise((resolve, reject) => child.once('error', reject).once('close', (code) => resolve({ code, said })))
}

/** The example project as a repository, with its desktop clients kept out, as it should be. */
async function repository(): Promise<string> {
  const folder = await exampleProject(root, { ...today, '.gitignore': 'client_secret*.json\n' })
  await program(folder, 'git', 'init', '--quiet', '--initial-branch=main')
  return folder
}

const commits = async (folder: string): Promise<number> =>
  Number((await program(folder, 'git', 'rev-list', '--all', '--count')).said.trim())

const commit = async (folder: string): Promise<Ended> => {
  await program(folder, 'git', 'add', '--all')
  return program(folder, 'git', 'commit', '--quiet', '--message=A change')
}

describe('a hook of Git', { timeout: 30_000 }, () => {
  async function hooked(): Promise<string> {
    const folder = await repository()
    const told = await readFile(join(checkout, 'docs/pre-commit.md'), 'utf8')
    const recipe = told.split('```sh\n')[1]!.split('```')[0]!
    expect(recipe).toContain('/path/to/oauth-imap-conformance')
    const hook = join(folder, '.git/hooks/pre-commit')
    await write(folder, { '.git/hooks/pre-commit': recipe.replace('/path/to/oauth-imap-conformance', checkout) })
    await chmod(hook, 0o755)
    return folder
  }

  test('lets a clean commit pass', async () => {
    const folder = await hooked()
    expect((await commit(folder)).code).toBe(0)
    expect(await commits(folder)).toBe(1)
  })

  test('refuses one that adds the secret of a web client, names the line, and passes once it is out', async () => {
    const folder = await hooked()
    await commit(folder)
    await write(folder, { 'server/google.json': webClientFile(fakeSecret(61)) })
    const refused = await commit(folder)
    expect(refused.code).not.toBe(0)
    expect(refused.said).toMatch(/^✗ server\/google\.json:6:\d+ {2}cred\/secret-not-in-vcs$/m)
    expect(refused.said).not.toContain(fakeSecret(61))
    expect(await commits(folder)).toBe(1)

    await program(folder, 'git', 'rm', '--quiet', '--cached', 'server/google.json')
    await rm(join(folder, 'server'), { recursive: true })
    await writeFile(join(folder, 'notes.txt'), 'The secret is elsewhere.\n')
    expect((await commit(folder)).code).toBe(0)
    expect(await commits(folder)).toBe(2)
  })
})

interface Hook {
  readonly id: string
  readonly entry: string
  readonly language: string
  readonly pass_filenames: boolean
  readonly always_run: boolean
}

describe('the hook of the pre-commit framework', { timeout: 30_000 }, () => {
  test('is a script of this checkout that passes and fails as the program does', async () => {
    const [hook, ...others] = parse(await readFile(join(checkout, '.pre-commit-hooks.yaml'), 'utf8')) as Hook[]
    expect(others).toEqual([])
    expect(hook).toMatchObject({ id: 'oauth-imap-check', language: 'script', pass_filenames: false, always_run: true })
    // The framework runs a script by its path in the hook’s own checkout, at the root of the user’s repository.
    const [script = '', ...args] = hook!.entry.split(' ')
    const folder = await repository()
    await program(folder, 'git', 'add', '--all')
    expect((await program(folder, join(checkout, script), ...args)).code).toBe(0)
    await write(folder, { 'server/google.json': webClientFile(fakeSecret(62)) })
    await program(folder, 'git', 'add', '--all')
    const refused = await program(folder, join(checkout, script), ...args)
    expect(refused.code).toBe(1)
    expect(refused.said).toContain('server/google.json:6:')
  })
})

test('the script runs through a link, on the Node of the checkout where that of the machine is too old', async () => {
  const folder = await repository()
  const tools = join(folder, 'tools')
  await mkdir(tools)
  await writeFile(join(tools, 'node'), '#!/bin/sh\necho too old\nexit 9\n', { mode: 0o755 })
  await symlink(join(checkout, 'harness/cli/oauth-imap'), join(tools, 'oauth-imap'))
  const path = `${tools}:/usr/bin:/bin`
  expect(await programOn(path, folder, join(tools, 'oauth-imap'), '--version')).toEqual({
    code: 0,
    said: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
}, 30_000)
