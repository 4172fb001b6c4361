import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../model/report.ts'
import {
  type Changes,
  check,
  exampleProject,
  filesIn,
  flawed,
  inDays,
  readOnly,
  today,
  write,
} from './checked-project.fixture.ts'
import { runToEnd } from './program.fixture.ts'

/** What counts and what is excused, through the real program. */

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-policy-'))))
afterAll(() => rm(root, { recursive: true, force: true }))
const project = (changes?: Changes): Promise<string> => exampleProject(root, changes)

const waiver = (expires: string): string =>
  `waivers:\n  - rule: consent/scope-mail\n    reason: the next release asks for it\n    expires: ${expires}\n    by: alice@example.com\n`
const waived = (expires: string): Changes => ({ 'oauth-imap.gate.yaml': (text) => `${text}${waiver(expires)}` })

describe('a waiver', { timeout: 60_000 }, () => {
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

  test('holds for run too, on the day on which it runs', async () => {
    const config = { 'oauth-imap.config.json': '{"subject":"reference","configuration":"."}' }
    const folder = await project({ ...flawed, ...waived(inDays(360)), ...config })
    const only = ['--only', 'consent/scope-mail', '--only', 'cfg/waivers-current', '--report', 'json=report.json']
    const { code } = await runToEnd(['run', ...only], folder)
    const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Report
    expect(report.checks.map(({ id, verdict }) => `${verdict} ${id}`)).toEqual([
      'warn consent/scope-mail',
      'pass cfg/waivers-current',
    ])
    expect(code).toBe(0)
  })

  test('that is malformed is told with its place', async () => {
    const folder = await project({ ...today, 'oauth-imap.gate.yaml': (text) => `${text}waivers:\n  - rule: a/b\n` })
    const { code, stdout } = await check(folder)
    expect(code).toBe(3)
    expect(stdout).toMatch(/oauth-imap\.gate\.yaml:\d+:\d+/)
  })
})

describe('a policy', { timeout: 60_000 }, () => {
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

describe('a baseline', { timeout: 60_000 }, () => {
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
