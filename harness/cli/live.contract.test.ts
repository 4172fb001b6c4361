import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../model/report.ts'
import { folderIn } from './folder.fixture.ts'
import { playLive } from './live.fixture.ts'
import { runToEnd, start } from './program.fixture.ts'
import { type StartedServe, control, send, startServe } from './serve.fixture.ts'

/** The command as people run it: a process, the environment’s proxy and authority, real names, TLS, a person who consents. */

const slow = 60_000
let root: string
let serve: StartedServe
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'oauth-imap-live-test-'))
  serve = await startServe([], root)
}, slow)
afterAll(async () => {
  await serve[Symbol.asyncDispose]()
  await rm(root, { recursive: true, force: true })
})

const folder = (): Promise<string> => folderIn(root, {})
const verdicts = (report: Report | undefined, verdict: string): readonly string[] =>
  report!.checks.filter((check) => check.verdict === verdict).map(({ id }) => id)

describe('live', () => {
  test(
    'verifies an account from consent to mail, then by the stored grant, and says nothing of whose it is',
    async () => {
      const place = await folder()
      const first = await playLive([], { ready: serve.ready, folder: place })
      expect([first.code, verdicts(first.report, 'inapplicable')]).toEqual([0, ['live/revocation', 'live/label']])
      expect(first.report).toMatchObject({
        verdict: 'pass',
        subject: { name: 'a…@e….com', kind: 'live' },
        live: { issuer: 'https://accounts.google.com', imap: 'imap.gmail.com:993', accounts: [{ verdict: 'pass' }] },
      })
      expect(first.stdout.indexOf('  writes   nothing')).toBeLessThan(first.stdout.indexOf('  metadata '))
      expect(first.report!.live!.spent.mostAtOnce).toBeLessThanOrEqual(3)

      const vault = await readdir(join(place, 'vault'))
      const modes = await Promise.all(
        ['vault', 'vault.key', join('vault', vault[0]!)].map(
          async (path) => (await stat(join(place, path))).mode & 0o777,
        ),
      )
      expect([vault.length, modes]).toEqual([1, [0o700, 0o600, 0o600]])

      const second = await playLive(['--unattended'], { ready: serve.ready, folder: place, person: 'leave' })
      expect([second.code, second.complaints]).toEqual([0, []])
      const written = await readFile(join(place, 'conformance-report', 'index.html'), 'utf8')
      for (const text of [first.stdout, second.stdout, written, JSON.stringify([first.report, second.report])])
        expect(text).not.toMatch(/alice|example\.com|GOCSPX|ya29|1\/\/0/i)
    },
    slow,
  )

  test(
    'says what is missing of a grant, and does not ask where nobody is',
    async () => {
      const ended = await playLive(['--unattended'], { ready: serve.ready, folder: await folder() })
      expect(ended).toMatchObject({ code: 2, report: { live: { accounts: [{ cause: { id: 'no-grant' } }] } } })
      expect(ended.stdout).toContain('no grant is stored for this account')
    },
    slow,
  )

  test(
    'leaves with what it saw when it is interrupted at the consent screen, and no listener stays',
    async () => {
      const place = await folder()
      const args = ['live', '--client', serve.ready.client.file, '--account', 'alice@example.com', '--no-browser']
      const running = start([...args, '--vault', join(place, 'vault')], place, { env: serve.ready.env })
      await running.says('accounts.google.com/o/oauth2/v2/auth')
      send(running, 'SIGINT')
      const { code, complaints } = await running.ended
      expect([code, complaints.join('\n')]).toEqual([130, expect.stringContaining('interrupted')])
      const report = JSON.parse(await readFile(join(place, 'conformance-report', 'report.json'), 'utf8')) as Report
      expect([report.interrupted, verdicts(report, 'pass')]).toEqual([true, expect.arrayContaining(['live/metadata'])])
      expect(await readdir(join(place, 'vault'))).toEqual([])
    },
    slow,
  )

  test(
    'revokes only when it is told to',
    async () => {
      const place = await folder()
      await playLive([], { ready: serve.ready, folder: place })
      const revoked = await playLive(['--revoke', '--only', 'live/revocation'], { ready: serve.ready, folder: place })
      expect([revoked.code, verdicts(revoked.report, 'pass')]).toEqual([0, ['live/revocation']])
      expect(await readdir(join(place, 'vault'))).toEqual([])
    },
    slow,
  )

  test(
    'writes down what it saw of the servers, the same for each run, and nothing of the account',
    async () => {
      const place = await folder()
      await playLive(['--record', 'a.json'], { ready: serve.ready, folder: place })
      await playLive(['--record', 'b.json'], { ready: serve.ready, folder: place })
      const [a, b] = await Promise.all(['a.json', 'b.json'].map((name) => readFile(join(place, name), 'utf8')))
      expect([a, a]).toEqual([b, expect.stringContaining('"area": "imap-capability"')])
      expect(a).not.toMatch(/alice|example\.com|\d+\.apps\.googleusercontent/)
    },
    slow,
  )
})

