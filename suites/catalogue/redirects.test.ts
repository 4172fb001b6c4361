import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blamed } from './redirects.fixture.ts'

const word = fc.stringMatching(/^[a-z][a-z0-9]{5,11}$/)
const segment = fc.oneof(word, fc.constantFrom('oauth2', 'a.b', '~me', 'x%20y', 'caf%C3%A9', 'A-B_C', 'v1.2..3'))
const path = fc.array(segment, { maxLength: 3 }).map((segments) => segments.map((each) => `/${each}`).join(''))
const query = fc.constantFrom('', '?', '?lang=de', '?a=1&b=%2Finbox', '?flag', '?mail=a%40example.com')
const port = fc.oneof(
  fc.constant(''),
  fc.nat(65_535).map((number) => `:${number}`),
)
const suffix = fc.constantFrom('com', 'co.uk', 'de', 'xn--p1ai', 'github.io', 'ts.net')
const host = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), suffix)
  .map(([labels, end]) => [...labels, end].join('.'))

interface Parts {
  readonly scheme: string
  readonly host: string
  readonly port: string
  readonly path: string
  readonly query: string
}

const written = ({ scheme, host: name, port: at, path: way, query: rest }: Parts): string =>
  `${scheme}://${name}${at}${way}${rest}`

const remote = fc.record({ scheme: fc.constant('https'), host, port, path, query })
const local = fc.record({
  scheme: fc.constantFrom('http', 'https'),
  host: fc.constantFrom('localhost', '127.0.0.1', '[::1]'),
  ...{ port, path, query },
})

describe('what Google’s table allows is never blamed', () => {
  test('of web clients', () => {
    fc.assert(
      fc.property(fc.oneof(remote, local), (parts) => {
        expect(blamed(written(parts))).toEqual([])
      }),
    )
  })

  test('of desktop clients: http at this machine, any port and path', () => {
    const loopback = local.map((parts) => written({ ...parts, scheme: 'http' }))
    fc.assert(
      fc.property(loopback, (uri) => {
        expect(blamed(uri, 'desktop')).toEqual([])
      }),
    )
  })

  test('of iOS clients: the client id or a domain backwards', () => {
    const scheme = fc.oneof(
      fc.constant('com.googleusercontent.apps.1-a'),
      fc.tuple(word, word).map(([a, b]) => `com.${a}.${b}`),
    )
    const rest = fc.oneof(path, word)
    fc.assert(
      fc.property(scheme, rest, (own, way) => {
        expect(blamed(`${own}:${way}`, 'ios')).toEqual([])
      }),
    )
  })
})

const at = (change: Partial<Parts>) => (parts: Parts) => written({ ...parts, ...change })
const inPath = (text: string) => (parts: Parts) => written({ ...parts, path: `${parts.path}${text}` })
const inQuery = (text: string) => (parts: Parts) =>
  written({ ...parts, query: `${parts.query === '' ? '?' : `${parts.query}&`}${text}` })

