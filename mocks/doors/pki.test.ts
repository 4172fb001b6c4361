import { X509Certificate } from 'node:crypto'
import { type AddressInfo, type Server } from 'node:net'
import { connect, createServer } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Pki, createPki, createUntrusted } from './pki.ts'

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

const shake = (servername: string, ca: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, servername, ca })
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
  const other = await createUntrusted()
  expect(await shake('accounts.google.com', other.ca)).not.toBe('done')
})

test('every PEM ends its last line, and the leaf is valid from 2000 to 2049', () => {
  for (const pem of [pki.ca, pki.key, pki.cert]) expect(pem).toMatch(/-----\n$/)
  const leaf = new X509Certificate(pki.cert)
  expect([new Date(leaf.validFrom).getUTCFullYear(), new Date(leaf.validTo).getUTCFullYear()]).toEqual([2000, 2049])
  expect(leaf.subjectAltName).toContain('IP Address:127.0.0.1')
})
