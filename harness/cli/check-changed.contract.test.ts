import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fakeSecret, webClientFile } from '../../fixtures/counterexamples/configurations/fake-credentials.ts'
import { type Changes, check, exampleProject, flawed, readOnly, today, write } from './checked-project.fixture.ts'

/** What changed since a commit, through the real program. */

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-changed-'))))
afterAll(() => rm(root, { recursive: true, force: true }))
const project = (changes?: Changes): Promise<string> => exampleProject(root, changes)

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=Example', '-c', 'user.email=example@example.com', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })

describe('what changed since', { timeout: 60_000 }, () => {
  /** A repository whose main has one flaw. */
  async function repository(changes: Changes = flawed): Promise<string> {
    const folder = await project({ ...changes, '.gitignore': 'client_secret*.json\n' })
    git(folder, 'init', '--quiet', '--initial-branch=main')
    git(folder, 'add', '--all')
    git(folder, 'commit', '--quiet', '--message=First')
    git(folder, 'switch', '--quiet', '--create', 'topic')
    return folder
  }
  const commit = (folder: string): void => {
    git(folder, 'add', '--all')
    git(folder, 'commit', '--quiet', '--message=More')
  }

  test.each([
    ['committed', commit],
    ['staged', (folder: string) => void git(folder, 'add', '--all')],
    ['unstaged', () => {}],
  ])('%s: only that counts and is shown, and never as everything', async (_, save) => {
    const folder = await repository()
    expect(await check(folder, '--changed-since', 'main')).toMatchObject({ code: 0, lines: [] })
    await write(folder, { 'settings.yaml': readOnly })
    save(folder)
    const { code, lines, report, stdout } = await check(folder, '--changed-since', 'main')
    expect({ code, lines }).toEqual({ code: 1, lines: ['fail consent/scope-mail settings.yaml:3'] })
    expect(report.selection.changedSince).toBe('main')
    expect(stdout).toContain('since main')
    expect((await check(folder)).lines.length).toBe(2)
  })

  test('what the main branch did in the meantime does not count', async () => {
    const folder = await repository()
    git(folder, 'switch', '--quiet', 'main')
    await write(folder, { 'settings.yaml': readOnly })
    commit(folder)
    git(folder, 'switch', '--quiet', 'topic')
    expect((await check(folder, '--changed-since', 'main')).lines).toEqual([])
  })

  test('a change of what leads to a file counts as one of the file', async () => {
    const folder = await repository()
    await write(folder, { 'oauth-imap.gate.yaml': (text) => `${text}# changed\n` })
    expect((await check(folder, '--changed-since', 'main')).lines).toEqual([
      'fail consent/scope-mail settings.production.yaml:2',
    ])
  })

  test.each([
    ['a setting', { 'settings.yaml': (text: string) => text.replace(/.*tls: implicit\n/, '') }],
    ['a file', { 'settings.production.yaml': null }],
  ])('%s that is gone is told, though what asks for it stayed as it is', async (_, changes) => {
    const folder = await repository(today)
    await write(folder, changes)
    commit(folder)
    const { code, lines } = await check(folder, '--changed-since', 'main')
    expect({ code, rules: new Set(lines.map((line) => line.split(' ')[1])) }).toEqual({
      code: 3,
      rules: new Set(['cfg/readable']),
    })
  })

  test('a list of what stays out of an image counts wherever it lies above a secret', async () => {
    const folder = await repository({
      ...today,
      'app/web.Dockerfile': 'FROM scratch\nCOPY . .\n',
      'app/web.Dockerfile.dockerignore': 'secrets\n',
      'app/secrets/client_secret.server.json': webClientFile(fakeSecret(1)),
    })
    await chmod(join(folder, 'app/secrets/client_secret.server.json'), 0o600)
    expect((await check(folder)).lines).toEqual([])
    await write(folder, { 'app/web.Dockerfile.dockerignore': '# nothing\n' })
    expect((await check(folder, '--changed-since', 'main')).lines).toEqual([
      expect.stringContaining('warn cred/files-ignored app/secrets/client_secret.server.json'),
    ])
    commit(folder)
    expect((await check(folder, '--changed-since', 'HEAD')).lines).toEqual([])
  })

  test('a check that applies to nothing anyway is not passed for one that nothing touched', async () => {
    const folder = await repository(today)
    expect((await check(folder, '--only', 'cfg/plays')).code).toBe(2)
    expect((await check(folder, '--only', 'cfg/plays', '--changed-since', 'main')).code).toBe(2)
    expect((await check(folder, '--only', 'tls/*', '--changed-since', 'main')).code).toBe(0)
  })

  test('a new file that nobody ignores counts, and in a folder of the repository paths are its own', async () => {
    const folder = await repository(today)
    await write(folder, {
      'inner/oauth-imap.gate.yaml': 'profiles:\n  development:\n    settings:\n      scopes: [openid]\n',
      'inner/.env': 'A=1\n',
    })
    const { lines } = await check(folder, 'inner', '--changed-since', 'main')
    expect(lines.filter((line) => line.includes('scope-mail'))).toEqual([
      'fail consent/scope-mail inner/oauth-imap.gate.yaml:4',
    ])
  })

  test('cannot be told without the commit, without its history, and without a repository', async () => {
    const folder = await repository()
    const outside = await project(flawed)
    const clone = join(dirname(folder), 'clone')
    commit(await write(folder, { 'settings.yaml': readOnly }).then(() => folder))
    git(folder, 'clone', '--quiet', '--depth=1', `file://${folder}`, clone)
    for (const [where, reference, says] of [
      [folder, 'mian', 'there is no such commit'],
      [folder, '--output=x', 'there is no such commit'],
      [
        clone,
        'main',
        'there is no such commit (this clone is shallow). Fetch the whole history (actions/checkout: fetch-depth: 0)',
      ],
      [outside, 'main', 'it is in no Git repository'],
    ] as const) {
      const { code, complaints } = await check(where, `--changed-since=${reference}`)
      expect([code, complaints.length]).toEqual([3, 1])
      expect(complaints[0]).toContain(says)
    }
  })
})
