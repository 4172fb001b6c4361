import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { RedirectionEndpoint } from '../model/subject.ts'
import { openRedirectionEndpoint } from './redirection-endpoint.ts'

const open: RedirectionEndpoint[] = []
const endpoint = async (): Promise<RedirectionEndpoint> => {
  const opened = await openRedirectionEndpoint()
  open.push(opened)
  return opened
}
afterEach(() => Promise.all(open.splice(0).map((opened) => opened.close())))

const next = async (opened: RedirectionEndpoint) => {
  for await (const request of opened.requests) return request
  throw new Error('the endpoint was closed')
}

/** Watched from the start: a rejection that is looked at later counts as unhandled on some runtimes. */
const failure = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => undefined,
    (error: unknown) => error,
  )

/** Sends octets as they are and returns all that comes back. */
const exchange = (redirectUri: string, text: string): Promise<string> =>
  new Promise((resolve) => {
    let received = ''
    const socket = connect(Number(new URL(redirectUri).port), '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => (received += chunk.toString()))
    socket.on('error', () => {})
    socket.on('close', () => resolve(received))
  })

test('the redirect URI is a loopback address with a port of the system’s choice', async () => {
  const [one, other] = [await endpoint(), await endpoint()]
  expect(one.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  expect(other.redirectUri).not.toBe(one.redirectUri)
})

test('a browser’s request is handed over and waits for its answer', async () => {
  const opened = await endpoint()
  const page = fetch(`${opened.redirectUri}?code=4%2F0abc&state=xyz`)
  const request = await next(opened)
  expect([request.method, request.url.searchParams.get('code')]).toEqual(['GET', '4/0abc'])
  await request.answer(200, '<p>Signed in ✓</p>')
  const response = await page
  expect(await response.text()).toBe('<p>Signed in ✓</p>')
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
})

test('requests come in the order of their arrival, and a second answer to one changes nothing', async () => {
  const opened = await endpoint()
  const first = fetch(`${opened.redirectUri}favicon.ico`)
  const icon = await next(opened)
  const second = fetch(`${opened.redirectUri}?state=xyz`, { method: 'POST', body: 'a=b' })
  const callback = await next(opened)
  await Promise.all([icon.answer(404, ''), callback.answer(200, 'done')])
  await callback.answer(500, 'again')
  expect([icon.url.pathname, callback.method]).toEqual(['/favicon.ico', 'POST'])
  expect([(await first).status, await (await second).text()]).toEqual([404, 'done'])
})

test('a body without measure is refused and handed to nobody', async () => {
  const opened = await endpoint()
  const response = await fetch(opened.redirectUri, { method: 'POST', body: 'x'.repeat(70_000) })
  expect(response.status).toBe(413)
  const page = failure(fetch(`${opened.redirectUri}?code=1`))
  expect((await next(opened)).url.search).toBe('?code=1')
  await opened.close()
  expect(await page).toBeInstanceOf(TypeError)
})

test('header fields without measure are refused', async () => {
  const opened = await endpoint()
  const answer = await exchange(
    opened.redirectUri,
    `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`,
  )
  expect(answer).not.toMatch(/^HTTP\/1\.1 200/)
  expect(await Promise.race([next(opened), 'nothing'])).toBe('nothing')
})

test('what is no URL is a bad request', async () => {
  const opened = await endpoint()
  expect(await exchange(opened.redirectUri, 'GET http://[ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
    / 400 /,
  )
})

test('close ends the iteration and drops a browser that still waits', async () => {
  const opened = await endpoint()
  const page = failure(fetch(opened.redirectUri))
  const request = await next(opened)
  await opened.close()
  expect(await page).toBeInstanceOf(TypeError)
  await request.answer(200, 'too late')
  await expect(next(opened)).rejects.toThrow('the endpoint was closed')
  await expect(fetch(opened.redirectUri)).rejects.toThrow()
})
