import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { authorize, configuredScript, shippedScript } from './mutt-oauth2.fixture.ts'
import { endOf } from './namespace.fixture.ts'
import { namespaceAvailability, probeNamespace } from './namespace-probe.ts'
import { openNamespaceStand } from './namespace-stand.fixture.ts'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const installed = (name: string): string => here(`../../node_modules/.bin/${name}`)
/**
 * Somebody without any rights; whoever is no superuser has none to give up. The checkout may lie where nobody else comes, so
 * it is shown in a place that all can enter.
 */
const isSuperuser = process.getuid?.() === 0
const checkout = here('../../')
const inPublic = 'mount --bind "$0" /mnt && cd /mnt && exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"'
const nobody = ['unshare', '--mount', 'sh', '-c', inPublic, checkout]
const seenByAll = (path: string): string => path.replace(checkout, '/mnt/')
const isNobody = (harness: readonly string[]): boolean => harness[0] === nobody[0]
const scriptFor = (harness: readonly string[], name: string): string =>
  isNobody(harness) ? seenByAll(here(name)) : here(name)
/** Who opens the namespace. */
const harnesses = {
  'whoever runs the tests': [process.execPath],
  'a user without rights': [...(isSuperuser ? [...nobody, seenByAll(process.execPath)] : [process.execPath])],
  Bun: [installed('bun')],
  Deno: [installed('deno'), 'run', '-A'],
} as const

/** Plays a journey in a process of its own. */
async function played(harness: readonly string[], journey: string): Promise<Record<string, unknown>> {
  const [command = '', ...args] = [...harness, scriptFor(harness, 'namespace-journeys.fixture.ts'), journey]
  const { stdout } = await promisify(execFile)(command, args, { timeout: 60_000, killSignal: 'SIGKILL' })
  return JSON.parse(stdout) as Record<string, unknown>
}

/** The ids of all processes with this in their command line. */
function processesWith(text: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
    } catch {
      return false
    }
  })
}

const python = '/usr/bin/python3'

describe.each(Object.entries(harnesses))('%s', (_, harness) => {
  test('curl reaches Google and Gmail where they always are, and nothing else', async () => {
    const { user, ...seen } = await played(harness, 'curl')
    expect(user).toBe(isNobody(harness) ? 65_534 : process.getuid?.())
    expect(seen).toEqual({
      issuer: 'https://accounts.google.com',
      mail: { code: 0, commands: ['CAPABILITY', 'NOOP', 'LOGOUT'] },
      // curl's own numbers: 6 no such host, 7 no connection.
      elsewhere: [
        ['https://www.example.com/', 6, 0],
        ['https://192.0.2.7/', 7, 0],
        ['https://[2001:db8::7]/', 7, 0],
        ['imap://imap.gmail.com/', 7, 0],
      ],
      requests: ['GET discovery 200'],
      tls: ['google accounts.google.com', 'gmail imap.gmail.com'],
      refusedNames: ['www.example.com'],
      unrouted: [1, 1],
    })
  })

  test('mutt_oauth2.py signs in, stores, refreshes and reads mail at Google’s own addresses', async () => {
    expect(await played(harness, 'mutt_oauth2.py')).toEqual({
      // Its log of requests is nobody's secret store, and holds the code all the same.
      authorized: { code: 0, token: true, stderr: expect.stringContaining('&code=‹authorization-code-1') },
      mode: '600',
      again: { code: 0, token: true },
      refreshed: {
        code: 0,
        notice: 'NOTICE: Invalid or expired access token; using refresh token to obtain new access token.',
        token: true,
        sameRefreshToken: true,
      },
      // It goes on to a host that nobody plays.
      tested: {
        code: 1,
        said: 'IMAP authentication succeeded',
        stderr: expect.stringContaining('Name or service not known'),
      },
      requests: ['POST token-endpoint 200', 'POST token-endpoint 200'],
      callbacks: [{ to: 'http://localhost:‹port›/', status: 200 }],
      logins: [{ mechanism: 'OAUTHBEARER', user: 'alice@example.test', result: 'accepted' }],
      tls: ['accounts.google.com', 'imap.gmail.com'],
      refusedNames: ['pop.gmail.com'],
    })
  })
})

