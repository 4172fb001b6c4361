import type { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { farTls, issuerPage, linesTo, troubleIn } from './live-lines.fixture.ts'

/** Answers the first request with octets of its own; what was asked stands in `heads`. */
async function farThat(answer: (socket: Socket, below: Socket) => void) {
  const heads: string[] = []
  const far = await farTls((socket, below) => {
    let head = ''
    socket.on('data', (octets: Buffer) => {
      head += octets.toString('latin1')
      const [fields = '', body] = head.split('\r\n\r\n')
      if (body === undefined || body.length < Number(/content-length: (\d+)/i.exec(fields)?.[1] ?? 0)) return
      heads.push(head)
      head = ''
      answer(socket, below)
    })
  })
  return { ...far, heads, [Symbol.asyncDispose]: () => far[Symbol.asyncDispose]() }
}

const says = (text: string) => (socket: Socket) => void socket.write(text)
/** As fast as the other side takes it. */
const endlessly = (socket: Socket, text: string): void => {
  const more = (): void => void (socket.destroyed || socket.write(text, () => setImmediate(more)))
  more()
}
const saysAndEnds = (text: string) => (socket: Socket) => void socket.end(text)

test('a request as openid-client sends it', async () => {
  await using far = await farThat(
    says('HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 07:00:00 GMT\r\nContent-Length: 2\r\n\r\n{}'),
  )
  await using lines = await linesTo(far)
  const headers = new Headers({
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
  })
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'a b' })
  const { signal } = new AbortController()
  const response = await lines.fetch(new URL(`${issuerPage}?a=1#fragment`), {
    ...{ method: 'POST', redirect: 'manual', headers, body, signal },
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('date')).toBe('Mon, 23 Nov 2026 07:00:00 GMT')
  expect(await response.json()).toEqual({})
  const [head = ''] = far.heads
  const [line, ...fields] = head.split('\r\n')
  expect(line).toBe('POST /page?a=1 HTTP/1.1')
  expect(fields.map((field) => field.toLowerCase()).toSorted()).toEqual([
    '',
    'accept-encoding: identity',
    'accept: application/json',
    'connection: close',
    'content-length: 42',
    'content-type: application/x-www-form-urlencoded;charset=utf-8',
    'grant_type=refresh_token&refresh_token=a+b',
    'host: accounts.google.com',
  ])
})

test('what body it has decides on its type', async () => {
  await using far = await farThat(says('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
  await using lines = await linesTo(far)
  await lines.fetch(issuerPage, { method: 'POST', body: new URLSearchParams({ a: 'ä' }) })
  await lines.fetch(issuerPage, { method: 'POST', body: 'ä' })
  await lines.fetch(issuerPage, { method: 'POST' })
  await lines.fetch(issuerPage)
  const seen = far.heads.map(
    (head) =>
      head
        .toLowerCase()
        .match(/content-(?:type|length): .+/g)
        ?.toSorted() ?? [],
  )
  expect(seen).toEqual([
    ['content-length: 8', 'content-type: application/x-www-form-urlencoded;charset=utf-8'],
    ['content-length: 2', 'content-type: text/plain;charset=utf-8'],
    ['content-length: 0'],
    [],
  ])
})

test.for([
  ['with its length', says('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello')],
  ['in chunks', says('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n')],
  ['up to the end of the connection', saysAndEnds('HTTP/1.1 200 OK\r\n\r\nhello')],
  [
    'after an interim answer',
    says('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'),
  ],
] as const)('a body %s', async ([, answer]) => {
  await using far = await farThat(answer)
  await using lines = await linesTo(far)
  const response = await lines.fetch(issuerPage)
  expect(await response.text()).toBe('hello')
})

test.for([
  [204, 'HTTP/1.1 204 No Content\r\n\r\n'],
  [304, 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
  [205, 'HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n'],
  [302, 'HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n'],
  [503, 'HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n'],
] as const)('status %i is given back as it is', async ([status, answer]) => {
  await using far = await farThat(says(answer))
  await using lines = await linesTo(far)
  const response = await lines.fetch(issuerPage)
  expect(response.status).toBe(status)
  expect(await response.text()).toBe('')
  expect(far.came()).toBe(1)
})

const troubles: readonly (readonly [string, (socket: Socket, below: Socket) => void, cause: string])[] = [
  ['a body that ends early', saysAndEnds('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello'), 'cut-off'],
  ['chunks that end early', saysAndEnds('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe'), 'cut-off'],
  ['a head that ends early', saysAndEnds('HTTP/1.1 200 OK\r\nContent-'), 'cut-off'],
  ['no answer at all', (socket) => void socket.end(), 'cut-off'],
  [
    'a reset in the middle',
    (socket, below) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello', () => below.resetAndDestroy())
    },
    'cut-off',
  ],
  ['a line that is none of HTTP', says('220 mail.example ESMTP\r\n\r\n'), 'not-understood'],
  ['a status that no answer has', says('HTTP/1.1 999 Hm\r\nContent-Length: 0\r\n\r\n'), 'not-understood'],
  [
    'another protocol',
    says('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
    'not-understood',
  ],
  ['a body that is too long', says(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1_048_577)}`), 'too-much'],
  ['a body that says it is too long', says('HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n'), 'too-much'],
  [
    'a body without an end',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      endlessly(socket, 'x'.repeat(16_384))
    },
    'too-much',
  ],
  [
    'fields without an end',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      endlessly(socket, `X: ${'x'.repeat(8000)}\r\n`)
    },
    'too-much',
  ],
]

test.for(troubles)('%s', async ([, answer, cause]) => {
  await using far = await farThat(answer)
  await using lines = await linesTo(far)
  const trouble = await troubleIn(lines.fetch(issuerPage))
  expect(trouble).toEqual({ cause, said: expect.stringMatching(/^accounts\.google\.com:443: \S/) })
})

test.for([
  ['a silent server', () => {}],
  ['half an answer', says('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello')],
] as const)('%s is waited for no longer than allowed', async ([, answer]) => {
  await using far = await farThat(answer)
  await using lines = await linesTo(far, { patience: 200 })
  expect(await troubleIn(lines.fetch(issuerPage))).toEqual({
    cause: 'timed-out',
    said: 'accounts.google.com:443: no whole answer within 0.2 s',
  })
})

test('what its caller gives up', async () => {
  const asked = Promise.withResolvers<void>()
  await using far = await farThat(() => asked.resolve())
  await using lines = await linesTo(far, { mostConnections: 1 })
  const caller = new AbortController()
  const pending = troubleIn(lines.fetch(issuerPage, { signal: caller.signal }))
  await asked.promise
  caller.abort()
  expect(await pending).toMatchObject({ cause: 'interrupted' })
  // Its connection too: there is but one place.
  await far.gone()
  expect(await troubleIn(lines.fetch(issuerPage, { signal: AbortSignal.timeout(50) }))).toMatchObject({
    cause: 'timed-out',
  })
  expect(await troubleIn(lines.fetch(issuerPage, { signal: AbortSignal.abort() }))).toMatchObject({
    cause: 'interrupted',
  })
})

test.for([
  'http://accounts.google.com/',
  'http://127.0.0.1.example/',
  // Whoever is asked in the clear on this machine was named by a server elsewhere.
  'http://127.0.0.1:9/',
  'ftp://127.0.0.1/',
  'file:///etc/hosts',
  '//x',
  '',
])('not asked: %j', async (url) => {
  await using far = await farThat(() => {})
  await using lines = await linesTo(far)
  expect(await troubleIn(lines.fetch(url))).toMatchObject({ cause: 'not-understood' })
  expect(lines.spent().connections).toBe(0)
})
