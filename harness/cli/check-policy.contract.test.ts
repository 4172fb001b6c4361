import { execFileSync } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GateFinding, Report } from '../model/report.ts'
import { type Ended, runToEnd, start } from './program.fixture.ts'
import { exampleConfiguration } from './subjects.ts'

/** What counts, what is excused and what is mended, through the real program. */

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-policy-'))))
afterAll(() => rm(root, { recursive: true, force: true }))

type Change = string | null | ((before: string) => string)
type Changes = Readonly<Record<string, Change>>

async function write(folder: string, changes: Changes): Promise<void> {
  for (const [path, change] of Object.entries(changes)) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    if (change === null) await rm(file)
    else
      await writeFile(file, typeof change === 'string' ? change : change(await readFile(file, 'utf8').catch(() => '')))
  }
}

/** The example project, changed. */
async function project(changes: Changes = {}): Promise<string> {
  const home = await mkdtemp(join(root, 'case-'))
  const folder = join(home, 'app')
  await cp(exampleConfiguration.directory, folder, { recursive: true })
  for (const path of ['client_secret.development.json', 'client_secret.production.json'])
    await chmod(join(folder, path), 0o600)
  await write(folder, changes)
  return folder
}

interface Checked extends Ended {
  readonly report: Report
  readonly findings: readonly GateFinding[]
  readonly lines: readonly string[]
}

