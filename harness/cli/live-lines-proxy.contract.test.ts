import { Buffer } from 'node:buffer'
import { type Socket, connect } from 'node:net'
import { expect, test } from 'vitest'
import { farClear, farTls, issuerPage, linesTo, pki, troubleIn } from './live-lines.fixture.ts'

const user = 'alice@example.com'
const password = ['pass', 'word', '%'].join(':')
const basic = Buffer.from(`${user}:${password}`).toString('base64')

/** A proxy that answers each CONNECT in its own way; what it was asked stands in `heads`. */
async function proxyThat(answer: (socket: Socket, head: string) => void) {
  const heads: string[] = []
  const far = await farClear((socket) => {
    let head = ''
    const take = (octets: Uint8Array): void => {
      head += Buffer.from(octets).toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      socket.off('data', take)
      heads.push(head)
      answer(socket, head)
    }
    socket.on('data', take)
  })
  const url = `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${far.port}`
  return { ...far, heads, url, [Symbol.asyncDispose]: () => far[Symbol.asyncDispose]() }
}

const leadTo = (port: number) => (socket: Socket) => {
  const upstream = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\nVia: 1.1 here\r\n\r\n')
    socket.pipe(upstream).pipe(socket)
  })
  upstream.on('error', () => socket.destroy())
  socket.on('close', () => upstream.destroy())
}

const greets = (socket: Socket) => void socket.write('* OK ready\r\n')

test('a proxy that wants credentials leads to the mail server', async () => {
  await using far = await farTls(greets)
  await using proxy = await proxyThat((socket, head) =>
    head.includes(`Proxy-Authorization: Basic ${basic}\r\n`)
      ? leadTo(far.port)(socket)
      : void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
  )
  await using lines = await linesTo({ port: 1 }, {}, { imapProxy: proxy.url })
  const line = await lines.imap()
  expect(await line.read()).toBe('* OK ready')
  expect(proxy.heads).toEqual([expect.stringMatching(/^CONNECT imap\.gmail\.com:993 HTTP\/1\.1\r\nHost: imap\.gmail/)])
  expect(lines.spent()).toMatchObject({ connections: 1 })
})

test('a certificate that is not believed is told behind a proxy too, and what speaks no TLS there by its own words', async () => {
  const certificate = await (await pki()).flawed('self-signed', 'imap.gmail.com')
  await using far = await farTls(greets, { certificate })
  await using clear = await farClear(greets)
  await using inspecting = await proxyThat(leadTo(far.port))
  await using open = await proxyThat(leadTo(clear.port))
  await using distrusted = await linesTo({ port: 1 }, {}, { imapProxy: inspecting.url })
  await using unheard = await linesTo({ port: 1 }, {}, { imapProxy: open.url })
  expect(await troubleIn(distrusted.imap())).toMatchObject({ cause: 'tls-intercepted' })
  expect(await troubleIn(unheard.imap())).toMatchObject({
    cause: 'tls-refused',
    said: expect.stringContaining('it speaks in the clear: “* OK ready”'),
  })
})

