import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inShard, parseShard, shardText } from './shard.ts'

const accounts = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 60 })
  .map((names) => names.map((name) => ({ account: `${name}@example.com` })))

test('shards are disjoint, hold everything together, and know nothing of order or case', async () => {
  await fc.assert(
    fc.asyncProperty(accounts, fc.integer({ min: 1, max: 7 }), async (all, of) => {
      const shards = await Promise.all(Array.from({ length: of }, (_, index) => inShard(all, { index: index + 1, of })))
      expect(shards.flat()).toHaveLength(all.length)
      expect(new Set(shards.flat())).toEqual(new Set(all))
      const loud = all.toReversed().map(({ account }) => ({ account: account.toUpperCase() }))
      const again = await inShard(loud, { index: 1, of })
      expect(again.map(({ account }) => account.toLowerCase()).toReversed()).toEqual(
        shards[0]!.map(({ account }) => account),
      )
    }),
  )
})

test('many accounts are spread evenly', async () => {
  const all = Array.from({ length: 2_000 }, (_, index) => ({ account: `user${index}@example.com` }))
  for (let index = 1; index <= 4; index++) {
    const { length } = await inShard(all, { index, of: 4 })
    expect(length).toBeGreaterThan(400)
    expect(length).toBeLessThan(600)
  }
})

test('without a shard all accounts are asked for', async () => {
  const all = [{ account: 'alice@example.com' }]
  expect(await inShard(all, undefined)).toBe(all)
})

test('a shard is written as its index and their number', () => {
  expect(parseShard('2/3')).toEqual({ index: 2, of: 3 })
  expect(shardText({ index: 2, of: 3 })).toBe('2/3')
  for (const wrong of ['', '0/3', '4/3', '1', '1/0', '-1/3', '1/3/5', 'a/b', '1.5/3', ' 1/3', '1/999999'])
    expect(parseShard(wrong)).toBeUndefined()
})
