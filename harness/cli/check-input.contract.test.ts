import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ended, runToEnd } from './program.fixture.ts'
import { type Files, filesIn, folderIn } from './folder.fixture.ts'

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-check-input-'))))
afterAll(() => rm(root, { recursive: true, force: true }))

const folder = (files: Files): Promise<string> => folderIn(root, files)

// Put together here, so that no scanner takes it for a real one.
const secret = ['GOC', 'SPX-', 'EXAMPLE-planted-in-checks-01'].join('')
const id = '300000000003-examplefileclient0000000000000000.apps.googleusercontent.com'
const client = JSON.stringify(
  {
    installed: {
      client_id: id,
      auth_uri: 'https://accounts.google.com/o/oauth2/auth',
      token_uri: 'https://oauth2.googleapis.com/token',
      client_secret: secret,
      redirect_uris: ['http://localhost'],
    },
  },
  null,
  2,
)
const gate = 'profiles:\n  development:\n    client: client_secret.json\n'
const slow = 20_000
const shape = ['--only', 'cred/json-shape', '--only', 'cfg/readable']

/** Everything that a person or a program may see of it. */
const seen = ({ stdout, complaints }: Ended): string => `${stdout}\n${complaints.join('\n')}`

interface Row {
  readonly id: string
  readonly verdict: string
  readonly variants: readonly { readonly configuration: string; readonly verdict: string }[]
}
interface Told {
  readonly checks: readonly Row[]
  readonly findings: readonly {
    readonly rule: string
    readonly path: string
    readonly line: number
    readonly message: string
  }[]
}

async function checked(path: string, ...args: readonly string[]): Promise<{ ended: Ended; report: Told }> {
  const out = join(await mkdtemp(join(root, 'out-')), 'report.json')
  const ended = await runToEnd(['check', ...args, ...shape, '--report', `json=${out}`], path)
  const text = await readFile(out, 'utf8')
  expect(seen(ended) + text).not.toContain(secret)
  return { ended, report: JSON.parse(text) as Told }
}

const configurations = ({ checks }: Told): readonly string[] =>
  checks.find(({ id: name }) => name === 'cfg/readable')!.variants.map(({ configuration }) => configuration)

describe('what can be named is found', () => {
  test.concurrent.each<[string, Files, readonly string[], readonly string[]]>([
    ['a folder with a gate file', { 'oauth-imap.gate.yaml': gate, 'client_secret.json': client }, [], ['.']],
    ['a folder with a client file', { 'deep/er/google.json': client }, [], ['.']],
    ['a folder with an environment file', { '.env': `GOOGLE_CLIENT_ID=${id}\n` }, [], ['.']],
    ['a folder with an attestation', { 'oauth-imap.attestation.yaml': 'checkedOn: 2026-01-10\n' }, [], ['.']],
    [
      'several gate files below a folder',
      {
        'a/oauth-imap.gate.yaml': gate,
        'a/client_secret.json': client,
        'b/oauth-imap.gate.json': JSON.stringify({ profiles: { development: { client: 'client_secret.json' } } }),
        'b/client_secret.json': client,
        'node_modules/c/oauth-imap.gate.yaml': gate,
      },
      [],
      ['a', 'b'],
    ],
    ['a lone client file', { 'x.json': client, 'y.json': '{' }, ['x.json'], ['x.json']],
    ['a lone environment file', { 'mail.env': 'IMAP_HOST=imap.gmail.com\n' }, ['mail.env'], ['mail.env']],
    ['a lone settings file', { 's.toml': '[imap]\nhost = "imap.gmail.com"\n' }, ['s.toml'], ['s.toml']],
    ['a gate file of another name', { 'my.yaml': gate, 'client_secret.json': client }, ['my.yaml'], ['my.yaml']],
    [
      'many at once, each once',
      { 'a.json': client, 'b.json': client },
      ['a.json', 'b.json', './a.json'],
      ['a.json', 'b.json'],
    ],
    ['a folder by a path that ends with a slash', { 'p/x.json': client }, ['p/'], ['p']],
  ])(
    '%s',
    async (_, files, args, named) => {
      const { ended, report } = await checked(await folder(files), ...args)
      expect([ended.code, configurations(report)]).toEqual([expect.any(Number), named])
      expect(report.findings.filter(({ message }) => message.includes('expected'))).toEqual([])
      expect(ended.code).not.toBe(3)
    },
    slow,
  )
})

