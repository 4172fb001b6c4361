import { expect, test } from 'vitest'
import { wallClock } from '../runtime/wall-clock.ts'
import { type RealTime, createRunningClock } from './running-clock.ts'

const epoch = Date.UTC(2026, 10, 23, 9)

/** Real time that passes when the test says so, its one timer included. */
function passingTime() {
  let now = epoch
  let timer: { readonly at: number; readonly callback: () => void } | undefined
  const real: RealTime = {
    now: () => now,
    after(milliseconds, callback) {
      const own = { at: now + milliseconds, callback }
      timer = own
      return () => void (timer = timer === own ? undefined : timer)
    },
  }
  return {
    real,
    waits: () => (timer === undefined ? null : timer.at - now),
    pass(milliseconds: number) {
      for (const until = now + milliseconds; ;) {
        const due = timer
        if (due === undefined || due.at > until) return void (now = until)
        timer = undefined
        now = Math.max(now, due.at)
        due.callback()
      }
    },
    setBack: (milliseconds: number) => void (now -= milliseconds),
    /** A machine that sleeps: time passes, and no timer with it. */
    sleepThrough: (milliseconds: number) => void (now += milliseconds),
  }
}

test('it shows real time, and what it was put forward', () => {
  const { real, pass } = passingTime()
  using clock = createRunningClock(real)
  pass(5)
  expect([clock.now(), clock.elapsed()]).toEqual([epoch + 5, 5])
  clock.advance(3_600_000)
  pass(7)
  expect([clock.now(), clock.elapsed()]).toEqual([epoch + 3_600_012, 3_600_012])
})

test('timers fall due in real time, in order', () => {
  const { real, pass, waits } = passingTime()
  using clock = createRunningClock(real)
  const ran: string[] = []
  clock.schedule(epoch + 20, () => ran.push(`second at ${clock.elapsed()}`))
  clock.schedule(epoch + 10, () => ran.push(`first at ${clock.elapsed()}`))
  expect(waits()).toBe(10)
  pass(9)
  expect(ran).toEqual([])
  pass(1)
  expect([ran, waits()]).toEqual([['first at 10'], 10])
  pass(10)
  expect([ran, waits()]).toEqual([['first at 10', 'second at 20'], null])
})

test('what it is put forward by runs the timers on the way, each at its own time', () => {
  const { real, pass } = passingTime()
  using clock = createRunningClock(real)
  const ran: number[] = []
  const again = (): void => {
    ran.push(clock.elapsed())
    if (ran.length < 4) clock.schedule(clock.now() + 100, again)
  }
  clock.schedule(epoch + 100, again)
  clock.advance(350)
  expect([ran, clock.elapsed()]).toEqual([[100, 200, 300], 350])
  pass(50)
  expect(ran).toEqual([100, 200, 300, 400])
})

test('a timer may put it forward, and the next one waits for its end', () => {
  const { real, pass } = passingTime()
  using clock = createRunningClock(real)
  const ran: string[] = []
  clock.schedule(epoch + 10, () => {
    clock.advance(100)
    ran.push(`first at ${clock.elapsed()}`)
  })
  clock.schedule(epoch + 50, () => ran.push(`second at ${clock.elapsed()}`))
  pass(10)
  expect(ran).toEqual(['first at 10', 'second at 110'])
  expect(clock.elapsed()).toBe(110)
})

test('a sleeper wakes, a cancelled timer does not run, and one for the past runs now', async () => {
  const { real, pass } = passingTime()
  using clock = createRunningClock(real)
  let ran = 0
  const asleep = clock.sleep(10).then(() => clock.elapsed())
  clock.schedule(epoch + 5, () => (ran += 1))()
  clock.schedule(epoch - 5, () => (ran += 10))
  pass(0)
  expect(ran).toBe(10)
  pass(10)
  expect([await asleep, ran]).toEqual([10, 10])
})

test('it never goes back, and a machine that slept is noticed within a minute', () => {
  const { real, pass, setBack, sleepThrough } = passingTime()
  using clock = createRunningClock(real)
  let ran = false
  clock.schedule(epoch + 3_600_000, () => (ran = true))
  pass(1000)
  expect(clock.elapsed()).toBe(1000)
  setBack(500)
  expect(clock.elapsed()).toBe(1000)
  sleepThrough(3_599_000)
  expect(ran).toBe(false)
  pass(60_000)
  expect(ran).toBe(true)
})

test('the end drops every timer, also those that are due together with the one that ends it', () => {
  const { real, pass, waits } = passingTime()
  const clock = createRunningClock(real)
  let ran = 0
  clock.schedule(epoch + 10, () => clock[Symbol.dispose]())
  clock.schedule(epoch + 10, () => (ran += 1))
  pass(10)
  clock.schedule(epoch + 20, () => (ran += 1))
  clock.advance(100)
  expect([ran, waits(), clock.elapsed()]).toEqual([0, null, 110])
})

test.each([-1, NaN, Infinity, 8.64e15])('it cannot be put forward by %d', (milliseconds) => {
  using clock = createRunningClock(passingTime().real)
  expect(() => clock.advance(milliseconds)).toThrow(RangeError)
  expect(clock.elapsed()).toBe(0)
})

test('a timer that fails takes none with it', () => {
  const { real, pass } = passingTime()
  using clock = createRunningClock(real)
  let ran = false
  clock.schedule(epoch + 10, () => {
    throw new Error('a mock of ours failed')
  })
  clock.schedule(epoch + 10, () => (ran = true))
  expect(() => pass(10)).toThrow('a mock of ours failed')
  pass(0)
  expect(ran).toBe(true)
})

test('the real clock is this machine’s, and its timers fire', async () => {
  using clock = createRunningClock()
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000)
  const before = wallClock.now()
  await clock.sleep(2)
  expect(wallClock.now() - before).toBeLessThan(5000)
})
