import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ResponseFault, TransportFault } from '../../harness/model/response-fault.ts'
import { addresses } from '../google/endpoints.ts'
import { refreshForm, signIn } from '../google/flow.fixture.ts'
import { type OpenGoogle, openGoogle } from '../google/google.fixture.ts'
import { type Pki, createPki } from './pki.ts'
import { open, received, sendRaw } from './raw-connection.fixture.ts'
import { type TlsDoor, listenHttps } from './tls-listener.ts'

let pki: Pki
let google: OpenGoogle
let door: TlsDoor
beforeAll(async () => {
  pki = await createPki()
})
beforeEach(async () => {
  google = openGoogle({}, { overTls: true })
  door = await listenHttps(google.world, google.google.handlers, pki)
})
afterEach(() => door[Symbol.asyncDispose]())

const get = (address: string): string => {
  const { host, pathname } = new URL(address)
  return `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n`
}
const last = 'Connection: close\r\n\r\n'
const discovery = `${get(addresses.discovery[0])}${last}`
const ask = (octets = discovery) => sendRaw(door.port, pki.ca, octets)
const fault = (transport: TransportFault, changes: Partial<ResponseFault> = {}): void =>
  google.google.fault({ name: transport.kind, endpoint: 'discovery', occurrence: 1, transport, ...changes })
const bodyOf = (text: string): string => text.slice(text.indexOf('\r\n\r\n') + 4)
const lengthOf = (text: string): number => Number(/content-length: (\d+)/i.exec(text)?.[1])
const recorded = () => google.seen('http.response').map(({ fields: { status, transport } }) => ({ status, transport }))

test('a body ends early although more was promised, and the next answer is whole', async () => {
  fault({ kind: 'truncation', after: 10 })
  const { text } = await ask()
  expect([bodyOf(text).length, lengthOf(text)]).toEqual([10, bodyOf((await ask()).text).length + 1])
  expect(recorded()).toEqual([{ status: 200, transport: 'truncation' }, { status: 200 }])
})

test.each([0, 1_000_000])('a body that ends behind %d octets ends early all the same', async (after) => {
  fault({ kind: 'truncation', after })
  const { text } = await ask()
  expect(bodyOf(text).length).toBe(Math.min(after, bodyOf((await ask()).text).length))
  expect(lengthOf(text)).toBeGreaterThan(bodyOf(text).length)
})

test('an error that never arrives whole is no error that the client was told', async () => {
  const body = '{"error":"invalid_grant","error_description":"Bad Request"}'
  fault({ kind: 'truncation', after: 12 }, { status: 400, body })
  await ask()
  expect(google.seen('http.response')[0]!.fields).toEqual({
    endpoint: 'discovery',
    to: 'discovery#1',
    status: 400,
    contentType: 'application/json; charset=utf-8',
    transport: 'truncation',
  })
})

test('a connection is reset before anything was sent', async () => {
  fault({ kind: 'reset' })
  const socket = open(door.port, pki.ca)
  const codes: (string | undefined)[] = []
  socket.on('error', ({ code }: NodeJS.ErrnoException) => codes.push(code))
  socket.write(discovery)
  expect((await received(socket)).text).toBe('')
  // Deno ends the connection without RST.
  expect(codes).toEqual(process.versions['deno'] === undefined ? ['ECONNRESET'] : [])
  expect(recorded()).toEqual([{ status: 0, transport: 'reset' }])
  expect((await ask()).statuses).toEqual([200])
})

test('a body drips in simulated time, to its end and no faster', async () => {
  const whole = bodyOf((await ask()).text)
  fault({ kind: 'drip', octets: 300, every: 1_000 })
  const socket = open(door.port, pki.ca)
  let text = ''
  const ended = received(socket)
  socket.on('data', (chunk: string) => {
    text += chunk
  })
  socket.write(discovery)
  for (let sent = 300; sent < whole.length; sent += 300) {
    await expect.poll(() => bodyOf(text).length).toBe(sent)
    google.clock.set(google.clock.nextDue!)
  }
  expect(bodyOf((await ended).text)).toBe(whole)
  expect(google.clock.elapsed()).toBe(1_000 * Math.floor((whole.length - 1) / 300))
})

test('a huge body arrives whole and is JSON that blanks follow', async () => {
  fault({ kind: 'huge-body', octets: 2_000_000 }, { body: '{"a":1}' })
  const { text } = await ask()
  expect([lengthOf(text), bodyOf(text).length, JSON.parse(bodyOf(text))]).toEqual([2_000_000, 2_000_000, { a: 1 }])
})

test('100 MB are sent as they are made', async () => {
  fault({ kind: 'huge-body', octets: 100_000_000 })
  const socket = open(door.port, pki.ca)
  let length = 0
  socket.on('data', (chunk: Uint8Array) => {
    length += chunk.length
  })
  socket.write(discovery)
  await new Promise((resolve) => socket.on('close', resolve))
  expect(length).toBeGreaterThan(100_000_000)
})

test('what comes behind on the same connection waits for an answer that is held back', async () => {
  google.google.fault({ name: 'slow', endpoint: 'discovery', occurrence: 1, delay: 1_000 })
  const both = ask(`${get(addresses.discovery[0])}\r\n${get(addresses.jwks[0])}${last}`)
  await expect.poll(() => google.clock.nextDue).toBeDefined()
  google.clock.set(google.clock.nextDue!)
  const { statuses, text } = await both
  expect(statuses).toEqual([200, 200])
  expect(text.indexOf('authorization_endpoint')).toBeLessThan(text.indexOf('"keys"'))
})

test('a token that nobody received was issued all the same', async () => {
  const { refreshToken } = await signIn(google)
  const form = String(new URLSearchParams(refreshForm(refreshToken)))
  fault({ kind: 'reset' }, { endpoint: 'token-endpoint' })
  const { text } = await ask(
    [
      'POST /token HTTP/1.1',
      'Host: oauth2.googleapis.com',
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${form.length}`,
      last + form,
    ].join('\r\n'),
  )
  expect(text).toBe('')
  expect(google.seen('as.token.issued')).toHaveLength(2)
})

test('a body that says gzip and is none leaves as it is', async () => {
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' }
  google.google.fault({ name: 'no gzip', endpoint: 'discovery', occurrence: 1, body: '{"a":1}', headers })
  const { text } = await ask()
  expect([bodyOf(text), /content-encoding: gzip/i.test(text)]).toEqual(['{"a":1}', true])
})

test('the scripted user’s browser does not come through TLS, so nothing is armed for it in silence', () => {
  expect(() => fault({ kind: 'reset' }, { endpoint: 'authorization-endpoint' })).toThrow('without it')
})
