import { afterEach, expect, test } from 'vitest'
import { openGoogle } from '../../mocks/google/google.fixture.ts'
import { type FetchNetwork, fetchNetwork } from './fetch-network.ts'

let network: FetchNetwork | undefined
afterEach(() => network?.disable())

test('every global fetch goes through the relay, bodies and headers whole', async () => {
  const seen: string[] = []
  network = fetchNetwork(async (request) => {
    seen.push(`${request.method} ${request.url} ${request.headers.get('x-a')} ${await request.text()}`)
    return new Response('answer', { status: 201, headers: { 'x-b': '2' } })
  })
  await network.enable()
  const response = await fetch('https://any.example/path?q=1', {
    method: 'POST',
    body: 'body',
    headers: { 'x-a': '1' },
  })
  expect([response.status, response.headers.get('x-b'), await response.text()]).toEqual([201, '2', 'answer'])
  expect(seen).toEqual(['POST https://any.example/path?q=1 1 body'])
})

test('a host that is not mocked rejects the fetch', async () => {
  const google = openGoogle()
  network = fetchNetwork((request) => google.respond(request, 'subject'))
  await network.enable()
  await expect(fetch('https://evil.example/')).rejects.toThrow(TypeError)
  const document = await (await fetch('https://accounts.google.com/.well-known/openid-configuration')).json()
  expect(document).toMatchObject({ issuer: 'https://accounts.google.com' })
})

test('a relay that fails rejects the fetch, and nothing goes on to a network', async () => {
  network = fetchNetwork(() => Promise.reject(new Error('the world has ended')))
  await network.enable()
  await expect(fetch('https://any.example/')).rejects.toThrow(TypeError)
})

test('once disabled, the global fetch is as before', async () => {
  const before = globalThis.fetch
  network = fetchNetwork(async () => new Response())
  await network.enable()
  await network.disable()
  network = undefined
  expect(globalThis.fetch).toBe(before)
})
