import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatSequenceSet, pick, resolve, type SequenceSet } from './sequence-set.ts'

const seqNumber = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant('*' as const))
const sequenceSet: fc.Arbitrary<SequenceSet> = fc.array(fc.tuple(seqNumber, seqNumber), { minLength: 1, maxLength: 6 })
const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 30 })).map((all) => all.toSorted((a, b) => a - b))

test('picks exactly the numbers that some range holds', () => {
  fc.assert(
    fc.property(sequenceSet, numbers, (set, items) => {
      const largest = items.at(-1) ?? 0
      const value = (end: number | '*'): number => (end === '*' ? largest : end)
      const held = (item: number): boolean =>
        set.some(([a, b]) => Math.min(value(a), value(b)) <= item && item <= Math.max(value(a), value(b)))
      expect(pick(set, items, (item) => item)).toEqual(items.filter(held))
    }),
  )
})

test('n:* is never empty: the largest number is always in it (RFC 3501 §6.4.8)', () => {
  expect(pick([[559, '*']], [1, 2, 3], (item) => item)).toEqual([3])
})

test('ranges are merged', () => {
  expect(
    resolve(
      [
        [5, 3],
        [1, 2],
        [9, '*'],
        [10, 10],
      ],
      12,
    ),
  ).toEqual([
    [1, 5],
    [9, 12],
  ])
})

test('writes the shortest set', () => {
  expect(formatSequenceSet([1, 2, 3, 7, 9, 10])).toBe('1:3,7,9:10')
})
