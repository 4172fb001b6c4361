import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dyingProjects, livingProjects } from '../../fixtures/counterexamples/configurations/played-lives.ts'
import { type Ended, runToEnd } from './program.fixture.ts'

/** `check --play` as a user gives it: the real program over folders on disk. */

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'oauth-imap-play-'))
})
afterAll(() => rm(home, { recursive: true }))

const named = (name: string) => [...livingProjects, ...dyingProjects].find((project) => project.name === name)!

/** Without the breaks of a terminal’s lines. */
const flowing = (text: string): string => text.replace(/\s+/g, ' ')

async function checked(files: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Ended> {
  const directory = await mkdtemp(join(home, 'project-'))
  for (const [path, text] of Object.entries(files)) await writeFile(join(directory, path), text)
  return runToEnd(['check', '--only', 'cfg/plays', '--out', home, ...options], directory)
}

test('a good configuration lives for eight days, told step by step', async () => {
  const { code, stdout, complaints } = await checked(named('web').files, '--play')
  expect(complaints).toEqual([])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Playing \., production \(simulated hours:minutes\)\n/)
  expect(stdout).toMatch(/^ +0:00 {2}authorization request +done$/m)
  expect(stdout).toMatch(/^ +1:00 {2}refresh after an hour +done$/m)
  expect(stdout).toMatch(/^ *192:00 {2}IMAP login after eight days +done$/m)
  expect(flowing(stdout)).toContain('the life of a token was played at mocks')
})

test('a wrong one dies in Google’s words, at the place of the setting', async () => {
  const { files, answer } = named('readonly-scope-for-imap') as (typeof dyingProjects)[number]
  const { code, stdout } = await checked(files, '--play', '--report', 'json')
  expect(code).toBe(1)
  expect(stdout).toMatch(/IMAP login +refused\n +NO \[AUTHENTICATIONFAILED\] .+\n +at oauth-imap\.gate\.json:8$/m)
  expect(stdout).not.toMatch(/^ +\d+:\d\d {2}refresh/m)
  const report = JSON.parse(await readFile(join(home, 'report.json'), 'utf8')) as {
    readonly findings: readonly Readonly<Record<string, unknown>>[]
  }
  expect(report.findings).toMatchObject([{ rule: 'cfg/plays', path: 'oauth-imap.gate.json', line: 8, answer }])
})

test('no secret of the files is told, in whatever form', async () => {
  const { files } = named('secret-of-another-client')
  const secrets = Object.values(files).flatMap((text) => text.match(/GOC[S]PX-[\w-]+/g) ?? [])
  expect(secrets).toHaveLength(2)
  const { stdout, complaints } = await checked(files, '--play', '--report', 'json')
  const told = [stdout, ...complaints, await readFile(join(home, 'report.json'), 'utf8')].join('\n')
  expect(told).toContain('The provided client secret is invalid.')
  for (const secret of secrets) {
    expect(files['client.json']! + files['oauth-imap.gate.json']!).toContain(secret)
    expect(told).not.toContain(secret.slice(-12))
  }
})

test('a client file that cannot be read leaves it undecided', async () => {
  const { code, stdout, complaints } = await checked({ ...named('web').files, 'client.json': '{"web": ' }, '--play')
  expect(complaints).toEqual([])
  expect(code).toBe(2)
  expect(stdout).toMatch(/registration +undecided\n +expected /)
})

test('without the option nothing is played, and it says how', async () => {
  const { code, stdout } = await checked(named('web').files)
  expect(code).not.toBe(1)
  expect(flowing(stdout)).toContain('check --play plays the life of a token with it')
  expect(stdout).not.toContain('Playing')
})