describe('mutt_oauth2.py', () => {
  test('names no client as it is shipped, and its user hears that from Google', async () => {
    await using stand = await openNamespaceStand()
    const { code } = await authorize(stand, shippedScript, 'authcode')
    expect(code).toBe(1)
    expect(stand.seen('ua.opened')).toHaveLength(1)
    expect(stand.seen('ua.navigated').at(-1)?.fields.title).toMatch(/^Access blocked|^Error/)
    expect(stand.requests()).toEqual([])
  })

  test('is the one of Debian in all but the two values that its README wants edited', async () => {
    await using stand = await openNamespaceStand()
    const lines = (file: string): string[] => readFileSync(file, 'utf8').split('\n')
    const own = lines(await configuredScript(stand))
    expect(lines(shippedScript).filter((line, at) => line !== own[at])).toEqual([
      "        'client_id': '',",
      "        'client_secret': '',",
    ])
  })

  test('has a default flow that Google has ended', async () => {
    await using stand = await openNamespaceStand()
    const { code } = await authorize(stand, await configuredScript(stand), 'authcode')
    expect(code).toBe(1)
    expect(stand.seen('as.error.sent').map(({ fields }) => fields.error)).toEqual(['invalid_request'])
    expect(stand.requests()).toEqual([])
  })

  test('may not ask for mail by the flow for devices', async () => {
    await using stand = await openNamespaceStand()
    const { code, stdout } = await authorize(stand, await configuredScript(stand), 'devicecode')
    expect(code).toBe(1)
    expect(stdout.toString()).toContain('401 Unauthorized\ninvalid_client\n')
    expect(stand.requests()).toEqual(['POST device-authorization-endpoint 401'])
  })
})

describe('a program in there', () => {
  test('is asked for what it listens to there, under the name that it gave', async () => {
    await using stand = await openNamespaceStand()
    const listener = [
      'import http.server, time',
      'class Endpoint(http.server.BaseHTTPRequestHandler):',
      '  def do_GET(self): print(self.headers["host"], self.path); self.send_response(204); self.end_headers()',
      '  def log_message(self, *rest): pass',
      'time.sleep(0.2)',
      'http.server.HTTPServer(("127.0.0.1", 8099), Endpoint).handle_request()',
    ]
    const program = stand.start(python, ['-c', listener.join('\n')])
    const ended = endOf(program)
    await expect
      .poll(() => program.callback(new URL('http://localhost:8099/?code=4')).catch(() => null))
      .toEqual({ status: 204 })
    expect((await ended).stdout.toString()).toBe('localhost:8099 /?code=4\n')
    await expect(stand.namespace.callback(new URL('http://localhost:8099/'))).rejects.toThrow('no program runs')
  })

  test('gets the address of a mocked host from a name server, too, and of no other', async () => {
    await using stand = await openNamespaceStand()
    const resolver = `
      const { resolve4, resolve6 } = require('node:dns').promises
      const ask = (name, resolve = resolve4) => resolve(name).catch(({ code }) => code)
      Promise.all([ask('oauth2.googleapis.com'), ask('oauth2.googleapis.com', resolve6), ask('smtp.gmail.com')])
        .then((answers) => console.log(JSON.stringify(answers)))`
    const { stdout } = await stand.run(process.execPath, ['-e', resolver])
    expect(JSON.parse(stdout.toString())).toEqual([[expect.stringMatching(/^127\.0\.1\.\d+$/)], 'ENODATA', 'ENOTFOUND'])
    expect(stand.refusedNames()).toEqual(['smtp.gmail.com'])
  })

  test('tells nobody a secret by asking for its address', async () => {
    await using stand = await openNamespaceStand()
    const secret = stand.secrets.mint('access-token', { prefix: 'ya29.', length: 60, alphabet: 'abcdefghijklmnop' })
    const { code } = await stand.run('/usr/bin/getent', ['hosts', `${secret}.example.test`])
    expect(code).toBe(2)
    expect(stand.refusedNames()).toEqual(['‹access-token-1›.example.test'])
  })

  test('ends with all that it started, and so do its streams', async () => {
    await using stand = await openNamespaceStand()
    const mark = '4711'
    const started = performance.now()
    const { code, stdout } = await stand.run('/bin/sh', ['-c', `sleep ${mark} & setsid sleep ${mark} & echo begun`])
    expect({ code, said: stdout.toString() }).toEqual({ code: 0, said: 'begun\n' })
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(processesWith(`sleep\0${mark}`)).toEqual([])
  })

  test('is killed when its time is over, and what it wanted is still told', async () => {
    await using stand = await openNamespaceStand()
    const script = 'curl -s https://192.0.2.7/; sleep 4712 & exec sleep 4712'
    const { code } = await stand.run('/bin/sh', ['-c', script], { seconds: 1 })
    expect(code).toBe(137)
    expect(stand.seen('ip.refused').map(({ fields }) => fields)).toEqual([{ attempts: 1 }])
    expect(processesWith('sleep\x004712')).toEqual([])
  })

  test('that is not there is named', async () => {
    await using stand = await openNamespaceStand()
    await expect(stand.run('/usr/bin/no-such-program', [])).rejects.toThrow(
      '/usr/bin/no-such-program could not be run: spawn /usr/bin/no-such-program ENOENT',
    )
  })

  test('has files of its own in /etc, and leaves those outside as they are', async () => {
    await using stand = await openNamespaceStand()
    const { stdout } = await stand.run('/bin/sh', ['-c', 'head -n 1 /etc/hosts; cat /etc/resolv.conf'])
    expect(stdout.toString()).toMatch(/^127\.0\.0\.1 localhost .*\nnameserver 127\.0\.0\.1\nsearch \.\n$/)
    expect(readFileSync('/etc/hosts', 'utf8')).not.toContain('accounts.google.com')
  })
})

