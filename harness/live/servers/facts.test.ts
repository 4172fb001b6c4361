import { describe, expect, test } from 'vitest'
import { createRandom } from '../../random.ts'
import { factOf, factsOfHeaders, plainFact } from './facts.ts'
import { madeUpAccessToken, madeUpClient, madeUpCode, madeUpRefreshToken } from './made-up.ts'
import { tokenRequest } from './token-request.ts'
import { wellKnownAddresses } from './well-known.ts'

test.each([
  ['a text', 'a text'],
  [true, 'true'],
  [null, 'null'],
  [['b', 'a', 'a'], '["a","a","b"]'],
  [[2, 'a'], '[2,"a"]'],
  [{ b: 1 }, '{"b":1}'],
])('%j is told as %j', (value, fact) => {
  expect(factOf(value)).toBe(fact)
})

test('of header fields only what stays is told', () => {
  const fields = {
    'Content-Type': 'Application/JSON; charset=UTF-8',
    'Cache-Control': 'public, Max-Age=7, no-transform',
  }
  expect(factsOfHeaders(new Headers(fields))).toEqual({
    ...{ 'content-type': 'application/json', 'cache-control': '["max-age","no-transform","public"]' },
  })
  expect(factsOfHeaders(new Headers({ 'cache-control': 'no-transform,public , max-age=9' }))['cache-control']).toBe(
    '["max-age","no-transform","public"]',
  )
  expect(factsOfHeaders(new Headers())).toEqual({})
})

test('a fact holds no secret, no line end and no end of its own', () => {
  const secrets = { mask: (text: string) => text.replaceAll('secret', '‹client-secret-1›') }
  expect(plainFact('a secret\r\n\u001b[31m', secrets)).toBe('a ‹client-secret-1› [31m')
  expect(plainFact('x'.repeat(1_000_000), secrets).length).toBe(4096)
})

test.each([
  ['https://accounts.google.com', '', ''],
  ['https://issuer.example/', '', ''],
  ['https://issuer.example/tenant/1', '/tenant/1', '/tenant/1'],
  ['https://issuer.example/tenant/', '/tenant', '/tenant'],
])('the metadata of %s lie behind and before its path', (issuer, before, behind) => {
  const { origin } = new URL(issuer)
  expect(wellKnownAddresses(issuer)).toEqual({
    openid: `${origin}${before}/.well-known/openid-configuration`,
    oauth: `${origin}/.well-known/oauth-authorization-server${behind}`,
  })
})

describe('what is made up', () => {
  const octets = createRandom(3)
  const random = (length: number) => octets.bytes(length)
  const client = { kind: 'installed', client_secret: 'a-secret', redirect_uris: [] } as const

  test('has the form of Google’s own, and is another each time', () => {
    expect(madeUpCode(random)).toMatch(/^4\/0A[A-Za-z0-9_-]{69}$/)
    expect(madeUpRefreshToken(random)).toMatch(/^1\/\/0[\w-]{99}$/)
    expect(madeUpAccessToken(random)).toMatch(/^ya29\.a0[\w-]{217}$/)
    expect(madeUpCode(random)).not.toBe(madeUpCode(random))
  })

  test.each([
    ['123-abc4.apps.googleusercontent.com', /^123-(?!abc4\.)[a-z0-9]{4}\.apps\.googleusercontent\.com$/],
    ['an app', /^[a-z0-9]{32}$/],
  ])('a client like %s is of the same form, and has another secret', (client_id, form) => {
    const madeUp = madeUpClient({ ...client, client_id }, random)
    expect(madeUp.client_id).toMatch(form)
    expect(madeUp.client_secret).toBe('made-up')
    expect(madeUpClient({ ...client, client_id, client_secret: '' }, random).client_secret).toBe('')
  })
})

describe('a client shows its secret', () => {
  const client = { kind: 'web', client_id: 'an app', client_secret: 's:+%é', redirect_uris: [] } as const
  const formOf = ({ body }: RequestInit) => Object.fromEntries(new URLSearchParams(body as string))

  test('in the form', () => {
    const request = tokenRequest(client, { a: 'b' }, { clientAuthentication: 'client_secret_post' })
    expect(formOf(request)).toEqual({ a: 'b', client_id: 'an app', client_secret: 's:+%é' })
    expect(new Headers(request.headers).has('authorization')).toBe(false)
  })

  test('in the header, form-encoded before', () => {
    const request = tokenRequest(client, { a: 'b' }, { clientAuthentication: 'client_secret_basic' })
    expect(formOf(request)).toEqual({ a: 'b' })
    const [, shown] = new Headers(request.headers).get('authorization')!.split(' ')
    expect(atob(shown!)).toBe('an+app:s%3A%2B%25%C3%A9')
  })

  test('nowhere if it has none', () => {
    const request = tokenRequest({ ...client, client_secret: '' }, {}, { clientAuthentication: 'client_secret_basic' })
    expect(formOf(request)).toEqual({ client_id: 'an app' })
    expect(new Headers(request.headers).has('authorization')).toBe(false)
  })
})