test('HTTP and IMAP have proxies of their own', async () => {
  await using far = await farTls(greets)
  await using proxy = await proxyThat((socket) => void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'))
  await using lines = await linesTo(far, {}, { proxy: proxy.url })
  expect(await (await lines.imap()).read()).toBe('* OK ready')
  expect(await troubleIn(lines.fetch(issuerPage))).toMatchObject({ cause: 'proxy-refused' })
})

test('octets that follow the answer at once belong to the tunnel', async () => {
  await using proxy = await proxyThat((socket) => void socket.write('HTTP/1.1 200 OK\r\n\r\n* OK in the clear\r\n'))
  await using lines = await linesTo({ port: 1 }, {}, { imapProxy: proxy.url })
  const { socket, release } = await lines.socket()
  const [octets] = await new Promise<[Buffer]>((resolve) => socket.once('data', (chunk) => resolve([chunk])).resume())
  expect(octets.toString()).toBe('* OK in the clear\r\n')
  release()
})

test('a proxy that is itself spoken to inside TLS', async () => {
  await using far = await farTls(greets)
  const heads: string[] = []
  await using proxy = await farTls((socket) => {
    socket.once('data', (head: Buffer) => {
      heads.push(head.toString())
      leadTo(far.port)(socket)
    })
  })
  await using lines = await linesTo({ port: 1 }, {}, { imapProxy: `https://127.0.0.1:${proxy.port}` })
  expect(await (await lines.imap()).read()).toBe('* OK ready')
  expect(heads).toEqual([expect.stringMatching(/^CONNECT imap\.gmail\.com:993 /)])
})

const refusals: readonly (readonly [answer: string, said: string])[] = [
  [
    'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n',
    '“HTTP/1.1 407 Proxy Authentication Required”',
  ],
  ['HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno!', '“HTTP/1.1 403 Forbidden”'],
  ['HTTP/1.0 502 Bad Gateway\r\n\r\n', '“HTTP/1.0 502 Bad Gateway”'],
  ['HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n\r\n', '“HTTP/1.1 302 Found”'],
  ['SSH-2.0-OpenSSH_9.6\r\n', 'no answer of HTTP: “SSH-2.0-OpenSSH_9.6”'],
  ['HTTP/1.1 2000 OK\r\n\r\n', 'no answer of HTTP: “HTTP/1.1 2000 OK”'],
  [`HTTP/1.1 407 ${'x'.repeat(20_000)}`, `“HTTP/1.1 407 ${'x'.repeat(107)}”`],
  [`HTTP/1.1 403 ${basic} ${password}\r\n\r\n`, '“HTTP/1.1 403 … …”'],
]

test.for(refusals)('a proxy whose answer is refused as $1', async ([answer, said]) => {
  await using proxy = await proxyThat((socket) => void socket.write(answer))
  await using lines = await linesTo({ port: 1 }, {}, { imapProxy: proxy.url })
  expect(await troubleIn(lines.imap())).toEqual({
    cause: 'proxy-refused',
    said: `imap.gmail.com:993 through the proxy 127.0.0.1:${proxy.port}: ${said}`,
  })
})

test('a proxy that says nothing', async () => {
  await using proxy = await proxyThat(() => {})
  await using lines = await linesTo({ port: 1 }, { patience: 150 }, { imapProxy: proxy.url })
  expect(await troubleIn(lines.imap())).toMatchObject({
    cause: 'timed-out',
    said: expect.stringContaining('no answer of the proxy within 0.15 s'),
  })
})

test('a proxy that ends the connection', async () => {
  await using proxy = await proxyThat((socket) => void socket.end())
  await using lines = await linesTo({ port: 1 }, {}, { imapProxy: proxy.url })
  expect(await troubleIn(lines.imap())).toMatchObject({
    cause: 'cut-off',
    said: expect.stringContaining('the proxy ended the connection without an answer'),
  })
})

test('a proxy that nobody listens at', async () => {
  const proxy = await proxyThat(() => {})
  await proxy[Symbol.asyncDispose]()
  await using lines = await linesTo({ port: 1 }, {}, { proxy: proxy.url })
  expect(await troubleIn(lines.fetch(issuerPage))).toMatchObject({
    cause: 'unreachable',
    said: expect.stringMatching(/^accounts\.google\.com:443 through the proxy 127\.0\.0\.1:\d+: .*ECONNREFUSED/),
  })
})

test('this machine itself is asked without a proxy', async () => {
  await using proxy = await proxyThat(() => {})
  await using far = await farClear((socket) => void socket.once('data', () => socket.end('HTTP/1.1 204 No\r\n\r\n')))
  await using lines = await linesTo(far, {}, { proxy: proxy.url, issuer: `http://127.0.0.1:${far.port}` })
  const response = await lines.fetch(`http://127.0.0.1:${far.port}/`)
  expect(response.status).toBe(204)
  expect(proxy.came()).toBe(0)
})
