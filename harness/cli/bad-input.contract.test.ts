import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ended, runToEnd, start } from './program.fixture.ts'
import { type Files, filesIn, folderIn } from './folder.fixture.ts'

const example = fileURLToPath(new URL('../../fixtures/clients/example', import.meta.url))
const reference = ['run', '--subject', 'reference']
/** The quickest run there is: nothing but files is read. */
const quick = [...reference, '--only', 'dep/flow-current']

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-bad-input-'))))
afterAll(() => rm(root, { recursive: true, force: true }))

const folder = (files: Files): Promise<string> => folderIn(root, files)

interface Case {
  readonly name: string
  readonly args: readonly string[]
  readonly files?: Files
  /** What the one line must say. */
  readonly says: readonly string[]
}

const config = (text: string): Files => ({ 'oauth-imap.config.json': text })
const project = (given: unknown): string =>
  JSON.stringify({ subject: 'reference', configuration: '.', ...(given as object) })

const words: readonly Case[] = [
  { name: 'an unknown option', args: ['run', '--sede', '1'], says: ["'--sede'", '--seed', '--help'] },
  { name: 'an unknown option of the program itself', args: ['--nope'], says: ["'--nope'", '--help'] },
  { name: 'an unknown command', args: ['rnu'], says: ["'rnu'", 'run'] },
  { name: 'help on an unknown command', args: ['help', 'rnu'], says: ['rnu', 'Did you mean run?'] },
  { name: 'an option without its value', args: ['run', '--seed'], says: ['--seed', '--help'] },
  {
    name: 'a directory that a shell variable did not name',
    args: ['serve', '--files', ''],
    says: ['--files is empty', 'leave it out'],
  },
  { name: 'an argument too many', args: ['list', 'all'], says: ['list', 'all', '--help'] },
  { name: 'no check id', args: ['explain'], says: ['check-id', '--help'] },
  {
    name: 'an unknown check id',
    args: ['explain', 'authz/pkce-s257'],
    says: ['authz/pkce-s257', 'Did you mean authz/pkce-s256?', 'oauth-imap list'],
  },
  {
    name: 'an unknown check id of --only',
    args: [...reference, '--only', 'authz/pkce-s257'],
    says: ['authz/pkce-s257', 'Did you mean authz/pkce-s256?'],
  },
  {
    name: 'an unknown counterexample',
    args: ['demo', '--break', 'believes-every-state'],
    says: ['believes-every-state', 'Did you mean believes-any-state?'],
  },
  {
    name: 'an unknown subject',
    args: ['run', '--subject', 'believes-every-state'],
    says: ['believes-every-state', 'believes-any-state'],
  },
  {
    name: 'an unknown report format',
    args: [...reference, '--report', 'jsn'],
    says: ['jsn', 'Did you mean json?', 'html'],
  },
  { name: 'a seed that is no number', args: [...reference, '--seed', 'x'], says: ['--seed', '"x"', 'whole number'] },
  { name: 'a seed out of range', args: [...reference, '--seed', '4294967296'], says: ['--seed', '4294967295'] },
  { name: 'a step that does not exist', args: [...reference, '--step', '13'], says: ['--step', 'from 1 to 12', '13'] },
  { name: 'a timeout of nothing', args: [...reference, '--timeout', '0'], says: ['--timeout', 'from 1'] },
  {
    name: 'an unknown mailbox server',
    args: [...quick, '--mailbox', 'greenmial'],
    says: ['no mailbox server greenmial', 'Did you mean greenmail?'],
  },
  {
    name: 'an image that the settings do not describe',
    args: [...quick, '--mailbox', 'image:cyrus'],
    says: ['no mailbox server image:cyrus', '"images"', 'imapPort'],
  },
  { name: 'an id with line ends and control characters', args: ['explain', 'a\nb\u001b[2Jc'], says: ['a b [2Jc'] },
  {
    name: 'no subject in an empty folder',
    args: ['run'],
    says: ['No subject', 'oauth-imap demo', 'oauth-imap.config'],
  },
]

