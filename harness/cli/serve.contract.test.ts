import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import schema from '../serve/ready.schema.json' with { type: 'json' }
import { breathe } from '../runtime/breathe.ts'
import { exists } from '../runtime/files.ts'
import { listen } from '../../mocks/doors/listen.ts'
import { runToEnd, start } from './program.fixture.ts'
import { control, getOver, send, startServe, throughProxy } from './serve.fixture.ts'

const slow = 30_000
const valid = new Ajv2020().compile(schema)
const example = fileURLToPath(new URL('../../fixtures/worlds/example.yaml', import.meta.url))

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-serve-test-'))))
afterAll(() => rm(root, { recursive: true, force: true }))

const folder = (): Promise<string> => mkdtemp(join(root, 'case-'))

describe('serve --json', () => {
  test(
    'prints one line of the published form when everything stands, and ends well with SIGTERM',
    async () => {
      await using serve = await startServe([], root)
      const { ready } = serve
      expect([valid(ready), valid.errors]).toEqual([true, null])
      expect(ready.accounts).toEqual(['alice@example.com', 'bob@example.com'])
      expect(ready.clients).toEqual([ready.client])
      expect(ready.env).toMatchObject({ HTTPS_PROXY: ready.proxy, SSL_CERT_FILE: ready.ca })
      expect(JSON.parse(await readFile(ready.client.file, 'utf8'))).toMatchObject({
        installed: { client_id: ready.client.id, client_secret: ready.client.secret },
      })
      expect((await stat(dirname(ready.ca))).mode & 0o777).toBe(0o700)
      // `live` refuses a client file that others can read.
      expect((await stat(ready.client.file)).mode & 0o777).toBe(0o600)

      const { code, stdout, complaints } = await serve.end('SIGTERM')
      expect([code, complaints, stdout.trimEnd().split('\n')]).toEqual([0, [], [JSON.stringify(ready)]])
      expect(await exists(dirname(ready.ca))).toBe(false)
    },
    slow,
  )

  test(
    'takes its files away when its terminal is closed',
    async () => {
      await using serve = await startServe([], root)
      expect(await serve.end('SIGHUP')).toMatchObject({ code: 0, complaints: [] })
      expect(await exists(dirname(serve.ready.ca))).toBe(false)
    },
    slow,
  )

  test(
    'leads through the proxy to Google and Gmail under their own names, and straight to their ports',
    async () => {
      await using serve = await startServe([], root)
      const host = 'accounts.google.com'
      const answer = await getOver(
        await throughProxy(serve.ready, host, 443),
        host,
        '/.well-known/openid-configuration',
      )
      expect(answer).toMatch(/^HTTP\/1\.1 200[^]*"issuer": ?"https:\/\/accounts\.google\.com"/)
      const imap = await throughProxy(serve.ready, 'imap.gmail.com', 993)
      expect(String(await once(imap, 'data'))).toMatch(/^\* OK Gimap ready/)
      imap.destroy()
      await expect(throughProxy(serve.ready, 'example.com', 443)).rejects.toThrow('403')
      const seen = await (await control(serve.ready, '/journal')).text()
      expect(seen).toContain('"http.request"')
      expect(seen).not.toContain(serve.ready.client.secret)
      expect(await serve.end('SIGINT')).toMatchObject({ code: 0, complaints: [] })
    },
    slow,
  )

  test(
    'begins with the world of a file',
    async () => {
      await using serve = await startServe(['--world', example], root)
      const { ready } = serve
      expect([valid(ready), valid.errors]).toEqual([true, null])
      expect(ready.accounts).toEqual(['alice@example.com', 'member@example.com'])
      expect(ready.clients.map(({ secret }) => secret)).toEqual([
        expect.stringMatching(/^GOCSPX-/),
        'GOCSPX-EXAMPLE-not-a-secret-web',
        '',
      ])
      const [key] = ready.keyFiles
      expect(JSON.parse(await readFile(key!, 'utf8'))).toMatchObject({ type: 'service_account' })
      const refused = await control(ready, '/consent', {
        url: `https://accounts.google.com/o/oauth2/v2/auth?response_type=code&scope=email&redirect_uri=http%3A%2F%2F127.0.0.1%2F&client_id=${ready.client.id}`,
        account: 'member@example.com',
        decision: 'grant',
      })
      // The status is testing, and nobody but alice is a test user.
      expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('verification process')])
    },
    slow,
  )

  test(
    'ends with connections open, half-open and in the middle of a request',
    async () => {
      await using serve = await startServe([], root)
      const { ready } = serve
      const idle = await throughProxy(ready, 'imap.gmail.com', 993)
      const asking = await throughProxy(ready, 'oauth2.googleapis.com', 443)
      asking.write('POST /token HTTP/1.1\r\nHost: oauth2.googleapis.com\r\nContent-Length: 100\r\n\r\ngrant_type=')
      const ports = [ready.google.port, ready.imap.port, ...[ready.proxy, ready.control.url].map(portOf)]
      const bare = ports.map((port) => connect(port, '127.0.0.1'))
      for (const socket of [idle, asking, ...bare]) socket.on('error', () => {})
      await Promise.all(bare.map((socket) => once(socket, 'connect')))
      const began = performance.now()
      expect(await serve.end('SIGTERM')).toMatchObject({ code: 0, complaints: [] })
      expect(performance.now() - began).toBeLessThan(5_000)
      expect(await exists(dirname(ready.ca))).toBe(false)
    },
    slow,
  )

  test(
    'goes on at the same addresses after a reset, with time and record as at the start',
    async () => {
      await using serve = await startServe([], root)
      const { ready } = serve
      const before = await throughProxy(ready, 'imap.gmail.com', 993)
      before.on('error', () => {}).resume()
      expect((await control(ready, '/clock', { advance: 3600 })).status).toBe(200)
      const ended = once(before, 'close')
      expect((await control(ready, '/reset', {})).status).toBe(204)
      await ended
      const { epochMilliseconds } = (await (await control(ready, '/clock')).json()) as { epochMilliseconds: number }
      expect(Math.abs(epochMilliseconds - Date.now())).toBeLessThan(60_000)
      expect((await (await control(ready, '/journal')).text()).trimEnd().split('\n')).toHaveLength(1)
      const again = await throughProxy(ready, 'imap.gmail.com', 993)
      again.destroy()
      expect(await serve.end('SIGTERM')).toMatchObject({ code: 0 })
    },
    slow,
  )

  test(
    'keeps the ports that it was given',
    async () => {
      const [google, imap, proxy, steering] = await freePorts(4)
      const asked = ['--port', google, '--imap-port', imap, '--proxy-port', proxy, '--control-port', steering].map(
        String,
      )
      await using serve = await startServe(asked, root)
      expect(serve.ready).toMatchObject({
        google: { host: '127.0.0.1', port: google },
        imap: { host: '127.0.0.1', port: imap },
        proxy: `http://127.0.0.1:${proxy}`,
        control: { url: `http://127.0.0.1:${steering}` },
      })
      // A second one finds its port taken.
      const directory = await folder()
      const second = await runToEnd(['serve', '--port', String(google)], directory, { env: { TMPDIR: directory } })
      expect(second).toMatchObject({
        code: 3,
        stdout: '',
        complaints: [
          `oauth-imap: Cannot listen on 127.0.0.1:${google}: another program listens there. ` +
            'Name another port or address, or end the program that uses it.',
        ],
      })
      expect(await leftIn(directory)).toEqual([])
    },
    slow,
  )

  test(
    'warns of an address that others reach, and leaves proxy and control on loopback',
    async () => {
      await using serve = await startServe(['--listen', '0.0.0.0'], root)
      const { ready } = serve
      expect(ready.google.host).toBe('127.0.0.1')
      const host = 'accounts.google.com'
      const answer = await getOver(await throughProxy(ready, host, 443), host, '/nowhere')
      expect(answer).toMatch(/^HTTP\/1\.1 404/)
      const { code, complaints } = await serve.end('SIGTERM')
      expect([code, complaints]).toEqual([
        0,
        [
          expect.stringMatching(
            /^oauth-imap: 0\.0\.0\.0 is not loopback: .* Proxy and control stay on 127\.0\.0\.1\.$/,
          ),
        ],
      ])
    },
    slow,
  )

  test(
    'leads to an address of this machine that is not the usual one',
    async () => {
      await using serve = await startServe(['--listen', '127.0.0.2'], root)
      const host = 'accounts.google.com'
      const answer = await getOver(await throughProxy(serve.ready, host, 443), host, '/nowhere')
      expect([serve.ready.google.host, answer]).toEqual(['127.0.0.2', expect.stringMatching(/^HTTP\/1\.1 404/)])
      expect(await serve.end('SIGTERM')).toMatchObject({ code: 0, complaints: [] })
    },
    slow,
  )
})

