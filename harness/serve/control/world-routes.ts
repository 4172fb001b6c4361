import * as v from 'valibot'
import { Fault } from '../../model/fault.ts'
import { gmailFault, googleFault } from './faults.ts'
import { members } from './members.ts'
import { type Route, done, route } from './route.ts'

const none = members({})
const nothing = { status: 204 } as const

const fault = route({
  method: 'POST',
  path: '/fault',
  summary: 'Arm a fault of Google’s endpoints, of Gmail, or one of each.',
  input: v.pipe(
    members({ google: v.exactOptional(googleFault), gmail: v.exactOptional(gmailFault) }),
    v.check(
      ({ google, gmail }) => google !== undefined || gmail !== undefined,
      'a fault of google or gmail is expected',
    ),
  ),
  examples: [
    { google: { name: 'overloaded', endpoint: 'token-endpoint', occurrence: 1, status: 503 } },
    {
      gmail: { name: 'goodbye', at: 'command SELECT', occurrence: 'every', effect: { kind: 'end', bye: 'Later' } },
    },
  ],
  success: nothing,
  answer({ world }, { google, gmail }) {
    if (google !== undefined) world.google.fault(google)
    if (gmail !== undefined) world.gmail.fault(gmail)
    return done()
  },
})

const clearFaults = route({
  method: 'DELETE',
  path: '/fault',
  summary: 'Disarm every fault.',
  input: none,
  examples: [{}],
  success: nothing,
  answer({ world }) {
    world.google.clearFaults()
    world.gmail.clearFaults()
    return done()
  },
})

const reset = route({
  method: 'POST',
  path: '/reset',
  summary: 'Begin anew: tokens, mail, faults, time and journal; addresses and credentials stay.',
  input: none,
  examples: [{}],
  success: nothing,
  async answer(served) {
    await served.reset()
    return done()
  },
})

const journal = route({
  method: 'GET',
  path: '/journal',
  summary: 'Tell what happened, one observation a line, oldest first; behind the first lines, as many as “after” says.',
  input: members({ after: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'expected a number of lines'))) }),
  examples: [{}, { after: '0' }],
  success: { status: 200, type: 'application/jsonl', shows: v.string() },
  answer({ world }, { after = '0' }) {
    const observations = world.observations()
    if (Number(after) > observations.length)
      throw new Fault(
        'USAGE',
        `after: the journal has ${observations.length} lines.`,
        'A reset begins it anew; read it from its beginning.',
      )
    const lines = observations.slice(Number(after)).map((observation) => `${JSON.stringify(observation)}\n`)
    return new Response(lines.join(''), { headers: { 'content-type': 'application/jsonl' } })
  },
})

export const worldRoutes: readonly Route[] = [fault, clearFaults, reset, journal]
