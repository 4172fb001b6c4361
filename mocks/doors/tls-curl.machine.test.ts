import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { certificateFlaws } from '../../harness/model/tls-security.ts'
import { type OpenGoogle, openGoogle } from '../google/google.fixture.ts'
import { type Pki, createPki } from './pki.ts'
import { type TlsDoor, listenHttps } from './tls-listener.ts'

/** A client of OpenSSL that nobody here wrote: what it offers, what it refuses, and what it says when it does. */

let pki: Pki
let directory: string
let google: OpenGoogle
let door: TlsDoor
beforeAll(async () => {
  pki = await createPki()
  directory = await mkdtemp(join(tmpdir(), 'oauth-imap-curl-'))
  await writeFile(join(directory, 'ca.pem'), pki.ca)
})
afterAll(() => rm(directory, { recursive: true, force: true }))
beforeEach(async () => {
  google = openGoogle({}, { overTls: true })
  door = await listenHttps(google.world, google.google.handlers, {
    ...pki,
    silence: 3_000,
    security: google.google.security,
  })
  return () => door[Symbol.asyncDispose]()
})

interface Ended {
  readonly code: number
  readonly stdout: string
}

const curl = (...options: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const to = ['--noproxy', '*', '--connect-to', `accounts.google.com:443:127.0.0.1:${door.port}`]
    const told = ['--silent', '--output', '/dev/null', '--write-out', '%{http_code} HTTP/%{http_version}']
    const args = ['--disable', '--cacert', join(directory, 'ca.pem'), ...to, ...told, ...options]
    const url = 'https://accounts.google.com/.well-known/openid-configuration'
    execFile('/usr/bin/curl', [...args, url], { timeout: 20_000 }, (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), stdout }),
    )
  })

test.each([
  ['offers HTTP/2 by itself', [], ['h2', 'http/1.1']],
  ['is asked for HTTP/2', ['--http2'], ['h2', 'http/1.1']],
  ['negotiates nothing', ['--no-alpn'], []],
  ['knows TLS 1.2 alone', ['--tls-max', '1.2'], ['h2', 'http/1.1']],
] as const)('curl that %s is answered over HTTP/1.1', async (_, options, protocols) => {
  expect(await curl(...options)).toEqual({ code: 0, stdout: '200 HTTP/1.1' })
  expect(google.seen('tls.hello').map(({ fields }) => fields)).toMatchObject([
    { sni: 'accounts.google.com', versions: expect.arrayContaining(['TLSv1.2']), protocols },
  ])
})

/** RFC 8446 §6.2; curl looks at the name itself, when the handshake is done. */
const alerts: Readonly<Record<string, number>> = {
  'unknown-authority': 48,
  'self-signed': 48,
  expired: 45,
  'not-yet-valid': 42,
}

test.each(certificateFlaws)('curl refuses a certificate that is wrong: %s', async (flaw) => {
  google.google.secure(flaw)
  // "The peer's SSL certificate or SSH MD5 fingerprint was deemed not OK."
  expect((await curl()).code).toBe(60)
  await expect.poll(() => door.unsettled()).toBe(false)
  expect(google.seen('tls.failed').map(({ fields }) => fields.alert)).toEqual(flaw in alerts ? [alerts[flaw]] : [])
  expect(google.seen('http.request')).toEqual([])
})

test('curl that knows TLS 1.2 at least refuses TLS 1.1 for the version, and one that offers it goes on', async () => {
  google.google.secure('tls-1.1')
  await curl('--tlsv1.2')
  await expect.poll(() => google.seen('tls.failed')).toHaveLength(1)
  await curl('--tlsv1.0', '--max-time', '1')
  await expect.poll(() => google.seen('tls.failed')).toHaveLength(2)
  expect(google.seen('tls.failed').map(({ fields }) => fields.alert)).toEqual([70, null])
})
