import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerName } from './namespace-names.ts'

const addresses = { 'imap.gmail.com': '127.0.1.2' }
const octetsOf = (text: string): number[] => [...new TextEncoder().encode(text)]

/** A query (RFC 1035 §4.1) with recursion desired. */
const query = (name: string, type = 1, more: readonly number[] = []): Uint8Array =>
  new Uint8Array([
    ...[0xab, 0xcd, 0x01, 0x20, 0, 1, 0, 0, 0, 0, 0, more.length === 0 ? 0 : 1],
    ...name.split('.').flatMap((label) => [octetsOf(label).length, ...octetsOf(label)]),
    ...[0, 0, type, 0, 1],
    ...more,
  ])
/** What resolvers add to say how long an answer may be (RFC 6891 §6.1.2). */
const edns = [0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0]

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

describe('a name that is known', () => {
  test('has its address, whatever the case, and none that is kept', () => {
    const asked = query('IMAP.gmail.com', 1, edns)
    const { message, refused } = answerName(asked, addresses)!
    expect(refused).toBeUndefined()
    expect(hex(message)).toBe(
      `abcd8580${'0001000100000000'}${hex(asked.subarray(12, -edns.length))}c00c00010001000000000004${'7f000102'}`,
    )
  })

  test('has no IPv6 address, but is there', () => {
    const { message, refused } = answerName(query('imap.gmail.com', 28), addresses)!
    expect(refused).toBeUndefined()
    expect(hex(message.subarray(0, 12))).toBe('abcd85800001000000000000')
  })
})

test.each([
  ['www.example.test', 'www.example.test'],
  ['gmail.com', 'gmail.com'],
  // No name of an object's own makes.
  ['constructor', 'constructor'],
  ['it em\n.test', 'it\\032em\\010.test'],
  ['é.test', '\\195\\169.test'],
])('%j does not exist, and is told as it was asked', (name, told) => {
  const { message, refused } = answerName(query(name), addresses)!
  expect(refused).toBe(told)
  expect(hex(message.subarray(0, 12))).toBe('abcd85830001000000000000')
  expect(hex(message.subarray(12))).toBe(hex(query(name).subarray(12)))
})

const label = 'a'.repeat(63)

test.each([
  ['without a question', new Uint8Array([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ['with two', query('a.test').map((octet, at) => (at === 5 ? 2 : octet))],
  ['of another kind', query('a.test').map((octet, at) => (at === 2 ? 0x28 : octet))],
  ['that is cut', query('a.test').subarray(0, -1)],
  ['that is cut within its name', query('a.test').subarray(0, 16)],
  ['with a pointer to itself', new Uint8Array([...query('a.test').subarray(0, 12), 0xc0, 12, 0, 1, 0, 1])],
  ['with a label of 64 octets', query(`${label}a.test`)],
  ['with a name of 256 octets', query([label, label, label, label].join('.'))],
])('a message %s is a format error', (_, message) => {
  const answer = answerName(message, addresses)!
  expect(answer.refused).toBeUndefined()
  expect(answer.message).toHaveLength(12)
  expect(answer.message[3]).toBe(0x81)
  expect([...answer.message.subarray(4)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
})

test('a name of 255 octets is one still', () => {
  const name = [label, label, label, 'a'.repeat(61)].join('.')
  expect(answerName(query(name), addresses)?.refused).toBe(name)
})

test('an answer is not answered, nor is what is too short', () => {
  expect(answerName(answerName(query('a.test'), addresses)!.message, addresses)).toBeUndefined()
  expect(answerName(new Uint8Array(11), addresses)).toBeUndefined()
})

test('whatever comes, an answer is short and an answer', () => {
  const prefixed = fc
    .uint8Array({ maxLength: 300 })
    .map((rest) => new Uint8Array([...query('').subarray(0, 12), ...rest]))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 600 }), prefixed), (octets) => {
      const answer = answerName(octets, addresses)
      if (answer === undefined) return
      expect(answer.message.length).toBeLessThanOrEqual(12 + 255 + 4 + 16)
      expect(answer.message[2]! & 0x80).toBe(0x80)
      expect(hex(answer.message.subarray(0, 2))).toBe(hex(octets.subarray(0, 2)))
    }),
    { numRuns: 500 },
  )
})