async function check(folder: string, ...args: readonly string[]): Promise<Checked> {
  const file = join(dirname(folder), 'report.json')
  await rm(file, { force: true })
  const ended = await runToEnd(['check', ...args, '--report', `json=${file}`], folder)
  const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{"findings":[]}')) as Report
  const findings = report.findings.filter(({ level }) => level !== 'MAY')
  const lines = findings.map(
    ({ rule, path, line, verdict, excuse }) => `${verdict} ${rule} ${path}:${line}${excuse ? ` (${excuse.by})` : ''}`,
  )
  return { ...ended, report, findings, lines }
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const attested: Change = (text) =>
  text.replace(/checkedOn: .*/, `checkedOn: ${inDays(-1)}`).replaceAll(/lastUsed: .*/g, `lastUsed: ${inDays(-1)}`)
const readOnly: Change = (text) =>
  text.replace('https://mail.google.com/', 'https://www.googleapis.com/auth/gmail.readonly')
/** The example is of a day; what is looked at here must not depend on when. */
const today = { 'oauth-imap.attestation.yaml': attested }
const flawed = { ...today, 'settings.production.yaml': readOnly }
const waiver = (expires: string): string =>
  `waivers:\n  - rule: consent/scope-mail\n    reason: the next release asks for it\n    expires: ${expires}\n    by: alice@example.com\n`
const waived = (expires: string): Changes => ({ 'oauth-imap.gate.yaml': (text) => `${text}${waiver(expires)}` })

const filesIn = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const read = names.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    return [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const
  })
  return Object.fromEntries((await Promise.all(read)).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

describe.concurrent('a waiver', () => {
  test('makes a warning of a failure, in sight with its reason, under --strict too', async () => {
    const folder = await project({ ...flawed, ...waived(inDays(30)) })
    for (const strict of [[], ['--strict']]) {
      const { code, lines, report, stdout } = await check(folder, ...strict)
      expect({ code, lines, verdict: report.verdict }).toEqual({
        code: 0,
        lines: ['warn consent/scope-mail settings.production.yaml:2 (waiver)'],
        verdict: 'warn',
      })
      expect(stdout).toContain('the next release asks for it')
      expect(report.checks.find(({ id }) => id === 'consent/scope-mail')).toMatchObject({
        verdict: 'warn',
        reason: `waived until ${inDays(30)}: the next release asks for it`,
      })
    }
  })

  test.each([
    [
      'past',
      -1,
      ['fail consent/scope-mail settings.production.yaml:2', 'fail cfg/waivers-current oauth-imap.gate.yaml:'],
    ],
    [
      'for years',
      400,
      ['warn consent/scope-mail settings.production.yaml:2 (waiver)', 'fail cfg/waivers-current oauth-imap.gate.yaml:'],
    ],
  ])('%s fails', async (_, days, expected) => {
    const { code, lines } = await check(await project({ ...flawed, ...waived(inDays(days)) }))
    expect(code).toBe(1)
    expect(lines.map((line, index) => line.slice(0, expected[index]?.length))).toEqual(expected)
  })

  test('that covers nothing fails, but not where its rule was not asked for', async () => {
    const folder = await project({ ...today, ...waived(inDays(30)) })
    expect((await check(folder)).lines).toEqual([expect.stringMatching(/^fail cfg\/waivers-current/)])
    expect((await check(folder, '--only', 'cfg/*', '--only', 'proj/*')).lines).toEqual([])
    await write(folder, { 'settings.yaml': (text) => `${text}\n]: [` })
    expect((await check(folder)).lines.filter((line) => line.includes('waivers-current'))).toEqual([])
  })

  test('that is malformed is told with its place', async () => {
    const folder = await project({ ...today, 'oauth-imap.gate.yaml': (text) => `${text}waivers:\n  - rule: a/b\n` })
    const { code, stdout } = await check(folder)
    expect(code).toBe(3)
    expect(stdout).toMatch(/oauth-imap\.gate\.yaml:\d+:\d+/)
  })
})

describe.concurrent('a policy', () => {
  const policy = (text: string, more: Changes = {}): Promise<string> =>
    project({
      ...flawed,
      'oauth-imap.gate.yaml': (gate) => `extends: ../policy/team.yaml\n${gate}`,
      '../policy/team.yaml': text,
      ...more,
    })

  test('gives waivers, settings, attestation, baseline and strictness; its paths begin at its folder', async () => {
    const folder = await policy(`extends: organisation/all.yaml\n${waiver(inDays(30))}`, {
      '../policy/organisation/all.yaml':
        'attestation: shared.yaml\nstrict: true\nprofiles:\n  production:\n    settings:\n      log.level: debug\n      imap.port: 143\n  other:\n    settings: { scopes: nothing }\n',
      '../policy/organisation/shared.yaml': 'nothing: here\n',
      'oauth-imap.gate.yaml': (gate) => `extends: ../policy/team.yaml\n${gate.replace(/ +log\.level:.*\n/, '')}`,
    })
    const { lines, report } = await check(folder)
    expect(lines.filter((line) => line.includes('scope-mail'))).toEqual([
      'warn consent/scope-mail settings.production.yaml:2 (waiver)',
    ])
    // The project’s own port and its own attestation go before; the level of its log is the policy’s.
    expect(report.checks.find(({ id }) => id === 'tls/implicit-993')?.verdict).toBe('pass')
    expect(lines.filter((line) => line.startsWith('fail'))).toEqual([
      expect.stringMatching(/^fail \S+ \.\.\/policy\/organisation\/all\.yaml:6$/),
    ])
    await write(folder, { 'oauth-imap.attestation.yaml': null })
    const without = await check(folder)
    expect(without.stdout).toContain('../policy/organisation/shared.yaml:1:')
  })

  test('knows a shared baseline, whose paths begin at its own folder', async () => {
    const entry = {
      rule: 'consent/scope-mail',
      path: '../app/settings.production.yaml',
      at: '/oauth/scopes',
      times: 1,
      since: '2026-01-02',
    }
    const other = { ...entry, path: '../other/settings.yaml' }
    const folder = await policy('baseline: known.json\n', {
      '../policy/known.json': JSON.stringify({ format: 'oauth-imap baseline', version: 1, findings: [entry, other] }),
    })
    const { code, lines, report } = await check(folder)
    expect({ code, lines }).toEqual({
      code: 0,
      lines: ['warn consent/scope-mail settings.production.yaml:2 (baseline)'],
    })
    expect(report.findings.filter(({ rule }) => rule === 'cfg/waivers-current')).toEqual([])
  })

  test.each([
    [
      'that is missing',
      {},
      'app/oauth-imap.gate.yaml:1:10: extends a policy that does not exist: ../policy/team.yaml.',
    ],
    ['that cannot be read', { '../policy/team.yaml': 'a: [' }, '../policy/team.yaml:1:5: '],
    ['with a mistake', { '../policy/team.yaml': 'strict: 1\n' }, '../policy/team.yaml:1:9: strict: expected boolean'],
    [
      'that leads back',
      {
        '../policy/team.yaml': 'extends: more.yaml\n',
        '../policy/more.yaml': '\nextends: ../app/oauth-imap.gate.yaml\n',
      },
      'extends itself: oauth-imap.gate.yaml → ../policy/team.yaml → ../policy/more.yaml → ',
    ],
  ])('%s is one line with its place', async (_, files, says) => {
    const folder = await project({
      ...flawed,
      'oauth-imap.gate.yaml': (gate) => `extends: ../policy/team.yaml\n${gate}`,
      ...files,
    })
    const before = await filesIn(folder)
    for (const args of [[], ['--write-baseline'], ['--fix', '--yes']]) {
      const { code, complaints, stdout } = await check(folder, ...args)
      expect({ code, stdout, lines: complaints.length }).toEqual({ code: 3, stdout: '', lines: 1 })
      expect(complaints[0]).toContain(says.replace('app/', ''))
    }
    expect(await filesIn(folder)).toEqual(before)
  })
})

describe.concurrent('a baseline', () => {
  const baseline = async (folder: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
    (JSON.parse(await readFile(join(folder, 'oauth-imap.baseline.json'), 'utf8')) as { findings: [] }).findings

  test('excuses exactly what it knows: a moved line stays known, a second finding is new, what went is told and pruned', async () => {
    const folder = await project(flawed)
    expect((await check(folder)).code).toBe(1)
    const written = await check(folder, '--write-baseline')
    expect(written.code).toBe(0)
    expect(written.stdout).toContain('Wrote 1 finding to oauth-imap.baseline.json')
    expect(await baseline(folder)).toEqual([
      { rule: 'consent/scope-mail', path: 'settings.production.yaml', at: '/oauth/scopes', times: 1, since: inDays(0) },
    ])

    await write(folder, { 'settings.production.yaml': (text) => `# moved\n${text}` })
    expect((await check(folder, '--strict')).lines).toEqual([
      'warn consent/scope-mail settings.production.yaml:3 (baseline)',
    ])
    await write(folder, { 'settings.yaml': readOnly })
    const more = await check(folder)
    expect([more.code, more.lines.filter((line) => line.startsWith('fail'))]).toEqual([
      1,
      ['fail consent/scope-mail settings.yaml:3'],
    ])

    await write(folder, { 'settings.yaml': (text) => text.replace(/https:\S+readonly/, 'https://mail.google.com/') })
    await write(folder, {
      'settings.production.yaml': (text) => text.replace(/https:\S+readonly/, 'https://mail.google.com/'),
    })
    const gone = await check(folder)
    expect([gone.code, gone.lines]).toEqual([0, []])
    expect(gone.report.findings.filter(({ rule }) => rule === 'cfg/waivers-current')).toEqual([
      expect.objectContaining({ level: 'MAY', path: 'oauth-imap.baseline.json', line: 5 }),
    ])
    expect((await check(folder, '--write-baseline')).stdout).toContain(
      'Wrote 0 findings to oauth-imap.baseline.json; 1 entry went',
    )
    expect(await baseline(folder)).toEqual([])
  })

  test('keeps the day on which a finding was first written down, and waivers out', async () => {
    const folder = await project(flawed)
    await check(folder, '--write-baseline')
    await write(folder, { 'oauth-imap.baseline.json': (text) => text.replace(inDays(0), '2026-01-02') })
    await check(folder, '--write-baseline')
    expect(await baseline(folder)).toEqual([expect.objectContaining({ since: '2026-01-02' })])
    await write(folder, waived(inDays(30)))
    await check(folder, '--write-baseline')
    expect(await baseline(folder)).toEqual([])
  })

  test('never excuses what is wrong with waivers', async () => {
    const folder = await project({ ...today, ...waived(inDays(-1)) })
    expect((await check(folder, '--write-baseline')).code).toBe(1)
    expect(await baseline(folder)).toEqual([])
  })

  test('holds no part of a secret', async () => {
    const secret = `GOC${'SPX-'}planted0control1value2here`
    const folder = await project({
      ...flawed,
      'client_secret.production.json': (text) =>
        text.replace(/"client_secret": "[^"]*"/, `"client_secret": "${secret}"`).replace(/ *"token_uri".*\n/, ''),
    })
    const { stdout } = await check(folder, '--write-baseline')
    const text = await readFile(join(folder, 'oauth-imap.baseline.json'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ findings: { length: expect.any(Number) } })
    expect((await baseline(folder)).length).toBeGreaterThan(1)
    for (let at = 0; at + 4 <= secret.length; at += 1) {
      if (at > 7) expect(text).not.toContain(secret.slice(at, at + 4))
      if (at + 12 <= secret.length) expect(stdout).not.toContain(secret.slice(at, at + 12))
    }
  })

  test('lies where it is told to, and a file that is none is left as it is', async () => {
    const folder = await project({
      ...flawed,
      'oauth-imap.gate.yaml': (text) => `${text}baseline: known/findings.json\n`,
    })
    await mkdir(join(folder, 'known'))
    expect((await check(folder, '--write-baseline')).stdout).toContain('Wrote 1 finding to known/findings.json')
    expect((await check(folder)).code).toBe(0)
    expect((await check(folder, '--write-baseline', 'elsewhere.json')).stdout).toContain('Name it as "baseline"')

    for (const [text, says] of [
      ['{"findings": []}', 'known/findings.json:1:1: it is no baseline: format is missing'],
      [
        '{"format":"oauth-imap baseline","version":2,"findings":[]}',
        'known/findings.json:1:43: it is no baseline: version: expected 1',
      ],
      ['{\n"format"', 'known/findings.json:2:9: '],
    ] as const) {
      await write(folder, { 'known/findings.json': text })
      for (const args of [[], ['--write-baseline']]) {
        const { code, complaints } = await check(folder, ...args)
        expect([code, complaints.length]).toEqual([3, 1])
        expect(complaints[0]).toContain(says)
      }
      expect(await readFile(join(folder, 'known/findings.json'), 'utf8')).toBe(text)
    }
  })

  test.each([
    [['--write-baseline', '--only', 'proj/*'], '--write-baseline looks at everything'],
    [['--write-baseline', '--fix'], '--fix mends'],
    [['--yes'], '--yes'],
    [['--write-baseline', 'x.json', '.', 'policy'], 'cannot be the baseline of 2 projects'],
  ])('%j is refused', async (args, says) => {
    const folder = await project({ ...flawed, 'policy/oauth-imap.gate.yaml': 'profiles: {}\n' })
    const before = await filesIn(folder)
    const { code, complaints } = await check(folder, ...args)
    expect([code, complaints.length]).toEqual([3, 1])
    expect(complaints[0]).toContain(says)
    expect(await filesIn(folder)).toEqual(before)
  })
})

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=Example', '-c', 'user.email=example@example.com', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })

describe.concurrent('what changed since', () => {
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

describe.concurrent('--fix', () => {
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
      'settings.yaml': (text) => (port as (text: string) => string)(text).replace('tls: implicit', 'tls: none'),
    })
    expect((await check(folder)).lines.length).toBeGreaterThan(1)
    const { lines } = await check(folder, '--fix', '--yes')
    expect(lines).toEqual([])
    expect(await readFile(join(folder, 'settings.yaml'), 'utf8')).toContain('port: 993 # of old\n  tls: implicit')
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
