import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, seedOf } from './random.ts'

const drawn = (seed: number) => {
  const random = createRandom(seed)
  return [random.integer(1000), [...random.bytes(4)], random.text(12, 'abcdef0123456789')]
}

test('the stream of a seed is the same on every runtime', () => {
  expect(drawn(1)).toEqual([918, [200, 108, 168, 115], '57e3d2874e52'])
  expect(drawn(0xffffffff)).toEqual([687, [213, 251, 111, 164], '30ef9939437c'])
})

test('equal seeds give equal streams, other seeds other ones', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (one, two) => {
      const [first, second] = [createRandom(one), createRandom(two)].map((random) => random.text(40, 'abcdefgh'))
      expect(createRandom(one).text(40, 'abcdefgh')).toBe(first)
      expect(first === second).toBe(one === two)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('numbers stay in their range and use all of it', () => {
  const random = createRandom(3)
  const counts = Array.from({ length: 10 }, () => 0)
  for (let draw = 0; draw < 10_000; draw++) counts[random.integer(10)]! += 1
  expect(counts).toHaveLength(10)
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
})

test('a seed depends on every part of a name and on where the parts end', () => {
  expect(seedOf('')).toBe(0x811c9dc5)
  expect(seedOf('a')).toBe(0xe40c292c)
  expect(seedOf('foobar')).toBe(0xbf9cf968)
  const seeds = [
    seedOf('ab', 'c'),
    seedOf('a', 'bc'),
    seedOf('abc'),
    seedOf(1, 'x'),
    seedOf(11, 'x'),
    seedOf('😀'),
    seedOf('😁'),
  ]
  expect(new Set(seeds).size).toBe(seeds.length)
})
