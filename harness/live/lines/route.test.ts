import { expect, test } from 'vitest'
import { addressOf, authorityOf, isLoopback, readProxy, routeTo } from './route.ts'

test('addresses', () => {
  const told = ['https://accounts.google.com/a', 'http://localhost:8080/', 'https://[::1]/'].map((url) =>
    addressOf(new URL(url)),
  )
  expect(told).toEqual([
    { host: 'accounts.google.com', port: 443 },
    { host: 'localhost', port: 8080 },
    { host: '::1', port: 443 },
  ])
  expect(told.map(authorityOf)).toEqual(['accounts.google.com:443', 'localhost:8080', '[::1]:443'])
})

test('this machine itself', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost', 'LOCALHOST', 'a.localhost'])
    expect([host, isLoopback(host)]).toEqual([host, true])
  for (const host of ['127.0.0.1.example', '127.example', 'localhost.example', 'notlocalhost', '::2', '10.0.0.1'])
    expect([host, isLoopback(host)]).toEqual([host, false])
})

test('proxies', () => {
  expect(readProxy(undefined)).toBeUndefined()
  expect(readProxy('http://proxy.example:3128')).toEqual({ host: 'proxy.example', port: 3128, secure: false })
  expect(readProxy('http://proxy.example')).toMatchObject({ port: 80 })
  expect(readProxy('https://[2001:db8::1]/')).toEqual({ host: '2001:db8::1', port: 443, secure: true })
  const secret = ['p:w', '@ä'].join('')
  const credentials = { user: 'a@example.com', password: secret }
  expect(readProxy(`http://a%40example.com:${encodeURIComponent(secret)}@proxy.example`)).toMatchObject({ credentials })
  expect(readProxy('http://only@proxy.example')).toMatchObject({ credentials: { user: 'only', password: '' } })
})

test.for(['proxy.example:3128', 'socks5://proxy.example', 'http://', 'http://a:%zz@proxy.example', ''])(
  'no proxy: %j',
  (text) => {
    const unshown = text.includes('zz') ? 'zz' : '//'
    expect(() => readProxy(text)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.not.stringContaining(unshown) }),
    )
  },
)

test('ways', () => {
  const google = { host: 'accounts.google.com', port: 443 }
  const here = { host: '127.0.0.1', port: 1234 }
  const proxy = { host: 'proxy.example', port: 3128, secure: false }
  const at = { 'accounts.google.com:443': here, 'proxy.example:3128': { ...here, port: 4321 } }
  expect(routeTo(google, {}, undefined)).toEqual({ first: google })
  expect(routeTo(google, { at }, undefined)).toEqual({ first: here })
  expect(routeTo(google, { at }, proxy)).toEqual({ first: { ...here, port: 4321 }, proxy })
  expect(routeTo({ host: 'localhost', port: 80 }, { at }, proxy)).toEqual({ first: { host: 'localhost', port: 80 } })
})
