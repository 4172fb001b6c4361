import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silenceMeter } from './silence.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const pass = (milliseconds: number): void => void vi.advanceTimersByTime(milliseconds)

test('silence lasts from the last stir', () => {
  const silence = silenceMeter()
  pass(30)
  expect(silence.lasting()).toBe(30)
  silence.stir()
  pass(4)
  expect(silence.lasting()).toBe(4)
})

test('rest is several times the longest pause of the acts before, and never less than a moment', () => {
  const silence = silenceMeter()
  const shortest = silence.rest()
  expect(shortest).toBeGreaterThan(0)
  const act = (...pauses: number[]): void => {
    silence.workBegins()
    for (const pause of pauses) {
      pass(pause)
      silence.stir()
    }
    silence.workEnds()
  }
  act(1, 40, 2)
  const slow = silence.rest()
  expect(slow).toBeGreaterThanOrEqual(40)
  // Quick acts later make it shorter again, yet the longest pause of all stays a bound.
  for (let quick = 0; quick < 5; quick++) act(1)
  expect(silence.rest()).toBeGreaterThanOrEqual(40)
  expect(silence.rest()).toBeLessThan(slow)
  act(60_000)
  expect(silence.rest()).toBeLessThanOrEqual(2_000)
})

test('pauses between acts are no pace of anybody', () => {
  const silence = silenceMeter()
  const shortest = silence.rest()
  pass(500)
  silence.stir()
  silence.workBegins()
  silence.workEnds()
  pass(500)
  silence.stir()
  expect(silence.rest()).toBe(shortest)
})

test('waiting for a time that has not come is not the pace of a subject', () => {
  const silence = silenceMeter()
  const before = silence.rest()
  silence.workBegins()
  pass(600)
  silence.forget()
  silence.stir()
  silence.workEnds()
  expect(silence.rest()).toBe(before)
})
