import { expect, test } from 'vitest'
import { createClock } from './clock.ts'
import { stageTime } from './stage-time.ts'

const minute = 60_000

/** A world in which something is under way for so many looks, and the time at which that ended. */
function underWayFor(looks: number, kind: 'busy' | 'owes') {
  const clock = createClock(0)
  let left = looks
  const ended: number[] = []
  const isUnderWay = (): boolean => {
    left -= 1
    if (left === 0) ended.push(clock.now())
    return left > 0
  }
  const world = { clock, journal: { onRecord: () => {} }, busy: () => kind === 'busy' && isUnderWay() }
  return { ended, clock, time: stageTime({ ...world, owes: () => kind === 'owes' && isUnderWay() }, undefined) }
}

test('what a server of real time owes is waited for before time goes on, however many looks that takes', async () => {
  const { ended, clock, time } = underWayFor(250, 'owes')
  await time.advance(minute)
  expect([ended, clock.now()]).toEqual([[0], minute])
})

test('what waits for the very time that is to come holds it up for some looks only', async () => {
  const { ended, clock, time } = underWayFor(100_000, 'busy')
  await time.advance(minute)
  expect([ended, clock.now()]).toEqual([[], minute])
})
