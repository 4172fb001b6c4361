import { describe, expect, test } from 'vitest'
import { addresses } from './endpoints.ts'
import { openGoogle } from './google.fixture.ts'

const origin = 'https://app.example.test'
const tokenUrl = 'https://oauth2.googleapis.com/token'
const discovery = 'https://accounts.google.com/.well-known/openid-configuration'

const ask = (google: ReturnType<typeof openGoogle>, address: string, init: RequestInit = {}) =>
  google.respond(new Request(address, init), 'subject')

const preflight = {
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  },
}

describe('other origins', () => {
  test('read answers and refusals, without credentials', async () => {
    const google = openGoogle()
    for (const [address, method] of [
      [tokenUrl, 'POST'],
      [discovery, 'GET'],
    ] as const) {
      const { headers } = await ask(google, address, { method, headers: { origin } })
      expect(headers.get('access-control-allow-origin')).toBe(origin)
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
    expect((await ask(google, discovery)).headers.get('access-control-allow-origin')).toBeNull()
  })

  test('are told beforehand what they may send', async () => {
    const response = await ask(openGoogle(), tokenUrl, preflight)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
    })
  })

  test('are shut out where crossOrigin does not name the endpoint', async () => {
    const google = openGoogle({ crossOrigin: ['discovery'] })
    const refused = await ask(google, tokenUrl, { method: 'POST', headers: { origin } })
    expect(refused.headers.get('access-control-allow-origin')).toBeNull()
    expect((await ask(google, tokenUrl, preflight)).status).toBe(404)
    const answer = await ask(google, discovery, { headers: { origin } })
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
  })
})

test('HEAD is a GET without a body', async () => {
  const google = openGoogle()
  for (const address of [discovery, ...addresses.jwks]) {
    const [head, get] = [await ask(google, address, { method: 'HEAD' }), await ask(google, address)]
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers))
  }
})

test('where RFC 9110 is kept, an answer says which methods there are', async () => {
  const google = openGoogle({ wrongMethod: 'method-not-allowed' })
  const allowed = async (address: string, method: string) =>
    (await ask(google, address, { method })).headers.get('allow')
  expect(await allowed(tokenUrl, 'GET')).toBe('POST')
  expect(await allowed(discovery, 'DELETE')).toBe('GET, HEAD')
  expect(await allowed(addresses.tokeninfo[0], 'PUT')).toBe('GET, HEAD, POST')
})

test('every address of every endpoint is answered by that endpoint', async () => {
  const google = openGoogle()
  for (const [endpoint, list] of Object.entries(addresses))
    for (const address of list) {
      await ask(google, address, { method: 'POST' })
      expect(google.seen('http.request').at(-1)!.fields.endpoint).toBe(endpoint)
    }
})
