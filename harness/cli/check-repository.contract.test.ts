import { readFile, readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  fakeAccessToken,
  fakeOldSecret,
  fakeRefreshToken,
  fakeSecret,
  fakeServiceAccount,
  tokenFile,
  webClientFile,
} from '../../fixtures/counterexamples/configurations/fake-credentials.ts'
import { reportFormats } from '../../reports/formats.ts'
import { makeProject } from '../gate/make-project.ts'
import { makeTemporaryDirectory, removeTree } from '../runtime/files.ts'
import { fileURLToPath, join } from '../runtime/path.ts'
import { createScanner } from '../secret-scanner.ts'
import { start } from './program.fixture.ts'
import { exampleConfiguration } from './subjects.ts'

const key = (JSON.parse(fakeServiceAccount(1)) as { readonly private_key: string }).private_key
const secrets = {
  web: fakeSecret(1),
  old: fakeOldSecret(2),
  refresh: fakeRefreshToken(3),
  access: fakeAccessToken(4),
  past: fakeRefreshToken(5),
  shipped: fakeSecret(6),
  ignored: fakeSecret(7),
  // A line of its own from the middle.
  key: key.split('\n')[9]!,
}

let home: string
beforeAll(async () => {
  home = await makeTemporaryDirectory('check-repository')
  await makeProject(
    {
      name: 'leaking',
      story: 'It gives away everything.',
      files: {
        'web.json': webClientFile(secrets.web),
        'mail.properties': `google.client_secret=${secrets.old}\n`,
        'token.json': tokenFile(secrets.refresh),
        'robot.json': fakeServiceAccount(1),
        'log.txt': `Bearer ${secrets.access}\n`,
        'dist/mail.js': `secret="${secrets.shipped}"`,
        '.env': `GOOGLE_CLIENT_SECRET=${secrets.ignored}\n`,
        'past.json': null,
        Dockerfile: 'FROM node:24\nCOPY . .\n',
      },
      repository: {
        earlier: [{ '.gitignore': '.env\ndist/\nclient_secret*\n', 'past.json': tokenFile(secrets.past) }],
      },
      expects: [],
    },
    join(home, 'project'),
    exampleConfiguration.directory,
  )
})
afterAll(() => removeTree(home))

describe('a repository that gives away everything', () => {
  const told = new Map<string, string>()

  test('fails, with each of them found', async () => {
    const reports = reportFormats.flatMap((format) => ['--report', `${format}=${join(home, 'reports', format)}`])
    const { code, stdout, complaints } = await start(['check', 'project', ...reports], home).ended
    told.set('standard output', stdout).set('standard error', complaints.join('\n'))
    for (const name of await readdir(join(home, 'reports')))
      told.set(name, await readFile(join(home, 'reports', name), 'utf8'))
    expect(code).toBe(1)
    const places = ['web.json:6', 'mail.properties:1', 'token.json:2', 'robot.json:5', 'past.json:2', 'dist/mail.js:1']
    for (const place of [...places, '.env:1', 'log.txt:1']) expect(stdout).toContain(place)
  })

  test('and no format tells a value, in any writing', () => {
    const scanner = createScanner()
    for (const [ref, value] of Object.entries(secrets)) scanner.add({ ref, kind: 'client-secret', value })
    expect(told.size).toBeGreaterThanOrEqual(reportFormats.length)
    for (const [name, text] of told) {
      expect([name, scanner.scanText(text)]).toEqual([name, []])
      for (const [ref, value] of Object.entries(secrets))
        expect(scanner.scanText(`${text} ${value.slice(4, 18)}`).map((hit) => hit.ref)).toEqual([ref])
    }
  })
})

test('a history that was not searched is told', async () => {
  const args = ['check', 'project', '--no-history', '--report', `json=${join(home, 'short.json')}`]
  const { stdout } = await start(args, home).ended
  expect(stdout).not.toContain('past.json')
  expect(await readFile(join(home, 'short.json'), 'utf8')).toContain('history=not asked')
})

test('this repository keeps to its own gate', async () => {
  const { code, stdout } = await start(['check', '.'], fileURLToPath(new URL('../..', import.meta.url))).ended
  expect(stdout).toContain('waived')
  expect(code).toBe(0)
})