const settings: readonly Case[] = [
  {
    name: 'settings that are not JSON',
    args: ['run'],
    files: config('{"subject":\n  GOCSPX-very-secret}'),
    says: ['oauth-imap.config.json is not JSON', 'Mend the syntax'],
  },
  { name: 'empty settings', args: ['run'], files: config(''), says: ['oauth-imap.config.json', 'empty'] },
  {
    name: 'settings that are a list',
    args: ['run'],
    files: config('[]'),
    says: ['oauth-imap.config.json', 'an object'],
  },
  {
    name: 'an image without its port',
    args: ['run'],
    files: config('{"subject": "reference", "images": {"cyrus": {"image": "cyrus:1", "users": "any"}}}'),
    says: ['oauth-imap.config.json', 'images.cyrus.imapPort is missing'],
  },
  {
    name: 'an unknown setting',
    args: ['run'],
    files: config('{"subject": "reference", "sede": 1}'),
    says: ['oauth-imap.config.json', 'sede', 'Did you mean seed?'],
  },
  {
    name: 'a setting of the wrong type',
    args: ['run'],
    files: config('{"subject": "reference", "seed": "GOCSPX-very-secret"}'),
    says: ['oauth-imap.config.json', 'seed', 'number'],
  },
  {
    name: 'TypeScript settings with a syntax error',
    args: ['run'],
    files: { 'oauth-imap.config.ts': 'const a = 1\nexport default {\n  seed: : 1,\n}' },
    says: ['oauth-imap.config.ts cannot be loaded (line 3)', 'Mend'],
  },
  {
    name: 'TypeScript settings that throw',
    args: ['run'],
    files: { 'oauth-imap.config.ts': 'throw new Error("first line\\nsecond line")' },
    says: ['oauth-imap.config.ts cannot be loaded', 'first line'],
  },
  {
    name: 'TypeScript settings without a default export',
    args: ['run'],
    files: { 'oauth-imap.config.ts': 'export const settings = {}' },
    says: ['oauth-imap.config.ts', 'object', 'default'],
  },
  {
    name: 'TypeScript settings that throw once they are loaded',
    args: ['run'],
    files: {
      'oauth-imap.config.ts':
        'setTimeout(() => { throw new Error("too late") }, 0)\nexport default { subject: "reference" }',
    },
    says: ['too late', 'report it'],
  },
  { name: 'named settings that are not there', args: ['run', '--settings', 'a.json'], says: ['a.json', '--settings'] },
  {
    name: 'named settings that are a folder',
    args: ['run', '--settings', 'a.json'],
    files: { 'a.json/b': '' },
    says: ['a.json cannot be read', '--settings'],
  },
]

const places: readonly Case[] = [
  { name: '--out below a file', args: [...quick, '--out', 'f/g'], files: { f: '' }, says: ['f/g', 'not a directory'] },
  { name: '--out that is a file', args: [...quick, '--out', 'f'], files: { f: '' }, says: ['f/', 'not a directory'] },
  { name: '--out without a name', args: [...quick, '--out', ''], says: ['--out', 'empty name'] },
  {
    name: '--out where nothing can be made',
    args: [...quick, '--out', '/proc/a/b'],
    says: ['/proc/a/b', 'Cannot write'],
  },
  {
    name: 'demo --out below a file',
    args: ['demo', '--out', 'f/g'],
    files: { f: '' },
    says: ['f/g', 'not a directory'],
  },
  {
    name: 'a report file that is a folder',
    args: [...quick, '--report', 'json=d'],
    files: { 'd/x': '' },
    says: ['Cannot write d', 'directory'],
  },
  {
    name: 'a report file that is a device',
    args: [...quick, '--report', 'json=/dev/null'],
    says: ['/dev/null', 'plain file'],
  },
  { name: 'a report file without a name', args: [...quick, '--report', 'json='], says: ['json=', 'FILE'] },
  {
    name: 'two reports in one file',
    args: [...quick, '--report', 'json=r', '--report', 'html=./r'],
    says: ['Two reports', '--report'],
  },
]

