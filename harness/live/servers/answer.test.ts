import { expect, test } from 'vitest'
import { askIssuer } from './answer.ts'

const secrets = { mask: (text: string) => text } as never
const start = Date.UTC(2026, 10, 23, 7, 0, 0)

/** One answer, sent and received so many milliseconds behind the full second that its Date has. */
async function aheadOf(fields: Record<string, string>, sent: number, received: number): Promise<number | undefined> {
  const times = [start + sent, start + received]
  const lines = { fetch: () => Promise.resolve(new Response('{}', { headers: fields })) }
  const asked = await askIssuer(
    { lines: lines as never, secrets, now: () => times.shift()! },
    'https://issuer.example/',
  )
  return asked.ahead
}

const date = { date: new Date(start).toUTCString() }

test.each([
  ['at once', 0, 0, 0],
  ['within the second that Date has cut', 900, 990, 0],
  ['by an answer that took long', -5_000, 20_000, 0],
  ['with a clock that is behind', -65_400, -65_000, -65],
  ['with a clock that is ahead', 11_000, 12_000, 10],
])('%s', async (_, sent, received, seconds) => {
  expect(await aheadOf(date, sent, received)).toBe(seconds)
})

test('what a cache has kept is as old as it says', async () => {
  expect(await aheadOf({ ...date, age: '3600' }, 3_600_100, 3_600_200)).toBe(0)
  expect(await aheadOf({ ...date, age: 'long' }, 3_600_100, 3_600_200)).toBe(3599)
})

test('without a Date nothing is told', async () => {
  expect(await aheadOf({}, 0, 0)).toBeUndefined()
  expect(await aheadOf({ date: 'yesterday' }, 0, 0)).toBeUndefined()
})