describe('what cannot be done ends in one line, before anything is sent', () => {
  const told = async (args: readonly string[], place: string, env: Readonly<Record<string, string>> = {}) => {
    const { code, complaints, stdout } = await runToEnd(['live', ...args], place, {
      env: { ...serve.ready.env, XDG_DATA_HOME: place, ...env },
    })
    expect([complaints.length, stdout]).toEqual([1, ''])
    return [code, complaints[0]] as const
  }
  const account = ['--account', 'alice@example.com']

  test.each([
    ['no account', [], 'No account: neither --account nor --accounts names one.'],
    ['no client', account, 'No client: --client names none.'],
    ['an account that is none', ['--client', 'x', '--account', 'alice'], '--account takes an e-mail address.'],
    ['a client that is not there', [...account, '--client', 'none.json'], 'none.json does not exist.'],
    ['a variable that is empty', [...account, '--client', 'env:NOTHING'], 'The variable NOTHING is not set, or empty.'],
    [
      'a mail server without a port',
      [...account, '--client', 'CLIENT', '--issuer', 'https://a.example', '--imap', 'b'],
      '--imap takes HOST:PORT',
    ],
    [
      'half of another service',
      [...account, '--client', 'CLIENT', '--imap', 'b:993'],
      'both an issuer and a mail server',
    ],
    [
      'an issuer in the clear',
      [...account, '--client', 'CLIENT', '--issuer', 'http://a.example', '--imap', 'b:993'],
      '--issuer takes an https URL',
    ],
    [
      'authorities that are none',
      [...account, '--client', 'CLIENT', '--ca', 'empty.pem'],
      'empty.pem holds no certificate.',
    ],
    [
      'asking where nobody is',
      [...account, '--client', 'CLIENT', '--unattended', '--again'],
      '--unattended never does',
    ],
    [
      'a grant and a vault',
      [...account, '--client', 'CLIENT', '--grant', 'env:G', '--vault', 'v'],
      '--grant stores nothing',
    ],
    ['no such check', [...account, '--client', 'CLIENT', '--only', 'live/nothing'], 'No check is named live/nothing.'],
    ['too few octets', [...account, '--client', 'CLIENT', '--most-bytes', '12'], '--most-bytes takes a whole number'],
  ] as const)('%s', async (_, args, expected) => {
    const place = await folderIn(root, { 'empty.pem': '' })
    const own = args.map((arg) => (arg === 'CLIENT' ? serve.ready.client.file : arg))
    expect(await told(own, place)).toEqual([3, expect.stringContaining(expected)])
  })

  test('a client file or a vault that others can read, with the line that mends it', async () => {
    const place = await folder()
    const file = join(place, 'client.json')
    await writeFile(file, await readFile(serve.ready.client.file), { mode: 0o600 })
    await chmod(file, 0o644)
    expect(await told(['--client', file, ...account], place)).toEqual([3, expect.stringContaining(`chmod 600 ${file}`)])
    await chmod(file, 0o600)
    const vault = await mkdtemp(join(place, 'vault-'))
    await chmod(vault, 0o755)
    expect(await told(['--client', file, ...account, '--vault', vault], place)).toEqual([
      3,
      expect.stringContaining(`chmod 700 ${vault}`),
    ])
  })

  test('a proxy that is none shows no password', async () => {
    const proxy = 'ftp://user:hunter2@proxy.example'
    // Node itself would stumble over it, and tell all of it.
    const env = { HTTPS_PROXY: proxy, https_proxy: proxy, NODE_USE_ENV_PROXY: '' }
    const [code, line] = await told(['--client', serve.ready.client.file, ...account], await folder(), env)
    expect([code, line]).toEqual([3, expect.not.stringContaining('hunter2')])
  })
})

test('the journal of the far side shows that no mail was changed', async () => {
  const text = await (await control(serve.ready, '/journal')).text()
  expect(text).toContain('"verb":"EXAMINE"')
  expect(text).not.toMatch(
    /"verb":"(?:SELECT|STORE|UID STORE|APPEND|CREATE|DELETE|EXPUNGE|UID EXPUNGE|MOVE|UID MOVE|COPY)"/,
  )
})
