import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { breathe, realTime } from '../runtime/breathe.ts'
import { type Changes, check, exampleProject, today } from './checked-project.fixture.ts'
import { alive, descendants, runToEnd, start } from './program.fixture.ts'

/** Projects that were made so that whoever checks them waits for ever. */

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-hostile-'))))
afterAll(() => rm(root, { recursive: true, force: true }))
const project = (changes: Changes = {}): Promise<string> => exampleProject(root, { ...today, ...changes })

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=Example', '-c', 'user.email=example@example.com', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
const pipe = (place: string): string => execFileSync('mkfifo', [place], { encoding: 'utf8' })

const waiver = (path: string): string =>
  `waivers:\n  - { rule: '**', path: '${path}', reason: nobody will ever know, by: me, expires: 2099-01-01 }\n`

describe('what has no end is not waited for', { timeout: 20_000 }, () => {
  test('thousands of findings', async () => {
    const uris = Array.from({ length: 3_000 }, (_, index) => `http://host-${index}.example.com/`)
    const folder = await project({
      'client_secret.production.json': (text) =>
        text.replace('"installed"', '"web"').replace('["http://localhost"]', () => `[\n"${uris.join('",\n"')}"]`),
    })
    const { code, lines } = await check(folder)
    expect({ code, lines: lines.filter((line) => line.includes('cred/redirect-https')).length }).toEqual({
      code: 1,
      lines: uris.length,
    })
  })

  test('a waiver whose path could match in more ways than anybody counts', async () => {
    const folders = 'a/'.repeat(30)
    const folder = await project({
      [`${folders}s.yaml`]: 'tls: none\n',
      'oauth-imap.gate.yaml': (text) =>
        text.replace('imap.tls: settings.yaml#/imap/tls', `imap.tls: ${folders}s.yaml#/tls`) +
        waiver('**/'.repeat(40) + 'x'),
    })
    const { lines } = await check(folder)
    expect(lines).toEqual([`fail tls/implicit-993 ${folders}s.yaml:1`, expect.stringContaining('cfg/waivers-current')])
  })

  test('a line of blanks in an environment file', async () => {
    const { code, lines } = await check(await project({ '.env': `GOOGLE_CLIENT_ID=x\n${' '.repeat(200_000)}$\n` }))
    expect({ code, lines }).toEqual({ code: 0, lines: [] })
  })

  test.each(['diff.orderFile', 'mailmap.file'])('a file without end that %s of a repository names', async (name) => {
    const folder = await project()
    git(folder, 'init', '--quiet')
    git(folder, 'add', '--all')
    git(folder, 'commit', '--quiet', '--message=First')
    git(folder, 'config', name, '/dev/zero')
    expect((await check(folder)).code).toBe(0)
    expect(await check(folder, '--changed-since', 'HEAD')).toMatchObject({ code: 0, lines: [] })
  })

  test('pipes that nobody writes to, and devices, where files are expected', async () => {
    const folder = await project({ 'settings.yaml': null, 'oauth-imap.attestation.yaml': null })
    for (const name of ['settings.yaml', 'oauth-imap.attestation.yaml']) pipe(join(folder, name))
    const { code, stdout } = await check(folder)
    expect({ code, told: stdout.match(/expected a plain file/g)?.length }).toEqual({ code: 3, told: 2 })
    expect((await runToEnd(['attest', '--by', 'me'], folder)).complaints).toEqual([
      expect.stringContaining('oauth-imap.attestation.yaml is no plain file.'),
    ])
    expect(await runToEnd(['check', '--from', '/dev/zero'], folder)).toMatchObject({
      code: 3,
      complaints: [expect.stringContaining('/dev/zero: there are more than 64 MiB.')],
    })
  })
})

test('an interruption leaves no git behind', { timeout: 20_000 }, async () => {
  const folder = await project()
  git(folder, 'init', '--quiet')
  // git itself opens it, and waits.
  pipe(join(folder, '.gitignore'))
  const running = start(['check'], folder)
  let below = descendants(running.child.pid!)
  for (
    const begun = realTime();
    below.length === 0 && realTime() - begun < 10_000;
    below = descendants(running.child.pid!)
  )
    await breathe(20)
  expect(below).not.toEqual([])
  process.kill(running.child.pid!, 'SIGINT')
  expect(await running.ended).toMatchObject({ code: 130, complaints: [expect.stringContaining('interrupted')] })
  for (const begun = realTime(); alive(below).length > 0 && realTime() - begun < 2_000;) await breathe(20)
  expect(alive(below)).toEqual([])
})