describe('serve for a person', () => {
  test(
    'prints the environment as a shell takes it in, and tells the rest beside it',
    async () => {
      // A name that only quotes save.
      const odd = join(await folder(), `it's "$HOME" \`here\``)
      await mkdir(odd)
      const running = start(['serve'], root, { env: { TMPDIR: odd } })
      await running.says('Ctrl-C ends it.')
      send(running, 'SIGINT')
      const { code, stdout, complaints } = await running.ended
      expect(code).toBe(0)
      const shown = execFileSync('/bin/sh', ['-c', `${stdout}\nprintf %s "$SSL_CERT_FILE"`], { encoding: 'utf8' })
      expect(shown.startsWith(`${odd}/oauth-imap-serve-`)).toBe(true)
      expect(stdout.trimEnd().split('\n')).toEqual(
        stdout
          .trimEnd()
          .split('\n')
          .map(() => expect.stringMatching(/^export \w+='.*'$/)),
      )
      const told = complaints.join('\n')
      for (const part of ['Google (TLS) is at', 'Gmail (IMAP', 'alice@example.com', '/consent', 'Client: '])
        expect(told).toContain(part)
    },
    slow,
  )
})

describe('what cannot be served is told in one line, and nothing is left', () => {
  test.each<[string, readonly string[], string, string?]>([
    ['a name to listen at', ['--listen', 'localhost'], '--listen takes an IP address'],
    ['an address of another machine', ['--listen', '192.0.2.1'], 'Cannot listen on 192.0.2.1'],
    ['a port out of range', ['--port', '65536'], '--port takes a whole number from 0 to 65535'],
    ['a world that is not there', ['--world', 'no.yaml'], 'no.yaml does not exist.'],
    ['a world that is none', ['--world', 'bad.yaml'], 'bad.yaml (line 2, column 11): clients.0.type: expected'],
    ['no directory for files', [], 'Cannot make a directory in ', 'bad.yaml'],
  ])(
    '%s',
    async (_, args, says, temporary) => {
      const directory = await folder()
      await writeFile(join(directory, 'bad.yaml'), 'clients:\n  - type: GOCSPX-very-secret')
      const TMPDIR = join(directory, temporary ?? '.')
      const { code, stdout, complaints } = await runToEnd(['serve', ...args], directory, { env: { TMPDIR } })
      expect([code, stdout, complaints]).toEqual([3, '', [expect.stringMatching(/^oauth-imap: .*\.$/)]])
      expect(complaints[0]).toContain(says)
      expect(complaints[0]).not.toContain('GOCSPX')
      expect(await leftIn(directory)).toEqual([])
    },
    slow,
  )
})

