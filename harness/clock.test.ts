import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createClock } from './clock.ts'

const epoch = Date.UTC(2026, 0, 14, 9)

test('timers run in order of time, then of scheduling, each at its own time', () => {
  const times = fc.array(fc.integer({ min: -5, max: 50 }), { maxLength: 20 })
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 60 }), (delays, until) => {
      const clock = createClock(epoch)
      const ran: (readonly [number, number])[] = []
      for (const [index, delay] of delays.entries())
        clock.schedule(epoch + delay, () => ran.push([clock.elapsed(), index]))
      clock.set(epoch + until)
      const due = [...delays.entries()].map(([index, delay]) => [Math.max(0, delay), index] as const)
      expect(ran).toEqual(due.filter(([at]) => at <= until).toSorted(([a], [b]) => a - b))
      expect([clock.now(), clock.elapsed()]).toEqual([epoch + until, until])
      expect(clock.nextDue).toBe(
        due.length === ran.length ? undefined : epoch + Math.min(...due.map(([at]) => at).filter((at) => at > until)),
      )
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('what a timer schedules on the way runs on the same way', () => {
  const clock = createClock(epoch)
  const ran: number[] = []
  const again = (): void => {
    ran.push(clock.elapsed())
    if (ran.length < 4) clock.schedule(clock.now() + 10, again)
  }
  clock.schedule(epoch + 10, again)
  clock.set(epoch + 35)
  expect(ran).toEqual([10, 20, 30])
  clock.set(epoch + 40)
  expect(ran).toEqual([10, 20, 30, 40])
})

test('a cancelled timer does not run, even when an earlier one cancels it', () => {
  const clock = createClock(epoch)
  let ran = 0
  const cancel = clock.schedule(epoch + 10, () => (ran += 1))
  clock.schedule(epoch + 10, () => (ran += 10))
  clock.schedule(epoch + 5, cancel)
  clock.set(epoch + 10)
  expect(ran).toBe(10)
})

test('one can arrive at a time before its timers run', async () => {
  const clock = createClock(epoch)
  let slept = false
  const sleeping = clock.sleep(10).then(() => (slept = true))
  clock.arrive(epoch + 10)
  await Promise.resolve()
  expect([clock.elapsed(), slept, clock.nextDue]).toEqual([10, false, epoch + 10])
  clock.set(epoch + 10)
  await sleeping
  expect(slept).toBe(true)
})