describe('each single thing that the table forbids is blamed, by the check of its row', () => {
  test.each<readonly [row: string, mutation: string, id: string, mutate: (parts: Parts) => string]>([
    ['scheme', 'plain HTTP', 'cred/redirect-https', at({ scheme: 'http' })],
    ['scheme', 'none', 'cred/redirect-https', (parts) => written(parts).replace('https:', '')],
    ['scheme', 'none before the host', 'cred/redirect-https', (parts) => written({ ...parts, port: ':8443' }).slice(8)],
    ['scheme', 'one of one’s own', 'cred/custom-scheme', at({ scheme: 'com.example.mail' })],
    ['host', 'none', 'cred/redirect-host-rules', at({ host: '' })],
    ['host', 'a public address', 'cred/redirect-host-rules', at({ host: '203.0.113.9' })],
    ['host', 'a private address', 'cred/redirect-host-rules', at({ host: '192.168.1.9' })],
    ['host', 'an address in decimal', 'cred/redirect-host-rules', at({ host: '2130706433' })],
    ['host', 'an address in hexadecimal', 'cred/redirect-host-rules', at({ host: '0x7f.0.0.1' })],
    ['host', 'an IPv6 address', 'cred/redirect-host-rules', at({ host: '[2001:db8::1]' })],
    ['domain', 'none', 'cred/redirect-host-rules', at({ host: 'intranet' })],
    ['domain', 'a suffix alone', 'cred/redirect-host-rules', at({ host: 'co.uk' })],
    ['domain', '.local', 'cred/redirect-host-rules', (parts) => at({ host: `${parts.host}.local` })(parts)],
    ['domain', '.internal', 'cred/redirect-host-rules', (parts) => at({ host: `${parts.host}.internal` })(parts)],
    ['domain', '.localhost', 'cred/redirect-host-rules', at({ host: 'app.localhost' })],
    ['domain', 'an encoded letter', 'cred/redirect-host-rules', (parts) => at({ host: `%61${parts.host}` })(parts)],
    ['domain', 'Google’s content', 'cred/redirect-host-rules', at({ host: 'a.googleusercontent.com' })],
    ['domain', 'a shortener', 'cred/redirect-host-rules', at({ host: 'bit.ly' })],
    ['userinfo', 'a user', 'cred/redirect-uri-clean', (parts) => at({ host: `alice@${parts.host}` })(parts)],
    ['path', '/..', 'cred/redirect-uri-clean', inPath('/../a')],
    ['path', '\\..', 'cred/redirect-uri-clean', inPath('\\..\\a')],
    ['path', '%2e%2e', 'cred/redirect-uri-clean', inPath('/%2e%2E/a')],
    ['path', '%2f..', 'cred/redirect-uri-clean', inPath('/a%2f..')],
    ['path', '%5c.%2e', 'cred/redirect-uri-clean', inPath('/a%5C.%2e')],
    ['query', 'a URL', 'cred/redirect-uri-clean', inQuery('next=https://example.com')],
    ['query', 'an encoded URL', 'cred/redirect-uri-clean', inQuery('next=https%3A%2F%2Fexample.com')],
    ['query', 'a URL encoded twice', 'cred/redirect-uri-clean', inQuery('next=https%253A%252F%252Fexample.com')],
    ['query', 'a URL without scheme', 'cred/redirect-uri-clean', inQuery('next=//example.com')],
    ['query', 'a URL with backslashes', 'cred/redirect-uri-clean', inQuery('next=/\\example.com')],
    ['fragment', 'one', 'cred/redirect-uri-clean', (parts) => `${written(parts)}#a`],
    ['fragment', 'an empty one', 'cred/redirect-uri-clean', (parts) => `${written(parts)}#`],
    ['characters', 'a wildcard in the host', 'cred/redirect-uri-clean', (p) => at({ host: `*.${p.host}` })(p)],
    ['characters', 'a wildcard in the path', 'cred/redirect-uri-clean', inPath('/*')],
    ['characters', 'a control character', 'cred/redirect-uri-clean', inPath('/\u0001')],
    ['characters', 'DEL', 'cred/redirect-uri-clean', inPath('/\u007F')],
    ['characters', 'a line break', 'cred/redirect-uri-clean', inPath('/\n')],
    ['characters', 'half an escape', 'cred/redirect-uri-clean', inPath('/%0')],
    ['characters', 'no escape', 'cred/redirect-uri-clean', inPath('/%zz')],
    ['characters', 'NUL', 'cred/redirect-uri-clean', inPath('/%00')],
    ['characters', 'an overlong NUL', 'cred/redirect-uri-clean', inPath('/%c0%80')],
    ['port', 'none there is', 'cred/redirect-uri-clean', at({ port: ':65536' })],
  ])('%s: %s is for %s', (_, __, id, mutate) => {
    fc.assert(
      fc.property(remote, (parts) => {
        expect(blamed(mutate(parts))).toContain(id)
      }),
      { numRuns: 30 },
    )
  })

  test.each(['oob', 'urn:ietf:wg:oauth:2.0:oob', 'URN:ietf:wg:oauth:2.0:oob:auto'])('%s', (uri) => {
    expect(blamed(uri)).toEqual(['cred/no-oob'])
    expect(blamed(uri, 'desktop')).toEqual(['cred/no-oob'])
  })
})

test('the owner of a short domain says so in the path', () => {
  expect(blamed('https://goo.gl/a/google-callback')).toEqual([])
  expect(blamed('https://goo.gl/google-callback/a?x=1')).toEqual([])
  expect(blamed('https://goo.gl/google-callbacks')).toEqual(['cred/redirect-host-rules'])
  expect(blamed('https://goo.gl/?/google-callback/')).toEqual(['cred/redirect-host-rules'])
})
