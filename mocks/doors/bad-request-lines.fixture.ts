import { type BadInput, discovery, get, head, host, octetsOf, ok } from './bad-input.fixture.ts'

const asking = (target: string): string => `GET ${target} HTTP/1.1`
const inVersion = (version: string): string => get(`GET ${discovery} ${version}`, host)
const byMethod = (method: string): string => get(`${method} ${discovery} HTTP/1.1`, host)

export const targets: readonly BadInput[] = [
  ['RFC 9112 §3.2.2', 'absolute form', get(asking(`https://accounts.google.com${discovery}`), host), [200]],
  [
    'RFC 9112 §3.2.2',
    'absolute form counts more than the Host field',
    get(asking(`https://accounts.google.com${discovery}`), 'Host: evil.example'),
    [200],
  ],
  ['RFC 9110 §15.5.20', 'absolute form for a foreign host', get(asking('https://evil.example/token'), host), [421]],
  ['RFC 9110 §7.4', 'absolute form without TLS', get(asking(`http://accounts.google.com${discovery}`), host), [421]],
  ['RFC 9110 §4.2.4', 'user information', get(asking(`https://user@accounts.google.com${discovery}`), host), [400]],
  // Google answers 404 for a method that an address does not have.
  ['RFC 9112 §3.2.4', 'asterisk form of OPTIONS', get('OPTIONS * HTTP/1.1', host), [404]],
  ['RFC 9112 §3.2.4', 'asterisk form of GET', get(asking('*'), host), [400]],
  ['RFC 9112 §3.2.3', 'authority form of GET', get(asking('accounts.google.com:443'), host), [400]],
  [
    'RFC 9110 §9.3.6',
    'CONNECT to what is no proxy',
    get('CONNECT accounts.google.com:443 HTTP/1.1', 'Host: accounts.google.com:443'),
    [501],
  ],
  ['RFC 9112 §3.2', 'a relative target', get(asking('token'), host), [400]],
  ['RFC 9110 §15.5.15', 'a target of 20,000 octets', get(asking(`/?${'a'.repeat(20_000)}`), host), [414]],
  // Longer than any head may be: the parser stops before it is known what is too long.
  ['RFC 6585 §5', 'a target of 60,000 octets', get(asking(`/?${'a'.repeat(60_000)}`), host), [431]],
  ['RFC 9112 §3', 'half an escape in the path', get(asking('/%zz'), host), [400]],
  // URLs in the wild have it, and what Google makes of it is not established: the endpoint reads the query as it is.
  ['URL standard §1.3', 'half an escape in the query', get(asking(`${discovery}?a=%zz%E0%A4`), host), [200]],
  ['RFC 9112 §3', 'a space in the target', get(asking(`${discovery}?a b`), host), [400]],
  ['RFC 9112 §3', 'NUL in the target', get(asking(`${discovery}?\0`), host), [400]],
  ['RFC 9112 §3', 'a target beyond ASCII', get(asking(`${discovery}?é`), host), [400]],
  ['RFC 9110 §4.2.2', 'a parameter twice, where nobody reads it', get(asking(`${discovery}?a=1&a=2`), host), [200]],
]

export const hosts: readonly BadInput[] = [
  ['RFC 9112 §3.2', 'no Host field', get(ok), [400]],
  ['RFC 9112 §3.2', 'two Host fields', get(ok, host, host), [400]],
  ['RFC 9112 §3.2', 'a Host field with a space', get(ok, 'Host: a b'), [400]],
  ['RFC 9112 §3.3', 'an empty Host field', get(ok, 'Host:'), [400]],
  ['RFC 9110 §15.5.20', 'a foreign host', get(ok, 'Host: evil.example'), [421]],
  ['RFC 9110 §15.5.20', 'the host with a dot behind it', get(ok, `${host}.`), [421]],
  ['RFC 9110 §15.5.20', 'HTTP/1.0 without a Host field', head(`GET ${discovery} HTTP/1.0`), [421]],
]

export const requestLines: readonly BadInput[] = [
  ['RFC 9112 §C.2', 'HTTP/1.0', head(`GET ${discovery} HTTP/1.0`, host), [200]],
  ['RFC 9110 §15.6.6', 'HTTP/0.9', inVersion('HTTP/0.9'), [505]],
  ['RFC 9110 §15.6.6', 'HTTP/2.0 in words', inVersion('HTTP/2.0'), [505]],
  ['RFC 9110 §15.6.6', 'HTTP/9.9', inVersion('HTTP/9.9'), [505]],
  // RFC 9110 §6.2 would have it taken for 1.1; the parser of all runtimes knows 1.0 and 1.1 alone.
  ['RFC 9112 §3', 'HTTP/1.9', inVersion('HTTP/1.9'), [400]],
  ['RFC 9112 §2.3', 'a protocol in lower case', inVersion('http/1.1'), [400]],
  ['RFC 9113 §3.4', 'the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  ['RFC 9110 §9.1', 'a method that nobody knows', byMethod('FOO'), [501]],
  ['RFC 9110 §9.1', 'a method in lower case', byMethod('get'), [501]],
  ['RFC 9112 §3', 'a long method', byMethod('A'.repeat(100)), [501]],
  ['RFC 9110 §9.1', 'a method that is no token', byMethod('G@T'), [400]],
  ['RFC 9110 §9.3.8', 'TRACE', byMethod('TRACE'), [404]],
  ['RFC 9112 §3', 'two spaces, which a recipient may skip', get(`GET  ${discovery} HTTP/1.1`, host), [200]],
  ['RFC 9112 §2.2', 'an empty line first', `\r\n${get(ok, host)}`, [200]],
  ['RFC 9112 §2.2', 'lines that end with LF alone', get(ok, host).replaceAll('\r\n', '\n'), [400]],
  ['RFC 9112 §3', 'words that are no HTTP', 'garbage\r\n\r\n', [400]],
  ['RFC 9112 §3', 'octets that are no HTTP', octetsOf('\u0016\u0003\u0001\0\0'), [400]],
  ['RFC 9112 §9.8', 'nothing', '', [], { end: true }],
]
