import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Change, type Changes, check, exampleProject, filesIn, inDays, today } from './checked-project.fixture.ts'
import { start } from './program.fixture.ts'

/** What is mended, through the real program. */

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-fix-'))))
afterAll(() => rm(root, { recursive: true, force: true }))
const project = (changes?: Changes): Promise<string> => exampleProject(root, changes)

describe('--fix', { timeout: 60_000 }, () => {
  const port: Change = (text) => text.replace('port: 993', 'port: 143 # of old')
  const limits: Change = (text) => text.replace('connections: 4', 'connections: 40')
  const two = { ...today, 'settings.yaml': port, 'settings.production.yaml': limits }

  test('shows what it would do, and does it only once it is agreed to', async () => {
    const folder = await project(two)
    const before = await filesIn(folder)
    const shown = await check(folder, '--fix')
    expect(shown.code).toBe(1)
    expect(shown.stdout).toContain('--- settings.yaml\n+++ settings.yaml\n@@ -7 +7 @@\n-  port: 143…\n+  port: 993…\n')
    expect(shown.stdout).toContain('--fix --yes')
    expect(await filesIn(folder)).toEqual(before)

    await chmod(join(folder, 'settings.yaml'), 0o640)
    const { code, lines, stdout } = await check(folder, '--fix', '--yes')
    expect({ code, lines }).toEqual({ code: 0, lines: [] })
    expect(stdout).toContain('Mended settings.yaml.')
    expect((await stat(join(folder, 'settings.yaml'))).mode & 0o777).toBe(0o640)
    const after = await filesIn(folder)
    expect(after).toEqual({
      ...before,
      'settings.yaml': before['settings.yaml']!.replace('143', '993'),
      'settings.production.yaml': before['settings.production.yaml']!.replace(
        /connections: 40/,
        /connections: \d+/.exec(after['settings.production.yaml']!)![0],
      ),
    })
    expect((await check(folder, '--fix')).stdout).toContain('There is nothing to mend')
  })

  test('two fixes in one file', async () => {
    const folder = await project({
      ...today,
      'settings.yaml': (text) => (port as (text: string) => string)(text).replace('imap.gmail.com', 'imap.gmail.org'),
    })
    expect((await check(folder)).lines.length).toBeGreaterThan(1)
    const { lines } = await check(folder, '--fix', '--yes')
    expect(lines).toEqual([])
    expect(await readFile(join(folder, 'settings.yaml'), 'utf8')).toContain(
      'host: imap.gmail.com\n  port: 993 # of old\n',
    )
  })

  test('leaves alone what is waived, what a link leads to and what lies outside', async () => {
    const folder = await project({
      ...two,
      '../elsewhere.yaml': 'imap:\n  port: 143\n',
      'oauth-imap.gate.yaml': (text) =>
        `${text.replaceAll('settings.yaml#/imap/port', '../elsewhere.yaml#/imap/port')}waivers:\n  - rule: imap/conn-cap\n    reason: the pool is being replaced\n    expires: ${inDays(30)}\n    by: alice@example.com\n`,
    })
    const before = [await filesIn(folder), await readFile(join(folder, '../elsewhere.yaml'), 'utf8')]
    const { stdout, code } = await check(folder, '--fix', '--yes')
    expect(code).toBe(1)
    expect(stdout).toContain('it lies outside the folder that is checked')
    expect([await filesIn(folder), await readFile(join(folder, '../elsewhere.yaml'), 'utf8')]).toEqual(before)

    const linked = await project(two)
    await mkdir(join(linked, 'real'))
    await rename(join(linked, 'settings.yaml'), join(linked, 'real/settings.yaml'))
    await symlink('real/settings.yaml', join(linked, 'settings.yaml'))
    const told = await check(linked, '--fix', '--yes')
    expect(told.stdout).toContain('a link leads to it')
    expect(await readFile(join(linked, 'real/settings.yaml'), 'utf8')).toContain('143')
  })

  test('takes a file with a secret from everybody else, and keeps it out of commits', async () => {
    const secret = `GOC${'SPX-'}PlantedControl0kQ7zBw3mX9tLd`
    const folder = await project({
      ...today,
      '.gitignore': 'client_secret*.json\n',
      '.env': `CLIENT_SECRET=${secret}\n`,
    })
    execFileSync('git', ['init', '--quiet', folder], { stdio: 'ignore' })
    const before = await check(folder)
    expect(before.lines.map((line) => line.split(' ')[1])).toEqual(['cred/files-ignored', 'cred/client-file-mode'])
    const { stdout, lines } = await check(folder, '--fix', '--yes')
    expect(lines).toEqual([])
    expect(stdout).toContain('--- .env\n+++ .env\nnew mode 0600\n')
    expect(stdout).toContain('--- .gitignore\n+++ .gitignore\n@@ -1,0 +2,1 @@\n+/.env\n')
    expect(stdout).not.toContain(secret)
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, '.env'), 'utf8')).toBe(`CLIENT_SECRET=${secret}\n`)
  })

  test('shows no value beside the one that it mends', async () => {
    const secret = `planted-${'control'}-value`
    const folder = await project({
      ...today,
      'settings.yaml': (text) =>
        text.replace(
          /imap:[^]*/,
          `imap: { password: ${secret}, host: imap.gmail.com, port: 143, tls: implicit, mechanisms: [XOAUTH2] } # ${secret}\n`,
        ),
    })
    const { stdout } = await check(folder, '--fix', '--yes')
    expect(stdout).toContain('-…143…\n+…993…')
    expect(stdout).not.toContain(secret)
    expect(await readFile(join(folder, 'settings.yaml'), 'utf8')).toContain(
      `{ password: ${secret}, host: imap.gmail.com, port: 993,`,
    )
  })

  test('without a terminal nobody is asked', async () => {
    const folder = await project(two)
    const running = start(['check', '--fix'], folder)
    const { code, complaints } = await running.ended
    expect([code, complaints]).toEqual([1, []])
  })
})