/** One clear line, exit status 3, nothing else on the screen, no file made, no secret told. */
async function refused({ args, files = {}, says }: Case, prepare = async (_path: string): Promise<void> => {}) {
  const path = await folder(files)
  await prepare(path)
  const before = await filesIn(path)
  const ended = await runToEnd(args, path)
  expect(ended.complaints).toEqual([expect.stringMatching(/^oauth-imap: \S.*[.}]$|^oauth-imap: .*[?`]\.?$/)])
  for (const part of says) expect(ended.complaints[0]).toContain(part)
  expect(ended.complaints[0]).not.toMatch(/\bat .*:\d+:\d+|node:internal|GOCSPX/)
  expect(ended).toMatchObject({ code: 3, stdout: '' })
  expect(await filesIn(path)).toEqual(before)
}

const slow = 20_000

describe('what cannot be run is told in one line that names what, where and what to do', () => {
  test.concurrent.each([...words, ...settings, ...places])('$name', (given) => refused(given), slow)
})

describe('a project folder without a client that can make a request is told before anything is played', () => {
  const secret = 'GOCSPX-very-secret-value-0001'
  const inExample = (change: (path: string) => Promise<unknown>) => async (path: string) => {
    await cp(example, path, { recursive: true })
    await change(path)
  }
  const client = (profile: string, text: string) =>
    inExample((path) => writeFile(join(path, `client_secret.${profile}.json`), text))
  const gate = (text: string) => inExample((path) => writeFile(join(path, 'oauth-imap.gate.yaml'), text))
  const ownProject = quick.filter((arg) => !arg.startsWith('--subject') && arg !== 'reference')

  test.concurrent.each<[string, (path: string) => Promise<void>, readonly string[]]>([
    [
      'a client file that is not JSON',
      client('development', `{"installed": {"client_secret": "${secret}",`),
      ['client_secret.development.json:1:', ': expected', 'Google console'],
    ],
    ['an empty client file', client('development', ''), ['client_secret.development.json:1:1: it is empty']],
    [
      'half a client file',
      client('development', `{"installed": {"client_secret": "${secret}"}}`),
      ['client_secret.development.json', 'client_id', 'Google console'],
    ],
    ['a client file of null', client('development', 'null'), ['client_secret.development.json', 'client_id']],
    [
      'the key of a service account',
      client('development', `{"type": "service_account", "private_key": "${secret}"}`),
      ['client_secret.development.json', '"installed" or "web"'],
    ],
    [
      'a missing client file',
      inExample((path) => rm(join(path, 'client_secret.development.json'))),
      ['client_secret.development.json does not exist', '"client" in', 'oauth-imap.gate.yaml'],
    ],
    ['a gate file that is not YAML', gate(`profiles: {"x": [${secret}`), ['oauth-imap.gate.yaml:1:', 'expected']],
    [
      'a gate file of another form',
      gate(`profiles:\n  development: ${secret}\n`),
      ['oauth-imap.gate.yaml:2:16: profiles.development: expected'],
    ],
    [
      'a gate file with a profile without a client',
      gate('profiles:\n  development: {}\n'),
      ['oauth-imap.gate.yaml names no client file', '"client"'],
    ],
    [
      'a missing gate file',
      inExample((path) => rm(join(path, 'oauth-imap.gate.yaml'))),
      ['holds no gate file', 'oauth-imap init gate', '"configuration"'],
    ],
  ])(
    '%s',
    (name, prepare, says) => refused({ name, args: ownProject, files: config(project({})), says }, prepare),
    slow,
  )

  test.concurrent(
    'what another profile cannot say keeps nobody from playing, and is judged',
    async () => {
      const path = await folder(config(project({})))
      await client('production', `{"installed": ${secret}`)(path)
      const ended = await runToEnd([...ownProject, '--only', 'cfg/readable'], path)
      expect(ended.code).toBe(3)
      expect(ended.stdout).toContain('client_secret.production.json:1:15: expected')
      expect(ended.stdout + ended.complaints.join()).not.toContain(secret)
      expect(await filesIn(path)).toContain('conformance-report/report.json')
    },
    slow,
  )
})

test.concurrent(
  'a runtime that is too old is told before anything of the program is read',
  async () => {
    const guarded = fileURLToPath(new URL('./main.mjs', import.meta.url))
    const path = await folder({
      'old.mjs': `Object.defineProperty(process, 'versions', { value: { node: '20.19.0' } })
await import(${JSON.stringify(pathToFileURL(guarded).href)})`,
    })
    const { code, stdout, complaints } = await runToEnd(['list'], path, { program: join(path, 'old.mjs') })
    expect([code, stdout, complaints]).toEqual([
      3,
      '',
      [expect.stringMatching(/needs Node 24 .* Node 20\.19\.0.*npm ci/)],
    ])
  },
  slow,
)

describe('what is no error', () => {
  test.concurrent(
    'a report where it was asked for, and nothing beside it',
    async () => {
      const path = await folder({ 'old/report.json': 'old' })
      const ended = await runToEnd([...quick, '--report', 'json=old/report.json'], path)
      expect(ended).toMatchObject({ code: 0, complaints: ['playing configuration (interception)'] })
      expect(JSON.parse(await readFile(join(path, 'old/report.json'), 'utf8'))).toMatchObject({ verdict: 'pass' })
      expect(await filesIn(path)).toEqual(['old/report.json'])
    },
    slow,
  )

  test.concurrent(
    'no terminal and NO_COLOR: plain text without any escape',
    async () => {
      const path = await folder({})
      for (const env of [{ NO_COLOR: '1', FORCE_COLOR: '1' }, { TERM: 'dumb' }] as const) {
        const { code, stdout } = await runToEnd(quick, path, { env: env as Record<string, string> })
        expect([code, stdout.includes('\u001b')]).toEqual([0, false])
      }
    },
    slow,
  )

  test.concurrent.each([['list', '--json'], ['list'], ['demo', '--out', 'out']])(
    'a reader that has seen enough of %s',
    async (...args) => {
      const running = start(args, await folder({}))
      running.child.stdout!.once('data', () => running.child.stdout!.destroy())
      const { code, complaints } = await running.ended
      expect([code, complaints]).toEqual([0, []])
    },
    slow,
  )

  test.concurrent(
    'two runs at once in one folder, each with ports of its own',
    async () => {
      const path = await folder({})
      const runs = await Promise.all([runToEnd(reference, path), runToEnd(reference, path)])
      for (const ended of runs) expect(ended satisfies Ended).toMatchObject({ code: 0 })
      expect(await filesIn(path)).toEqual(['conformance-report/index.html', 'conformance-report/report.json'])
      expect(JSON.parse(await readFile(join(path, 'conformance-report/report.json'), 'utf8'))).toMatchObject({
        verdict: 'pass',
        interrupted: false,
      })
      expect(await readFile(join(path, 'conformance-report/index.html'), 'utf8')).toMatch(/<\/html>\s*$/)
    },
    slow,
  )
})
