import { expect, test } from 'vitest'
import { CutShort, openWatch } from './watch.ts'

const never = new Promise<never>(() => {})
const still = { size: 0 }

test('work that ends in time is its own result, whether good or bad', async () => {
  using watch = openWatch({ journal: still, signal: new AbortController().signal, timeout: 60 })
  expect(await watch.over(Promise.resolve(7))).toBe(7)
  await expect(watch.over(Promise.reject(new Error('ours')))).rejects.toThrow('ours')
  expect(() => watch.check()).not.toThrow()
})

test('an interruption ends the work at once, and every later step', async () => {
  const interruption = new AbortController()
  using watch = openWatch({ journal: still, signal: interruption.signal, timeout: 60 })
  const work = watch.over(never)
  interruption.abort()
  await expect(work).rejects.toMatchObject({ by: 'interruption', message: 'not played: interrupted' })
  expect(() => watch.check()).toThrow(CutShort)
})

test('a run that was interrupted before plays nothing any more', async () => {
  using watch = openWatch({ journal: still, signal: AbortSignal.abort(), timeout: 60 })
  await expect(watch.over(never)).rejects.toMatchObject({ by: 'interruption' })
})

test.each([
  ['real time', { size: 0 }, 0.1, 'had not ended after 0.1 s'],
  ['the journal', { size: 20_001 }, 60, 'more than 20000 observations'],
])('%s has its bound, and it is the subject that went beyond', async (_, journal, timeout, message) => {
  using watch = openWatch({ journal, signal: new AbortController().signal, timeout })
  await expect(watch.over(never)).rejects.toMatchObject({ by: 'subject', message: expect.stringContaining(message) })
})

test('a script that is left behind acts no more', () => {
  const watch = openWatch({ journal: still, signal: new AbortController().signal, timeout: 60 })
  watch[Symbol.dispose]()
  expect(() => watch.check()).toThrow(CutShort)
})
