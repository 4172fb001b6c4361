import { X509Certificate } from 'node:crypto'
import { type AddressInfo, type Server } from 'node:net'
import { type ConnectionOptions, connect, createServer } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CertificateFlaw, certificateFlaws } from '../../harness/model/tls-security.ts'
import { type Pki, type ServerCertificate, createPki, mailHost } from './pki.ts'

let pki: Pki
let server: Server
let port: number
beforeAll(async () => {
  pki = await createPki()
  server = createServer(pki, (socket) => socket.end('hello'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const shake = (servername: string, ca: string): Promise<string> => attempt({ port, servername, ca })

/** A handshake for the mail host with a server that has this certificate. */
async function shakeWith(certificate: ServerCertificate, options: ConnectionOptions): Promise<string> {
  const flawed = createServer(certificate, (socket) => socket.end('hello'))
  await new Promise<void>((resolve) => flawed.listen(0, '127.0.0.1', resolve))
  try {
    const at = (flawed.address() as AddressInfo).port
    return await attempt({ port: at, servername: 'imap.gmail.com', ca: pki.ca, ...options })
  } finally {
    flawed.close()
  }
}

const attempt = (options: ConnectionOptions): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', ...options })
    socket.on('secureConnect', () => {
      socket.destroy()
      resolve('done')
    })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })

test.each([
  'accounts.google.com',
  'oauth2.googleapis.com',
  'openidconnect.googleapis.com',
  'www.googleapis.com',
  'imap.gmail.com',
  'localhost',
])('the leaf speaks for %s', async (name) => {
  expect(await shake(name, pki.ca)).toBe('done')
})

test('the leaf speaks for nobody else', async () => {
  expect(await shake('accounts.example.com', pki.ca)).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
})

test('a client that trusts another authority refuses', async () => {
  const other = await createPki()
  expect(await shake('accounts.google.com', other.ca)).not.toBe('done')
})

const chain = /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_.*)$/
const name = /^ERR_TLS_CERT_ALTNAME_INVALID$/

/** The reason, and whether the certificate would do if the client did not look at the name. */
test.each([
  ['unknown-authority', chain, false],
  ['self-signed', chain, false],
  ['wrong-name', name, true],
  ['name-in-common-name', name, true],
  ['wildcard-misplaced', name, true],
  // Deno has one code for all that is wrong with a chain, its dates included.
  ['expired', /EXPIRED|UNABLE_TO_VERIFY/, false],
  ['not-yet-valid', /NOT_YET_VALID|UNABLE_TO_VERIFY/, false],
] as const)('a certificate that is %s is refused for that reason alone', async (flaw, reason, nameless) => {
  expect(await shakeWith(await pki.flawed(flaw, mailHost), {})).toMatch(reason)
  const anyName = await shakeWith(await pki.flawed(flaw, mailHost), { checkServerIdentity: () => undefined })
  expect(anyName === 'done').toBe(nameless)
  expect(await pki.flawed(flaw, mailHost)).toBe(await pki.flawed(flaw, mailHost))
})

test('the dates are wrong in the two that have expired or begin later, and in no other', async () => {
  const years = async (flaw: CertificateFlaw): Promise<readonly number[]> => {
    const { validFrom, validTo } = new X509Certificate((await pki.flawed(flaw, mailHost)).cert)
    return [validFrom, validTo].map((date) => new Date(date).getUTCFullYear())
  }
  expect(await years('expired')).toEqual([2000, 2001])
  expect(await years('not-yet-valid')).toEqual([2048, 2049])
  for (const flaw of certificateFlaws.slice(0, -2)) expect(await years(flaw)).toEqual([2000, 2049])
})

test('every flaw has its row, and the good certificate is none of them', async () => {
  expect(await shakeWith(pki, {})).toBe('done')
  const others = await Promise.all(certificateFlaws.map((flaw) => pki.flawed(flaw, mailHost)))
  expect(new Set([pki.cert, ...others.map(({ cert }) => cert)]).size).toBe(certificateFlaws.length + 1)
})

test('every PEM ends its last line, and the leaf is valid from 2000 to 2049', () => {
  for (const pem of [pki.ca, pki.key, pki.cert]) expect(pem).toMatch(/-----\n$/)
  const leaf = new X509Certificate(pki.cert)
  expect([new Date(leaf.validFrom).getUTCFullYear(), new Date(leaf.validTo).getUTCFullYear()]).toEqual([2000, 2049])
  expect(leaf.subjectAltName).toContain('IP Address:127.0.0.1')
})
