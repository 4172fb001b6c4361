import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { loopbackCallback } from './loopback-callback.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

const listen = async (handler: Parameters<typeof createServer>[1]): Promise<number> => {
  server = createServer(handler)
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

test('the redirection endpoint sees the path and query as they are', async () => {
  const seen: (string | undefined)[] = []
  const port = await listen((request, response) => {
    seen.push(request.url)
    response.statusCode = 404
    response.end('no')
  })
  expect(await loopbackCallback(new URL(`http://127.0.0.1:${port}/cb?code=4%2F0A&scope=a+b`))).toEqual({ status: 404 })
  expect(seen).toEqual(['/cb?code=4%2F0A&scope=a+b'])
})

test('nobody there rejects', async () => {
  const port = await listen(() => undefined)
  await new Promise((resolve) => server!.close(resolve))
  await expect(loopbackCallback(new URL(`http://127.0.0.1:${port}/`))).rejects.toThrow()
})

test('an answer that never comes is given up', async () => {
  const port = await listen(() => undefined)
  await expect(loopbackCallback(new URL(`http://127.0.0.1:${port}/`), 50)).rejects.toThrow('no answer in time')
})

test('an answer without end is given up', async () => {
  const port = await listen((_, response) => {
    const more = (): void => {
      if (!response.destroyed) response.write('a'.repeat(65_536), more)
    }
    more()
  })
  await expect(loopbackCallback(new URL(`http://127.0.0.1:${port}/`))).rejects.toThrow()
})

test.each(['http://10.0.0.1/', 'https://127.0.0.1/', 'http://example.com/'])(
  '%s is no redirection endpoint',
  async (url) => {
    await expect(loopbackCallback(new URL(url))).rejects.toThrow('loopback')
  },
)
