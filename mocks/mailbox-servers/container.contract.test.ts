import { expect, test } from 'vitest'
import { reachedAt } from './container.ts'

test.each([
  ['on this machine', 'localhost', { host: '127.0.0.1', publishedAt: '127.0.0.1' }],
  ['at an address of this machine', '127.0.0.2', { host: '127.0.0.1', publishedAt: '127.0.0.1' }],
  ['beside the container that we run in', '192.0.2.1', { host: '192.0.2.1', publishedAt: '192.0.2.1' }],
  ['on another machine', 'engine.example.test', { host: 'engine.example.test' }],
])('an engine %s publishes no further than it must', async (_, engine, reached) => {
  expect(await reachedAt(engine)).toEqual(reached)
})