describe('what is no error', () => {
  test(
    'a reader that goes after the line, and one that was never there',
    async () => {
      const [port] = await freePorts(1)
      const running = start(['serve', '--json', '--port', String(port)], root)
      running.child.stdout!.destroy()
      await once(running.child, 'spawn')
      await using other = await startServe([], root)
      other.child.stdout!.destroy()
      expect(await other.end('SIGTERM')).toMatchObject({ code: 0, complaints: [] })
      // It may have begun before the other and still be behind: nobody can read that it is ready.
      for (let tries = 0; tries < 1000 && !(await accepts(port!)); tries++) await breathe(20)
      send(running, 'SIGTERM')
      expect(await running.ended).toMatchObject({ code: 0, complaints: [] })
    },
    slow,
  )

  test(
    'a second signal, which ends at once and leaves nothing either',
    async () => {
      const directory = await folder()
      await using serve = await startServe([], directory, { env: { TMPDIR: directory } })
      send(serve, 'SIGINT')
      const { code } = await serve.end('SIGINT')
      expect([0, 130]).toContain(code)
      expect(await leftIn(directory)).toEqual([])
    },
    slow,
  )
})

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy() !== undefined))
    socket.once('error', () => resolve(false))
  })

const portOf = (url: string): number => Number(new URL(url).port)

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(servers.map((server) => listen(server)))
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** What a serve left; Node keeps what it compiled there. */
const leftIn = async (directory: string): Promise<readonly string[]> =>
  (await readdir(directory)).filter((name) => name.startsWith('oauth-imap'))