test.each(Object.entries(harnesses))('nothing is left when the harness of %s is killed', async (name, harness) => {
  // Seconds, with a fraction that no other process of the machine has by chance in its long command line.
  const mark = `${4713 + Object.keys(harnesses).indexOf(name)}.0000000000004713`
  const temporary = await mkdtemp(join(tmpdir(), 'oauth-imap-orphan-'))
  try {
    await chmod(temporary, 0o777)
    const [command = '', ...args] = [...harness, scriptFor(harness, 'namespace-orphan.fixture.ts'), mark]
    const env = { ...process.env, TMPDIR: temporary }
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env })
    const [octets] = (await once(child.stdout, 'data')) as [Buffer]
    const { pid } = JSON.parse(octets.toString()) as { readonly pid: number }
    await expect.poll(() => processesWith(`sleep\0${mark}`)).toHaveLength(2)
    expect(readdirSync(temporary)).toHaveLength(1)
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => processesWith(mark)).toEqual([])
    await expect.poll(() => processesWith(temporary)).toEqual([])
    expect(readdirSync(temporary)).toEqual([])
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
})

describe('where it cannot be had, the reason says what to do', () => {
  test('here it can', async () => {
    expect(await namespaceAvailability()).toEqual({ available: true })
  })

  test('another system', async () => {
    expect(await probeNamespace('darwin')).toEqual({
      available: false,
      reason: 'not measured here: namespace; only Linux has them',
    })
  })

  test.each([
    ['unshare', [], 'util-linux'],
    ['mount', ['unshare'], 'mount'],
    ['ip', ['unshare', 'mount'], 'iproute2'],
  ])('%s is missing', async (program, present, name) => {
    const directory = await mkdtemp(join(tmpdir(), 'oauth-imap-path-'))
    try {
      await mkdir(join(directory, 'bin'))
      for (const other of present) await symlink('/bin/true', join(directory, 'bin', other))
      expect(await probeNamespace('linux', join(directory, 'bin'))).toEqual({
        available: false,
        reason: `not measured here: namespace; ${program} is missing: apt-get install ${name}`,
      })
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  })

  test('a machine that forbids them', () => {
    const ask = `import { namespaceAvailability } from '${here('namespace-probe.ts')}'
      console.log(JSON.stringify(await namespaceAvailability()))`
    const forbid = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$0" --input-type=module -e "$1"'
    const args = ['--user', '--map-root-user', 'sh', '-c', forbid, process.execPath, ask]
    const { available, reason } = JSON.parse(execFileSync('unshare', args, { encoding: 'utf8' })) as {
      readonly available: boolean
      readonly reason: string
    }
    expect(available).toBe(false)
    expect(reason).toMatch(
      /^not measured here: namespace; this machine refuses \(unshare: .+\): allow user namespaces with sysctl /,
    )
    expect(reason).not.toContain('\n')
  })
})
