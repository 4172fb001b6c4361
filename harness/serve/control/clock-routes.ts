import * as v from 'valibot'
import { Fault } from '../../model/fault.ts'
import type { RunningClock } from '../served-world.ts'
import { members } from './members.ts'
import { type Route, route, shown } from './route.ts'

const time = members({
  /** ISO 8601, UTC. */
  now: v.string(),
  epochMilliseconds: v.number(),
})
const success = { status: 200, type: 'application/json', shows: time } as const

const show = (clock: RunningClock): Response => {
  const now = clock.now()
  return shown({ now: new Date(now).toISOString(), epochMilliseconds: now })
}

/** Nothing that counts time needs more at once: a refresh token dies after half a year. */
const mostSeconds = 10 * 365 * 86_400
/** ISO 8601 has four digits for a year. */
const lastMoment = Date.UTC(9999, 11, 31)

export const clockRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/clock',
    summary: 'Tell the time of the world.',
    input: members({}),
    examples: [{}],
    success,
    answer: ({ world }) => show(world.clock),
  }),
  route({
    method: 'POST',
    path: '/clock',
    summary: 'Put the clock forward by seconds; whatever falls due on the way happens, in order.',
    input: members({
      advance: v.pipe(
        v.number(),
        v.minValue(0, 'expected 0 or more: time does not go back'),
        v.maxValue(mostSeconds, `expected at most ${mostSeconds}, ten years`),
      ),
    }),
    examples: [{ advance: 3600 }],
    success,
    answer({ world: { clock } }, { advance }) {
      const milliseconds = Math.round(advance * 1000)
      if (clock.now() + milliseconds > lastMoment)
        throw new Fault('USAGE', 'The clock would pass the year 9999.', 'Put it forward by less, or reset the world.')
      clock.advance(milliseconds)
      return show(clock)
    },
  }),
]
