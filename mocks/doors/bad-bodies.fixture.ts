import { type BadInput, get, head, host, ok, post } from './bad-input.fixture.ts'

const chunked = 'Transfer-Encoding: chunked'
const chunks = (body: string): string => post(body, chunked)
const continuing = 'Expect: 100-continue'
const of100Megabytes = 'Content-Length: 100000000'

/** RFC 9112 §6.3 wants digits, and no more than a number holds. */
const lengths = ['abc', '+3', '-1', '0x3', '3, 3', '9'.repeat(23)]

/** What arrives whole is a token request without a grant type, which Google answers with 400. */
export const bodies: readonly BadInput[] = [
  ['RFC 9110 §10.1.1', 'a body that waits to be asked for', post('abc', continuing, 'Content-Length: 3'), [100, 400]],
  ['RFC 9110 §10.1.1', 'a body that need not be sent', post('', continuing, of100Megabytes), [413]],
  ['RFC 9110 §15.5.14', 'a body of 100 MB, announced', post('abc', of100Megabytes), [413]],
  ['RFC 9110 §15.5.14', 'a body of 70,000 octets', post('a'.repeat(70_000), 'Content-Length: 70000'), [413]],
  ['RFC 9110 §15.5.14', 'chunks of 80,000 octets', chunks(`2000\r\n${'a'.repeat(8192)}\r\n`.repeat(10)), [413]],
  ['RFC 9112 §8', 'a body that ends early', post('abc', 'Content-Length: 10'), [], { end: true }],
  ['RFC 9112 §8', 'a head that ends early', `${ok}\r\nHost`, [], { end: true }],
  ['RFC 9110 §9.3.1', 'a body of GET', `${get(ok, host, 'Content-Length: 3')}abc`, [200]],
  ['RFC 9112 §6.3', 'two lengths', post('abcd', 'Content-Length: 3', 'Content-Length: 4'), [400]],
  ['RFC 9112 §6.3', 'one length twice', post('abc', 'Content-Length: 3', 'Content-Length: 3'), [400]],
  ...lengths.map((length): BadInput => [
    'RFC 9112 §6.3',
    `a length of ${length}`,
    post('abc', `Content-Length: ${length}`),
    [400],
  ]),
  ['RFC 9112 §6.3', 'a length and chunks', post('3\r\nabc\r\n0\r\n\r\n', 'Content-Length: 3', chunked), [400]],
  ['RFC 9112 §6.1', 'a coding that nobody knows', post('0\r\n\r\n', 'Transfer-Encoding: gzip, chunked'), [501]],
  ['RFC 9112 §6.3', 'a last coding that is not chunked', post('abc', 'Transfer-Encoding: chunked, gzip'), [400]],
  ['RFC 9112 §6.1', 'chunks in HTTP/1.0', chunks('0\r\n\r\n').replace('HTTP/1.1', 'HTTP/1.0'), [400]],
  ['RFC 9112 §7.1', 'a chunk without a size', chunks('zz\r\nabc\r\n0\r\n\r\n'), [400]],
  ['RFC 9112 §7.1', 'a chunk larger than numbers', chunks(`${'f'.repeat(30)}\r\nabc`), [400]],
  ['RFC 9112 §7.1', 'a chunk longer than its size', chunks('3\r\nabcXX0\r\n\r\n'), [400]],
  ['RFC 9112 §7.1.1', 'chunks with extensions and trailers', chunks('3;a=b\r\nabc\r\n0\r\nX-T: x\r\n\r\n'), [400]],
  [
    'RFC 9112 §7.1.1',
    'an extension of 100,000 octets',
    chunks(`3;a=${'b'.repeat(100_000)}\r\nabc\r\n0\r\n\r\n`),
    [413],
    { otherwise: { on: 'deno', answers: [400], because: 'its parser skips extensions of any length, and keeps none' } },
  ],
  [
    'RFC 9112 §9.3.2',
    'two requests at once',
    head(ok, host) + get('GET /oauth2/v3/certs HTTP/1.1', 'Host: www.googleapis.com'),
    [200, 200],
  ],
  // The first answer on a connection is taken for that of the first request, whatever came behind it.
  [
    'RFC 9112 §9.3.2',
    'two requests at once, and one of an unknown method',
    head(ok, host) + head(ok, host) + head('BREW / HTTP/1.1'),
    [200, 200, 501],
  ],
  ['RFC 9112 §9.6', 'a client that has ended its half', head(ok, host), [200], { end: true }],
]
