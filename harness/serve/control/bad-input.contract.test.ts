import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Client, type Told, account, authorize, openClient } from './client.fixture.ts'

let client: Client
beforeAll(async () => {
  client = await openClient()
})
afterAll(() => client[Symbol.asyncDispose]())
beforeEach(() => client.served.reset())

const detail = async (told: Promise<Told>): Promise<readonly unknown[]> => {
  const { status, headers, body } = await told
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect([body['type'], body['status'], typeof body['title']]).toEqual(['about:blank', status, 'string'])
  return [status, body['detail']]
}

describe('a wrong request is told what is wrong where', () => {
  const fault = (changes: object) => ({ google: { name: 'x', endpoint: 'jwks', occurrence: 1, ...changes } })
  const imap = (changes: object) => ({
    gmail: { name: 'x', at: 'greeting', occurrence: 1, effect: { kind: 'recite' }, ...changes },
  })
  const bad: readonly (readonly [path: string, body: unknown, status: number, detail: string])[] = [
    ['/clock', '', 422, 'advance is missing.'],
    ['/clock', '{', 400, 'The content is not JSON'],
    ['/clock', '[]', 422, 'expected an object, saw a list.'],
    ['/reset', '[]', 422, 'expected an object, saw a list.'],
    ['/clock', 'null', 422, 'expected Object, saw null.'],
    ['/clock', { advance: '5' }, 422, 'advance: expected number, saw another text.'],
    ['/clock', { advance: -1 }, 422, 'advance: expected 0 or more: time does not go back.'],
    ['/clock', { advance: 1e12 }, 422, 'advance: expected at most 315360000, ten years.'],
    ['/clock', { advence: 5 }, 422, 'advance is missing; there is no such member; did you mean advance?'],
    [
      '/expire',
      { account, what: 'token' },
      422,
      'what: expected ("access-tokens" | "refresh-tokens" | "consents" | "sessions"), saw another text.',
    ],
    [
      '/expire',
      { account: 'alice@example.org', what: 'sessions' },
      422,
      'This world has no such account. Did you mean alice@example.com?',
    ],
    ['/revoke', { account: 7 }, 422, 'account: expected string, saw a number.'],
    ['/revoke', {}, 422, 'account is missing.'],
    [
      '/consent',
      { url: 'https://evil.example/', account, decision: 'grant' },
      422,
      'The URL is no address of Google’s. Such as https://accounts.google.com/o/oauth2/v2/auth?…',
    ],
    [
      '/consent',
      { url: authorize, account, decision: 'maybe' },
      422,
      'decision: expected ("grant" | "deny"), saw another text.',
    ],
    [
      '/consent',
      { url: authorize, account, decision: 'grant', scopes: ['openid', 'https://mail.google.com'] },
      422,
      'The URL asks for no such scope. Did you mean https://mail.google.com/?',
    ],
    ['/deliver', { account }, 422, 'one of message, base64 and fixture is expected.'],
    ['/deliver', { account, message: 'a', fixture: 'b' }, 422, 'one of message, base64 and fixture is expected.'],
    [
      '/deliver',
      { account, base64: 'a' },
      422,
      'base64: its length is none of base64. Send it whole, padding included.',
    ],
    ['/deliver', { account, base64: '*' }, 422, 'base64: expected base64 (RFC 4648 §4).'],
    ['/deliver', { account, fixture: 'bear.eml' }, 422, 'There is no such message. Did you mean bare.eml?'],
    [
      '/deliver',
      { account, message: 'a', labels: ['a\nb'] },
      422,
      'labels.0: expected a label of 1 to 225 characters.',
    ],
    ['/fault', {}, 422, 'a fault of google or gmail is expected.'],
    ['/fault', fault({ endpoint: 'token' }), 422, 'google.endpoint: expected ('],
    ['/fault', fault({ occurrence: 0 }), 422, 'google.occurrence: '],
    ['/fault', fault({ status: 600 }), 422, 'google.status: expected 200 to 599.'],
    ['/fault', fault({ stats: 503 }), 422, 'google: there is no such member; did you mean status?'],
    [
      '/fault',
      fault({ transport: { kind: 'melt' } }),
      422,
      'google.transport.kind: expected ("drip" | "truncation" | "reset" | "huge-body"), saw another text.',
    ],
    [
      '/fault',
      fault({ endpoint: 'authorization-endpoint', transport: { kind: 'reset' } }),
      422,
      'google: the browser reaches the authorization-endpoint without a transport; name another endpoint.',
    ],
    ['/fault', fault({ headers: { 'a b': 'c' } }), 422, 'google.headers.…: expected the name of a header field.'],
    [
      '/fault',
      imap({ at: 'tea' }),
      422,
      'gmail.at: expected a point such as greeting, challenge, command SELECT, answer UID FETCH or after *.',
    ],
    [
      '/fault',
      imap({ at: 'literal' }),
      422,
      'gmail: at literal and continuation nothing can happen but end, silence, wait, trickle.',
    ],
    ['/fault', imap({ effect: { kind: 'trickle', octets: 0 } }), 422, 'gmail.effect.octets: expected 1 or more.'],
    ['/reset', { now: true }, 422, 'nothing is expected here.'],
    ['/clock?a=b', { advance: 1 }, 400, 'Here POST takes no query.'],
  ]
  test.each(bad)('POST %s %j', async (path, body, status, words) => {
    const [told, said] = await detail(client.ask('POST', path, body))
    expect([told, String(said).slice(0, words.length)]).toEqual([status, words])
  })

  test('with a pointer to each place', async () => {
    const { body } = await client.post('/fault', {
      google: { name: '', endpoint: 'jwks', occurrence: 1, retryAfter: { form: 'x' } },
    })
    expect(body['errors']).toEqual([
      { pointer: '#/google/name', detail: 'google.name: expected a name for the journal' },
      { pointer: '#/google/retryAfter/seconds', detail: 'google.retryAfter.seconds is missing' },
      {
        pointer: '#/google/retryAfter/form',
        detail: 'google.retryAfter.form: expected ("delay-seconds" | "HTTP-date"), saw another text',
      },
    ])
  })

  test.each([
    ['another type', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('415 for %s', async (_, headers) => {
    const told = client.ask('POST', '/clock', '{"advance":1}', headers)
    expect(await detail(told)).toEqual([415, 'The content has to be application/json, and to say so.'])
    expect((await told).headers.get('accept')).toBe('application/json')
  })

  test('but parameters of the type are fine', async () => {
    const told = await client.ask('POST', '/clock', '{"advance":1}', {
      'content-type': 'Application/JSON; charset=utf-8',
    })
    expect(told.status).toBe(200)
  })

  test.each([
    ['/clocks', 'There is no such route. Did you mean /clock?'],
    ['/', 'There is no such route. Did you mean /clock?'],
    ['/Journal', 'There is no such route. Did you mean /journal?'],
  ])('404 for %s', async (path, words) => {
    expect(await detail(client.ask('GET', path))).toEqual([404, words])
  })

  test.each([
    ['PUT', '/clock', 'GET, HEAD, POST'],
    ['GET', '/consent', 'POST'],
    ['GET', '/fault', 'POST, DELETE'],
    ['OPTIONS', '/journal', 'GET, HEAD'],
  ])('405 for %s %s', async (method, path, allow) => {
    const told = client.ask(method, path)
    expect(await detail(told)).toEqual([405, `This route takes ${allow}.`])
    expect((await told).headers.get('allow')).toBe(allow)
  })

  test.each([
    ['/journal?after=-1', 422, 'after: expected a number of lines.'],
    ['/journal?after=1&after=2', 422, 'after: expected string, saw a list.'],
    ['/journal?before=1', 422, 'there is no such member; did you mean after?'],
    ['/journal?after=7', 422, 'after: the journal has 0 lines. A reset begins it anew; read it from its beginning.'],
    ['/clock?now=1', 422, 'nothing is expected here.'],
  ])('GET %s', async (path, status, words) => {
    expect(await detail(client.ask('GET', path))).toEqual([status, words])
  })
})
