import { describe, expect, test } from 'vitest'
import { parseUri, withoutUserinfo } from './uri.ts'

describe('the kind of a host, as it is written', () => {
  test.each([
    ['https://mail.example.com/cb', 'name'],
    ['https://MAIL.Example.COM./cb', 'name'],
    ['https://xn--bcher-kva.example.com/', 'name'],
    ['https://bücher.example.com/', 'name'],
    ['http://localhost:8080/cb', 'localhost'],
    ['http://LOCALHOST/', 'localhost'],
    ['http://127.0.0.1:0/cb', 'loopback-ip'],
    ['http://127.9.9.9/', 'loopback-ip'],
    ['http://[::1]:8080/cb', 'loopback-ip'],
    ['http://[0:0:0:0:0:0:0:1]/', 'loopback-ip'],
    ['https://192.168.1.9/cb', 'private-ip'],
    ['https://10.0.0.1/', 'private-ip'],
    ['https://172.31.255.1/', 'private-ip'],
    ['https://169.254.1.1/', 'private-ip'],
    ['https://[fe80::1%25eth0]/', 'private-ip'],
    ['https://[fd00::1]/', 'private-ip'],
    ['https://172.32.0.1/', 'ip'],
    ['https://203.0.113.9/', 'ip'],
    ['https://[2001:db8::1]/', 'ip'],
    ['https://[::ffff:127.0.0.1]/', 'ip'],
    ['com.example.mail:/callback', 'none'],
    ['https:/one-slash', 'none'],
  ])('%s is %s', (uri, kind) => {
    expect(parseUri(uri)?.hostKind).toBe(kind)
  })

  test.each([
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://127%2e0%2e0%2e1/',
    'http://①②⑦.0.0.1/',
    'http://1.2.3.4.5/',
    'http://999.1.1.1/',
  ])('%s is an address that nobody exempts', (uri) => {
    expect(parseUri(uri)?.hostKind).toBe('ip')
  })

  test.each([
    'http://app.localhost:3000/',
    'http://%6c%6f%63alhost/',
    'http://localhost%00.example.com/',
    'http://[::1/',
  ])('%s is not this machine', (uri) => {
    expect(['localhost', 'loopback-ip']).not.toContain(parseUri(uri)?.hostKind)
  })
})

describe('the domain, by the public suffix list', () => {
  test.each([
    ['https://app.example.co.uk/', 'icann', 'example.co.uk'],
    ['https://user.github.io/', 'private', 'user.github.io'],
    ['https://github.io/', 'private', null],
    ['https://co.uk/', 'icann', null],
    ['https://*.example.com/', 'icann', 'example.com'],
    ['https://mail.example.com./', 'icann', 'example.com'],
    ['https://пример.рф/', 'icann', 'пример.рф'],
    ['https://xn--e1afmkfd.xn--p1ai/', 'icann', 'xn--e1afmkfd.xn--p1ai'],
    ['https://nas.local/', 'unknown', null],
    ['https://nas.lan/', 'unknown', null],
    ['https://mail.internal/', 'unknown', null],
    ['https://mail.test/', 'unknown', null],
    ['https://intranet/', 'unknown', null],
    ['https://a..example.com/', 'unknown', null],
    ['https://ma%69l.example.com/', 'unknown', null],
    ['https://192.168.1.9/', 'unknown', null],
    ['http://localhost/', 'unknown', null],
  ])('%s: %s, %s', (uri, suffix, registrable) => {
    expect(parseUri(uri)).toMatchObject({ suffix, registrable })
  })
})

describe('the parts, nothing folded, decoded or repaired', () => {
  test('a whole one', () => {
    expect(parseUri('HTTPS://u:p@Mail.Example.com:8443/a/../b%2F?x=1&y=?#done')).toEqual({
      ...{ scheme: 'https', host: 'mail.example.com', port: '8443', hostKind: 'name', suffix: 'icann' },
      ...{ registrable: 'example.com', userinfo: true, path: '/a/../b%2F', query: 'x=1&y=?', fragment: true },
    })
  })

  test.each([
    ['https://accounts.google.com@example.com/', 'example.com', '/'],
    ['https://example.com\\@accounts.google.com/', 'example.com', '\\@accounts.google.com/'],
    ['https://a@b@example.com:443?x', 'example.com', ''],
    ['https://example.com\n.example.net/', 'example.com\n.example.net', '/'],
  ])('%j goes to %j', (uri, host, path) => {
    expect(parseUri(uri)).toMatchObject({ host, path })
  })

  test.each(['/callback', '//example.com/cb', 'mail', '', ' https://example.com/', '${URL}/cb', '1http://x/'])(
    '%j has no scheme',
    (uri) => {
      expect(parseUri(uri)).toBe(null)
    },
  )

  test('nothing takes long, however it is written', () => {
    for (const long of [`https://${'a.'.repeat(50_000)}`, `https://${'@'.repeat(50_000)}`, `a:${'%'.repeat(50_000)}`])
      expect(() => parseUri(long)).not.toThrow()
  })
})

test.each([
  ['https://alice:example@mail.example.com/cb?to=b@example.com', 'https://…@mail.example.com/cb?to=b@example.com'],
  ['https://a@b@mail.example.com', 'https://…@mail.example.com'],
  ['https://mail.example.com/@alice', 'https://mail.example.com/@alice'],
  ['alice@example.com', 'alice@example.com'],
  [
    'https://mail.example.com/cb?client_secret=a&x=1&api-key=b#access_token=c',
    'https://mail.example.com/cb?client_secret=…&x=1&api-key=…#access_token=…',
  ],
  [
    'https://mail.example.com/cb?response_type=code&tokens=1',
    'https://mail.example.com/cb?response_type=code&tokens=1',
  ],
])('%s is shown as %s', (uri, shown) => {
  expect(withoutUserinfo(uri)).toBe(shown)
})
