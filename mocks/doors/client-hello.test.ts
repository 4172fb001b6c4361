import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientHello, inRecordsOf } from './client-hello.fixture.ts'
import { readClientHello } from './client-hello.ts'

test.each([
  [
    'of today',
    clientHello({ sni: 'imap.gmail.com', supported: [0x7a7a, 0x0304, 0x0303], protocols: ['h2', 'http/1.1'] }),
    {
      sni: 'imap.gmail.com',
      versions: ['TLSv1.3', 'TLSv1.2'],
      cipherSuites: [0x1301, 0xc02b],
      protocols: ['h2', 'http/1.1'],
      renegotiation: true,
    },
  ],
  [
    'that offers what is old',
    clientHello({ supported: [0x0304, 0x0303, 0x0302, 0x0301], suites: [0x002f, 0x00ff], renegotiation: false }),
    {
      sni: '',
      versions: ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1.0'],
      cipherSuites: [0x002f, 0x00ff],
      protocols: [],
      renegotiation: true,
    },
  ],
  [
    'of 2006',
    clientHello({ version: 0x0302, renegotiation: false }),
    { sni: '', versions: ['TLSv1.1'], cipherSuites: [0x1301, 0xc02b], protocols: [], renegotiation: false },
  ],
])('reads a message %s', (_, octets, read) => {
  expect(readClientHello(octets)).toEqual(read)
})

test('waits for the whole message, and for no more', () => {
  const octets = clientHello({ sni: 'imap.gmail.com' })
  for (let length = 0; length < octets.length; length++)
    expect(readClientHello(octets.subarray(0, length))).toBeUndefined()
  expect(readClientHello(Uint8Array.from([...octets, 1, 2, 3]))).toEqual(readClientHello(octets))
})

test.each([1, 3, 100])('reads a message that is spread over records of %d octets', (octets) => {
  const whole = clientHello({ sni: 'imap.gmail.com', supported: [0x0304] })
  expect(readClientHello(inRecordsOf(octets, whole))).toEqual(readClientHello(whole))
})

test.each([
  ['words', 'a LOGIN alice in-the-clear\r\n'],
  ['a record of SSL 2.0', '\x16\x02\x00'],
  ['HTTP in the clear', 'GET / HTTP/1.1\r\n'],
  ['another message', '\x16\x03\x01\x00\x04\x02\x00\x00\x00'],
  ['an empty record', '\x16\x03\x01\x00\x00'],
  ['a record longer than any message', '\x16\x03\x01\xff\xff'],
  ['a message longer than any honest one', '\x16\x03\x01\x00\x04\x01\x01\x00\x00'],
])('is not taken in by %s', (_, text) => {
  expect(readClientHello(Uint8Array.from(text, (character) => character.charCodeAt(0)))).toBeNull()
})

test('reads something out of anything', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
      const message = [1, 0, noise.length >> 8, noise.length & 0xff, ...noise]
      const record = Uint8Array.from([0x16, 3, 1, message.length >> 8, message.length & 0xff, ...message])
      expect(readClientHello(record)).toMatchObject({ sni: expect.any(String), versions: expect.any(Array) })
    }),
    { numRuns: 300 },
  )
})
