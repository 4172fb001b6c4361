import { expect, test } from 'vitest'
import { join } from './command-stream.ts'
import { packed } from './packed.ts'

const memory = Uint8Array.from({ length: 60_000 }, (_, at) => at % 251)
const apart = (text: string): Uint8Array => new TextEncoder().encode(text)

test('pieces that adjoin in memory become one, and nothing is copied', () => {
  const pieces = [0, 20_000, 20_001, 50_000].map((from, at, all) => memory.subarray(from, all[at + 1] ?? 60_000))
  const [pack, ...more] = packed(pieces)
  expect(more).toEqual([])
  expect(pack).toHaveLength(60_000)
  expect(pack!.buffer).toBe(memory.buffer)
})

test('what is small is joined, what is large stands alone, and the order stays', () => {
  const pieces = [apart('a'), apart('b'), memory.subarray(100, 30_000), apart('c'), memory.subarray(0, 50), apart('d')]
  const packs = packed(pieces)
  expect(packs.map(({ length }) => length)).toEqual([2, 29_900, 52])
  expect(join(packs)).toEqual(join(pieces))
})

test('pieces of one memory that overlap, stand apart or come in another order are not taken for neighbours', () => {
  const pieces = [memory.subarray(0, 9), memory.subarray(5, 20), memory.subarray(21, 30), memory.subarray(9, 12)]
  expect(join(packed(pieces))).toEqual(join(pieces))
  expect(packed([])).toEqual([])
})