test(
  'a Secret of Kubernetes that holds a client secret under the name of a variable is read, and kept to itself',
  async () => {
    const manifest = `apiVersion: v1\nkind: Secret\nmetadata: { name: mail }\nstringData:\n  GOOGLE_CLIENT_SECRET: ${secret}\n`
    const { ended, report } = await checked(await folder({ 'mail.yaml': manifest }), '--from', 'mail.yaml')
    expect([ended.code, configurations(report)]).toEqual([0, ['default/secret/mail']])
    expect(report.checks.filter(({ verdict }) => verdict === 'error')).toEqual([])
    expect(seen(ended)).not.toContain(secret)
  },
  slow,
)

describe('what cannot be checked is told in one line', () => {
  test.concurrent.each<[string, Files, readonly string[], readonly string[]]>([
    ['an empty folder', {}, ['check'], ['. holds nothing to check', 'client file', 'oauth-imap init gate`']],
    [
      'a folder of other things',
      { 'a/package.json': '{"web": {}}', '.env': 'A=1\n' },
      ['check', 'a'],
      ['a holds nothing', 'init gate a`'],
    ],
    ['a path that is not there', {}, ['check', 'nowhere'], ['nowhere is not there', 'Name']],
    ['a device', {}, ['check', '/dev/null'], ['/dev/null is neither a folder nor a plain file']],
    ['a file of nothing that is checked', { 'a.yaml': 'a: 1\n' }, ['check', 'a.yaml'], ['a.yaml holds no setting']],
    ['init of nothing', {}, ['init'], ['kind', '--help']],
    ['init of something else', {}, ['init', 'gaet'], ['init knows no gaet', 'Did you mean gate?']],
    [
      'init gate where there is one',
      { 'oauth-imap.gate.yml': gate },
      ['init', 'gate'],
      ['oauth-imap.gate.yml exists already'],
    ],
    ['init gate of a file', { a: '' }, ['init', 'gate', 'a'], ['a is no folder']],
    [
      'attest of what is broken',
      { 'a.yaml': 'checkedOn: yesterday\n' },
      ['attest', 'a.yaml', '--by', 'Alice'],
      ['a.yaml:1:12: checkedOn'],
    ],
    [
      'attest by nobody',
      { 'a.yaml': 'checkedOn: 2026-01-10\nprojects: { "1": { userType: External } }\n' },
      ['attest', 'a.yaml'],
      ['a.yaml says of nobody', '--by NAME'],
    ],
    [
      'attest of a form that nobody filled in',
      { 'a.yaml': 'checkedOn: 2026-01-10\nprojects:\n  "1":\n    # userType: External or Internal\n' },
      ['attest', 'a.yaml', '--by', 'Alice'],
      ['a.yaml states nothing yet', 'console'],
    ],
    [
      'attest by an empty name',
      { 'a.yaml': 'checkedOn: 2026-01-10\n' },
      ['attest', 'a.yaml', '--by', ' '],
      ['--by names nobody'],
    ],
    ['attest of JSON that is not there', {}, ['attest', 'a.json'], ['a.json does not exist']],
    [
      'attest of a secret in the wrong place',
      { 'a.yaml': `checkedOn: ${secret}\n` },
      ['attest', 'a.yaml'],
      ['a.yaml:1:12'],
    ],
  ])(
    '%s',
    async (_, files, args, says) => {
      const path = await folder(files)
      const before = await filesIn(path)
      const ended = await runToEnd(args, path)
      expect(ended.complaints).toEqual([expect.stringMatching(/^oauth-imap: \S.*[.}?`]$/)])
      for (const part of says) expect(ended.complaints[0]).toContain(part)
      expect(ended).toMatchObject({ code: 3, stdout: '' })
      expect(seen(ended)).not.toContain(secret)
      expect(await filesIn(path)).toEqual(before)
    },
    slow,
  )
})

describe('a file that cannot be read is an error of its own, and stops nothing else', () => {
  test.concurrent.each<[string, string, Files[string], string]>([
    ['JSON', 'client_secret.json', client.slice(0, client.indexOf(secret) + 24), 'client_secret.json:6:22: expected'],
    ['YAML', 'settings.yaml', `imap:\n  host: x\n  password: "${secret}\n`, 'settings.yaml:4:1: expected'],
    ['TOML', 'settings.toml', `[imap]\npassword = ${secret}\n`, 'settings.toml:2:12: expected'],
    ['an environment file', '.env', `GOOGLE_CLIENT_ID=1\nGOOGLE_CLIENT_SECRET="${secret}\n`, '.env:2:22: expected'],
    [
      'a binary file',
      'client_secret.json',
      new Uint8Array([0, 1, 2, 255]),
      'client_secret.json:1:1: expected UTF-8 text',
    ],
    ['an empty file', 'client_secret.json', '', 'client_secret.json:1:1: it is empty'],
  ])(
    '%s',
    async (_, name, text, told) => {
      const mapped = `${gate.replace('client_secret', 'good')}    mapping:\n      imap.host: ${name}#/imap/host\n`
      const path = await folder({
        'bad/oauth-imap.gate.yaml': mapped,
        [`bad/${name}`]: text,
        'bad/good.json': client,
        'good/oauth-imap.gate.yaml': gate,
        'good/client_secret.json': client,
      })
      const { ended, report } = await checked(path)
      expect(ended.code).toBe(3)
      expect(report.findings.map(({ message }) => message)).toEqual([expect.stringContaining(told)])
      const row = (rule: string) => report.checks.find(({ id: name_ }) => name_ === rule)!
      expect(row('cfg/readable').variants.map(({ verdict }) => verdict)).toEqual(['error', 'pass'])
      expect(row('cred/json-shape').variants.map(({ verdict }) => verdict)).toEqual(['pass', 'pass'])
    },
    slow,
  )

  test.concurrent(
    'a huge one, a folder in its place, and links out of the folder and in circles',
    async () => {
      const path = await folder({
        'google.json': client,
        'huge.json': '['.padEnd(5 * 1024 * 1024),
        'd/x': '',
        'p/q/r': '',
      })
      const mapping = ['huge.json', 'd', 'out.json', 'round.json'].map((file, index) => {
        const name = ['imap.host', 'imap.port', 'imap.tls', 'runtime'][index]!
        return `      ${name}: ${file}#/a\n`
      })
      await symlink(join(root, 'elsewhere.json'), join(path, 'out.json'))
      await writeFile(join(root, 'elsewhere.json'), '{"a": 1}')
      await symlink('round.json', join(path, 'round.json'))
      await symlink(path, join(path, 'p/q/up'))
      await writeFile(
        join(path, 'oauth-imap.gate.yaml'),
        `${gate.replace('client_secret', 'google')}    mapping:\n${mapping.join('')}`,
      )
      const { ended, report } = await checked(path)
      expect(ended.code).toBe(3)
      expect(report.findings.map(({ message }) => message).toSorted()).toEqual([
        expect.stringMatching(/^d:1:1: expected a plain file/),
        expect.stringMatching(/^huge\.json:1:1: expected at most 4 MiB/),
        expect.stringMatching(/^out\.json:1:1: expected no link that leads out of the folder/),
        expect.stringMatching(/^round\.json:1:1: expected a file that can be read/),
      ])
    },
    slow,
  )
})

describe('init gate and attest', () => {
  const settings = `runtime: electron\noauth:\n  scopes: [openid, 'https://mail.google.com/']\n  redirectUri: http://127.0.0.1\nimap:\n  host: imap.gmail.com\n  port: 993\n  secure: true\n`

  test.concurrent(
    'what init gate writes names what was found, and passes straight through check',
    async () => {
      const path = await folder({
        'client_secret.production.json': client,
        'config/settings.yaml': settings,
        'package.json': '{}',
      })
      const init = await runToEnd(['init', 'gate'], path)
      expect(init).toMatchObject({ code: 0, complaints: [] })
      expect(init.stdout).toContain('production: client_secret.production.json, 6 settings recognised')
      const text = await readFile(join(path, 'oauth-imap.gate.yaml'), 'utf8')
      for (const line of ['client: client_secret.production.json', 'imap.tls: config/settings.yaml#/imap/secure', '# '])
        expect(text).toContain(line)
      expect(text + seen(init)).not.toContain(secret)
      const { ended, report } = await checked(path)
      expect([ended.code, report.findings]).toEqual([0, []])
      const again = await runToEnd(['init', 'gate'], path)
      expect([again.code, again.complaints]).toEqual([3, [expect.stringContaining('exists already')]])
      expect(await readFile(join(path, 'oauth-imap.gate.yaml'), 'utf8')).toBe(text)
    },
    slow,
  )

  test.concurrent(
    'init gate maps what is filled in, and a template only where nothing is',
    async () => {
      const template = { '.env.example': 'GOOGLE_CLIENT_ID=your-client-id\nOAUTH_SCOPES=https://mail.google.com/\n' }
      const filled = { '.env': `GOOGLE_CLIENT_ID=${id}\n` }
      const mapped = async (files: Files): Promise<string> => {
        const path = await folder(files)
        expect(await runToEnd(['init', 'gate'], path)).toMatchObject({ code: 0, complaints: [] })
        return readFile(join(path, 'oauth-imap.gate.yaml'), 'utf8')
      }
      const both = await mapped({ ...filled, ...template })
      expect(both).toContain('clientId: .env#/GOOGLE_CLIENT_ID')
      expect(both).not.toContain('.env.example')
      expect(await mapped(template)).toContain('scopes: .env.example#/OAUTH_SCOPES')
    },
    slow,
  )

  test.concurrent(
    'init gate keeps an attestation that is there, and an empty folder gets a form',
    async () => {
      const path = await folder({ 'oauth-imap.attestation.yaml': 'checkedOn: 2026-01-10 # by hand\n' })
      const { code, stdout } = await runToEnd(['init', 'gate', '.'], path)
      expect([code, stdout]).toEqual([0, expect.stringContaining('Kept oauth-imap.attestation.yaml')])
      expect(await readFile(join(path, 'oauth-imap.attestation.yaml'), 'utf8')).toBe(
        'checkedOn: 2026-01-10 # by hand\n',
      )
      expect((await checked(path)).ended.code).not.toBe(3)
    },
    slow,
  )

  test.concurrent.each([
    [
      'a.yaml',
      '# Ours\r\ncheckedOn: 2020-01-01   # then\r\nprojects:\r\n  "1": { userType: External } # why\r\n',
      '# Ours\r\ncheckedOn: DAY   # then\r\ncheckedBy: "Alice: \\"A\\""\r\nprojects:\r\n  "1": { userType: External } # why\r\n',
    ],
    [
      'b.yaml',
      "checkedBy:\ncheckedOn: '2020-01-01'\nprojects: { '1': { userType: External } }\n",
      'checkedBy: "Alice: \\"A\\""\ncheckedOn: DAY\nprojects: { \'1\': { userType: External } }\n',
    ],
    [
      'c.json',
      '{"checkedOn": "2020-01-01", "checkedBy": "Bob",  "projects": {"1": {"userType": "External"}}}',
      '{"checkedOn": "DAY", "checkedBy": "Alice: \\"A\\"",  "projects": {"1": {"userType": "External"}}}',
    ],
  ])(
    'attest sets day and name in %s and touches nothing else',
    async (name, before, after) => {
      const path = await folder({ [name]: before })
      await chmod(join(path, name), 0o640)
      const ended = await runToEnd(['attest', name, '--by', 'Alice: "A"'], path)
      expect(ended).toMatchObject({ code: 0, complaints: [] })
      if (before.includes('External')) expect(ended.stdout).toContain('  userType: External')
      const text = await readFile(join(path, name), 'utf8')
      expect(text.replace(/\d{4}-\d\d-\d\d/, 'DAY')).toBe(after)
      expect(text).not.toContain('2020-01-01')
      expect(((await stat(join(path, name))).mode & 0o777).toString(8)).toBe('640')
      const again = await runToEnd(['attest', name], path)
      expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('by Alice: "A"')])
    },
    slow,
  )

  test.concurrent(
    'attest writes a form for the clients that are there, and says so',
    async () => {
      const path = await folder({ 'client_secret.json': client })
      const ended = await runToEnd(['attest'], path)
      expect([ended.code, ended.stdout]).toEqual([0, expect.stringContaining('a form')])
      const text = await readFile(join(path, 'oauth-imap.attestation.yaml'), 'utf8')
      expect(text).toContain("  '300000000003':\n    # name: ")
      expect(text).toContain(`  '${id}':\n    # secrets: `)
      expect((await checked(path)).report.findings).toEqual([])
    },
    slow,
  )
})

test(
  'a folder of many thousand files, most of them small JSON, is looked through in seconds',
  async () => {
    const path = await folder({ 'a/client_secret.json': client })
    for (let folderNumber = 0; folderNumber < 40; folderNumber++) {
      const directory = join(path, `d${folderNumber}`)
      await mkdir(directory)
      await Promise.all(
        Array.from({ length: 100 }, (_, file) => writeFile(join(directory, `f${file}.json`), '{"a": 1}')),
      )
    }
    const started = performance.now()
    const { ended } = await checked(path)
    expect(ended.code).toBe(0)
    expect(performance.now() - started).toBeLessThan(10_000)
  },
  slow,
)
