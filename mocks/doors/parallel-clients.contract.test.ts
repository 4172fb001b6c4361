import { afterAll, beforeAll, expect, test } from 'vitest'
import { refreshForm, signIn, tokenUrl } from '../google/flow.fixture.ts'
import { type OpenGoogle, openGoogle } from '../google/google.fixture.ts'
import { httpsFetch } from './https-fetch.fixture.ts'
import { type Pki, createPki } from './pki.ts'
import { sendRaw } from './raw-connection.fixture.ts'
import { type TlsDoor, listenHttps } from './tls-listener.ts'

const clients = 200

let pki: Pki
let google: OpenGoogle
let door: TlsDoor
let refreshToken: string
beforeAll(async () => {
  pki = await createPki()
  google = openGoogle()
  door = await listenHttps(google.world, google.google.handlers, pki)
  ;({ refreshToken } = await signIn(google))
})
afterAll(() => door[Symbol.asyncDispose]())

test('200 clients at a time, each over a connection of its own, get their tokens without an error', async () => {
  const fetch = httpsFetch(door.port, pki.ca)
  const form = String(new URLSearchParams(refreshForm(refreshToken)))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answers = await Promise.all(
    Array.from({ length: clients }, async () => {
      const response = await fetch(new Request(tokenUrl, { method: 'POST', body: form, headers }))
      const { access_token: token } = (await response.json()) as { readonly access_token?: string }
      return { status: response.status, token }
    }),
  )
  expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  expect(new Set(answers.map(({ token }) => token)).size).toBe(clients)
  expect(google.seen('tls.done')).toHaveLength(clients)
  expect(google.seen('tls.failed')).toEqual([])
})

test('500 requests that do not wait for each other’s answers get them in order, on one connection', async () => {
  const asked = Array.from({ length: 500 }, (_, at) => (at % 3 === 0 ? '/oauth2/v3/certs' : '/nothing'))
  const requests = asked.map((path) => `GET ${path} HTTP/1.1\r\nHost: www.googleapis.com\r\n\r\n`)
  const last = 'GET /oauth2/v3/certs HTTP/1.1\r\nHost: www.googleapis.com\r\nConnection: close\r\n\r\n'
  const { statuses } = await sendRaw(door.port, pki.ca, requests.join('') + last)
  expect(statuses).toEqual([...asked.map((path) => (path === '/nothing' ? 404 : 200)), 200])
})
