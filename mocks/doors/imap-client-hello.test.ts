import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientHello } from './imap-client-hello.fixture.ts'
import { readClientHello } from './imap-client-hello.ts'

test.each([
  [
    'of today',
    clientHello({ sni: 'imap.gmail.com', supported: [0x7a7a, 0x0304, 0x0303] }),
    { sni: 'imap.gmail.com', versions: ['TLSv1.3', 'TLSv1.2'], cipherSuites: [0x1301, 0xc02b] },
  ],
  [
    'that offers what is old',
    clientHello({ supported: [0x0304, 0x0303, 0x0302, 0x0301], suites: [0x002f] }),
    { sni: '', versions: ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1.0'], cipherSuites: [0x002f] },
  ],
  ['of 2006', clientHello({ version: 0x0302 }), { sni: '', versions: ['TLSv1.1'], cipherSuites: [0x1301, 0xc02b] }],
])('reads a message %s', (_, octets, read) => {
  expect(readClientHello(octets)).toEqual(read)
})

test('waits for the whole message, and for no more', () => {
  const octets = clientHello({ sni: 'imap.gmail.com' })
  for (let length = 0; length < octets.length; length++)
    expect(readClientHello(octets.subarray(0, length))).toBeUndefined()
  expect(readClientHello(Uint8Array.from([...octets, 1, 2, 3]))).toEqual(readClientHello(octets))
})

test.each(['a LOGIN alice in-the-clear\r\n', '\x16\x02\x00', 'GET / HTTP/1.1\r\n'])('is not taken in by %j', (text) => {
  expect(readClientHello(new TextEncoder().encode(text))).toBeNull()
})

test('reads something out of anything', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
      const record = Uint8Array.from([0x16, 3, 1, noise.length >> 8, noise.length & 0xff, ...noise])
      expect(readClientHello(record)).toMatchObject({ sni: expect.any(String), versions: expect.any(Array) })
    }),
    { numRuns: 300 },
  )
})
