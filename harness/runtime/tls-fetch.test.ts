import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { authority, certificate, privateKey } from './tls-fetch.fixture.ts'
import { type TlsFetch, tlsFetch } from './tls-fetch.ts'

const host = 'oauth2.googleapis.com'
const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse, body: string) => void

async function serve(answer: Answer): Promise<{ port: number; fetch: TlsFetch['fetch']; client: TlsFetch }> {
  const server = createServer({ key: privateKey, cert: certificate }, async (incoming, outgoing) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk as Uint8Array)
    answer(incoming, outgoing, Buffer.concat(chunks).toString())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const client = tlsFetch({ hosts: { [host]: port, 'www.googleapis.com': port }, ca: authority })
  closing.push(() => {
    client.close()
    server.closeAllConnections()
    server.close()
  })
  return { port, fetch: client.fetch, client }
}

const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) })

test('a request reaches the loopback port with the host’s own name in SNI and in the host field', async () => {
  const { fetch } = await serve((incoming, outgoing, body) => {
    const { servername } = incoming.socket as TLSSocket & { servername: string }
    const { host: named, 'content-type': type, 'content-length': length } = incoming.headers
    outgoing.writeHead(201, 'Made', { 'set-cookie': ['a=1', 'b=2'], 'content-type': 'application/json' })
    outgoing.end(JSON.stringify({ servername, named, type, length, url: incoming.url, method: incoming.method, body }))
  })
  const response = await fetch(`https://${host}/token?x=%2F`, form({ code: '4/0 a' }))
  expect([response.status, response.statusText, response.headers.getSetCookie()]).toEqual([201, 'Made', ['a=1', 'b=2']])
  expect(await response.json()).toEqual({
    servername: host,
    named: host,
    type: 'application/x-www-form-urlencoded;charset=UTF-8',
    length: '12',
    url: '/token?x=%2F',
    method: 'POST',
    body: 'code=4%2F0+a',
  })
})

test('a Request object is as good as an address', async () => {
  const { fetch } = await serve((incoming, outgoing, body) => outgoing.end(`${incoming.headers['x-a']} ${body}`))
  const request = new Request(new URL(`https://${host}/`), { method: 'PUT', body: 'text', headers: { 'X-A': '1' } })
  expect(await (await fetch(request)).text()).toBe('1 text')
})

test('a status without a body has none', async () => {
  const { fetch } = await serve((_, outgoing) => outgoing.writeHead(204).end())
  const response = await fetch(`https://${host}/`)
  expect([response.status, response.body]).toEqual([204, null])
})

test.each(['https://example.com/', `http://${host}/`, `https://${host}:8443/`, 'https://toString/'])(
  '%s is refused by name and sent nowhere',
  async (url) => {
    const { fetch } = await serve((_, outgoing) => outgoing.end())
    await expect(fetch(url)).rejects.toThrow(`${new URL(url).origin} is none of the hosts of this world`)
    await expect(fetch(url)).rejects.toBeInstanceOf(TypeError)
  },
)

test('a certificate that does not name the host ends the request before it is sent', async () => {
  const { fetch } = await serve((_, outgoing) => outgoing.end('reached'))
  await expect(fetch('https://www.googleapis.com/')).rejects.toBeInstanceOf(TypeError)
})

test('an authority that is not trusted ends the request before it is sent', async () => {
  const { port } = await serve((_, outgoing) => outgoing.end('reached'))
  const { fetch } = tlsFetch({ hosts: { [host]: port }, ca: certificate })
  await expect(fetch(`https://${host}/`)).rejects.toBeInstanceOf(TypeError)
})

const redirecting: Answer = (incoming, outgoing, body) => {
  if (incoming.url === '/end') return void outgoing.end(`${incoming.method} ${body}`)
  outgoing.writeHead(Number(incoming.url?.slice(1)), { location: '/end' }).end()
}

test('a redirect is an answer like any other, unless the caller asks to follow it', async () => {
  const { fetch } = await serve(redirecting)
  const post = form({ a: 'b' })
  expect((await fetch(`https://${host}/302`, { ...post, redirect: 'manual' })).status).toBe(302)
  expect((await fetch(`https://${host}/302`, post)).status).toBe(302)
  await expect(fetch(`https://${host}/302`, { ...post, redirect: 'error' })).rejects.toThrow('redirect')
  expect(await (await fetch(`https://${host}/302`, { ...post, redirect: 'follow' })).text()).toBe('GET ')
  expect(await (await fetch(`https://${host}/307`, { ...post, redirect: 'follow' })).text()).toBe('POST a=b')
})

test('a redirect to a foreign host is refused like a request to it, and told', async () => {
  const { port } = await serve((_, outgoing) => outgoing.writeHead(307, { location: 'https://example.com/a' }).end())
  const told: string[] = []
  const { fetch } = tlsFetch({
    hosts: { [host]: port },
    ca: authority,
    elsewhere: async (request) => told.push(`${request.method} ${request.url} ${await request.text()}`),
  })
  await expect(fetch(`https://${host}/`, { ...form({ a: 'b' }), redirect: 'follow' })).rejects.toThrow('example.com')
  expect(told).toEqual(['POST https://example.com/a a=b'])
})

test('an abort before the answer rejects with its own reason', async () => {
  const controller = new AbortController()
  const { fetch } = await serve(() => controller.abort(new Error('enough')))
  await expect(fetch(`https://${host}/`, { signal: controller.signal })).rejects.toThrow('enough')
  await expect(fetch(`https://${host}/`, { signal: controller.signal })).rejects.toThrow('enough')
})

test('an abort inside the body breaks the body', async () => {
  const { fetch } = await serve(
    (_, outgoing) => void outgoing.writeHead(200, { 'content-length': '100' }).write('ten bytes.'),
  )
  const controller = new AbortController()
  const response = await fetch(`https://${host}/`, { signal: controller.signal })
  controller.abort(new Error('enough'))
  await expect(response.text()).rejects.toThrow('enough')
})

test('a body that ends early is an error, with and without a length', async () => {
  const { fetch } = await serve((incoming, outgoing) => {
    outgoing.writeHead(200, incoming.url === '/length' ? { 'content-length': '100' } : {})
    outgoing.write('{"access_token":"ya29.', () => outgoing.destroy())
  })
  for (const path of ['/length', '/chunked'])
    await expect(fetch(`https://${host}${path}`).then((response) => response.text())).rejects.toBeInstanceOf(TypeError)
})

test('a connection that is dropped without an answer rejects', async () => {
  const { fetch } = await serve((incoming) => void incoming.socket.destroy())
  await expect(fetch(`https://${host}/`)).rejects.toBeInstanceOf(TypeError)
})

test('close ends what is under way and refuses what comes after', async () => {
  const { fetch, client } = await serve(() => client.close())
  await expect(fetch(`https://${host}/`)).rejects.toThrow('this world has ended')
  await expect(fetch(`https://${host}/`)).rejects.toThrow('this world has ended')
})
