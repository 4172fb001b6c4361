import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDateTime, parseDateTime, parseMessageDate } from './date-time.ts'

test('date-time comes back to the second', () => {
  const second = fc.integer({ min: 0, max: 4_000_000_000 })
  fc.assert(fc.property(second, (time) => parseDateTime(formatDateTime(time * 1000)) === time * 1000))
})

test.each([
  ['17-Jul-1996 02:44:25 -0700', Date.UTC(1996, 6, 17, 9, 44, 25)],
  [' 1-feb-2026 00:00:00 +0530', Date.UTC(2026, 0, 31, 18, 30)],
  ['32-Jan-2026 00:00:00 +0000', undefined],
  ['1-Feb-2026 00:00:00 +0000', undefined],
])('date-time %s', (text, time) => {
  expect(parseDateTime(text)).toBe(time)
})

test.each([
  ['Mon, 12 Jan 2026 09:14:05 +0100', Date.UTC(2026, 0, 12, 8, 14, 5)],
  ['12 Jan 26 09:14 -0930 (comment)', Date.UTC(2026, 0, 12, 18, 44)],
  ['soon', undefined],
])('Date field %s', (text, time) => {
  expect(parseMessageDate(text)?.time).toBe(time)
})
