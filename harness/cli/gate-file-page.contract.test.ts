import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exampleProject, today, write } from './checked-project.fixture.ts'
import { runToEnd } from './program.fixture.ts'

/** What `docs/gate-file.md` shows is what the program reads. */

let root: string
let page: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'oauth-imap-gate-page-'))
  page = await readFile(new URL('../../docs/gate-file.md', import.meta.url), 'utf8')
})
afterAll(() => rm(root, { recursive: true, force: true }))

const shown = (language: string): string => {
  const block = page.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? ''
  expect(block).not.toBe('')
  return block
}

const id = '300000000003-examplefileclient0000000000000000.apps.googleusercontent.com'
const web = JSON.stringify({ web: { client_id: id, redirect_uris: ['https://mail.example.com/callback'] } })
const settings = {
  oauth: { scopes: ['https://mail.google.com/'], accessType: 'offline' },
  imap: { host: 'imap.gmail.com', port: 993 },
}
const app = {
  'config/client_secret.json': web,
  'config/default.json': JSON.stringify(settings),
  '.env': 'OAUTH_REDIRECT_URI=https://mail.example.com/callback\n',
}

describe('the page of the gate file', { timeout: 20_000 }, () => {
  test('shows one in which every name is known and every pointer leads somewhere', async () => {
    const folder = await mkdtemp(join(root, 'shown-'))
    await write(folder, { ...app, 'oauth-imap.gate.yaml': shown('yaml') })
    const only = [
      'cfg/readable',
      'consent/scope-mail',
      'cred/redirect-registered',
      'tls/implicit-993',
      'consent/offline-asked',
    ]
    const { code, stdout } = await runToEnd(['check', ...only.flatMap((rule) => ['--only', rule])], folder)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(': all 5 checks of files passed;')
    expect(stdout).not.toContain('Unknown name')
    expect(code).toBe(0)
  })

  test('shows a line of JSON that is a configuration', async () => {
    const folder = await mkdtemp(join(root, 'row-'))
    await write(folder, { 'fleet.jsonl': shown('json').trim() })
    const { stdout } = await runToEnd(['check', '--from', 'fleet.jsonl', '--only', 'consent/scope-mail'], folder)
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/mail-sync’s configuration.*: of 1 check of files 1 passed;/)
  })
})

describe('what is not mapped', { timeout: 20_000 }, () => {
  const hint = /^There is no gate file[^]*`npx oauth-imap init gate` writes one/m

  test('is told of where there is no gate file, unless a program reads', async () => {
    const folder = await mkdtemp(join(root, 'bare-'))
    await write(folder, { 'client_secret.json': web })
    expect((await runToEnd(['check'], folder)).stdout).toMatch(hint)
    const forPrograms = await runToEnd(['check', '--report', 'json=-'], folder)
    expect(() => JSON.parse(forPrograms.stdout)).not.toThrow()
    expect(forPrograms.complaints).toEqual([])
    expect((await runToEnd(['check', 'client_secret.json'], folder)).stdout).not.toMatch(/init gate/)
  })

  test('is no matter where there is one', async () => {
    expect((await runToEnd(['check'], await exampleProject(root, today))).stdout).not.toMatch(hint)
  })
})
