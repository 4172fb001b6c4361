import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { join, octetsOf } from './command-stream.ts'
import { DeflateError, Deflater, Inflater } from './deflate.ts'

const flush = { finishFlush: constants.Z_SYNC_FLUSH }
const inflated = (stream: Uint8Array): Uint8Array => new Uint8Array(inflateRawSync(stream, flush))
const told = (inflater: Inflater, octets: Uint8Array): Uint8Array => join([...inflater.push(octets), new Uint8Array(0)])

const text = fc.array(fc.constantFrom('a NOOP\r\n', 'FETCH', ' ', '(FLAGS)', 'x'.repeat(300), '\xff\0'), {
  maxLength: 60,
})
const octets = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  text.map((words) => octetsOf(words.join(''))),
)

describe('what the one writes the runtime’s own library reads, and the other way round', () => {
  test('message by message, across the window', () => {
    fc.assert(
      fc.property(fc.array(octets, { minLength: 1, maxLength: 8 }), (messages) => {
        const deflater = new Deflater()
        const stream = join(messages.map((message) => deflater.push(message)))
        expect(inflated(stream)).toEqual(join(messages))
      }),
    )
  })

  test('however the octets are cut, with every kind of block', () => {
    const options = fc.record({
      level: fc.constantFrom(0, 1, 9),
      strategy: fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY),
    })
    fc.assert(
      fc.property(octets, options, fc.integer({ min: 1, max: 40 }), (message, how, size) => {
        const stream = new Uint8Array(deflateRawSync(message, { ...how, ...flush }))
        const inflater = new Inflater()
        const pieces: Uint8Array[] = []
        for (let at = 0; at < stream.length; at += size) pieces.push(told(inflater, stream.subarray(at, at + size)))
        expect(join(pieces)).toEqual(message)
      }),
    )
  })

  test('with repetitions from the far end of the window', () => {
    const block = Uint8Array.from({ length: 40_000 }, (_, at) => (at * 7919) >> 5)
    const deflater = new Deflater()
    const stream = join([block, block.subarray(0, 9000), block].map((message) => deflater.push(message)))
    expect(told(new Inflater(), stream)).toEqual(inflated(stream))
    expect(told(new Inflater(), new Uint8Array(deflateRawSync(block, flush)))).toEqual(block)
  })
})

test('repetitions are short, and a bomb comes in pieces of a bounded size', () => {
  const zeros = new Uint8Array(1 << 22)
  const bomb = new Deflater().push(zeros)
  expect(bomb.length).toBeLessThan(zeros.length / 100)
  let sum = 0
  for (const piece of new Inflater().push(bomb)) {
    expect(piece.length).toBeLessThan(70_000)
    sum += piece.length
  }
  expect(sum).toBe(zeros.length)
})

test('what comes behind the end of the stream is no part of it', () => {
  const inflater = new Inflater()
  expect(told(inflater, new Uint8Array(deflateRawSync(octetsOf('a NOOP\r\n'))))).toEqual(octetsOf('a NOOP\r\n'))
  expect(told(inflater, octetsOf('anything'))).toHaveLength(0)
})

test.each([
  ['a block of no type', [0x07]],
  ['a stored block whose lengths differ', [0x01, 1, 0, 0, 0]],
  ['a repetition of nothing', [0x03, 0x02]],
])('%s is an error', (_, stream) => {
  expect(() => told(new Inflater(), Uint8Array.from([...stream, ...new Uint8Array(8)]))).toThrow(DeflateError)
})

test('any octets end in data, in a wait for more or in an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
      try {
        for (const piece of new Inflater().push(noise)) expect(piece.length).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(DeflateError)
      }
    }),
  )
})
