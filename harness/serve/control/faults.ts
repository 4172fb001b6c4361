import * as v from 'valibot'
import type { ImapFault, ImapPoint } from '../../model/imap-fault.ts'
import { googleEndpoints } from '../../model/observation.ts'
import type { Json, ResponseFault } from '../../model/response-fault.ts'
import { gmailRefusals } from '../../model/gmail-setup.ts'
import { members } from './members.ts'

const count = v.pipe(v.number(), v.integer('expected a whole number'), v.minValue(1, 'expected 1 or more'))
const octets = v.pipe(
  v.number(),
  v.integer('expected a whole number'),
  v.minValue(0, 'expected 0 or more'),
  v.maxValue(1 << 30, 'expected at most 1073741824'),
)
/** Simulated: a day at most, so that nobody waits for ever. */
const milliseconds = v.pipe(
  v.number(),
  v.minValue(0, 'expected 0 or more'),
  v.maxValue(86_400_000, 'expected at most 86400000'),
)
const name = v.pipe(v.string(), v.nonEmpty('expected a name for the journal'))
const line = v.pipe(v.string(), v.regex(/^[^\r\n]*$/, 'expected one line'))
const pieces = v.pipe(octets, v.minValue(1, 'expected 1 or more'))

const transport = v.variant('kind', [
  members({ kind: v.literal('drip'), octets: pieces, every: milliseconds }),
  members({ kind: v.literal('truncation'), after: octets }),
  members({ kind: v.literal('reset') }),
  members({ kind: v.literal('huge-body'), octets }),
])

/** RFC 9110 §5.1 and §5.5; what HTTP cannot carry would fail only when the answer leaves. */
const fields = v.record(
  v.pipe(v.string(), v.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'expected the name of a header field')),
  v.nullable(v.pipe(v.string(), v.regex(/^[\t\x20-\x7e]*$/, 'expected the value of a header field'))),
)

/** A `ResponseFault`. */
export const googleFault: v.GenericSchema<unknown, ResponseFault> = v.pipe(
  members({
    name,
    endpoint: v.picklist(googleEndpoints),
    occurrence: v.union([count, v.array(count), v.literal('every')]),
    // A Response has no other (Fetch, "initialize a response").
    status: v.exactOptional(
      v.pipe(
        v.number(),
        v.integer('expected a whole number'),
        v.minValue(200, 'expected 200 to 599'),
        v.maxValue(599, 'expected 200 to 599'),
      ),
    ),
    headers: v.exactOptional(fields),
    retryAfter: v.exactOptional(
      members({
        seconds: v.pipe(v.number(), v.minValue(0, 'expected 0 or more')),
        form: v.picklist(['delay-seconds', 'HTTP-date']),
      }),
    ),
    body: v.exactOptional(v.string()),
    members: v.exactOptional(v.record(v.string(), v.unknown() as unknown as v.GenericSchema<Json>)),
    without: v.exactOptional(v.array(v.string())),
    delay: v.exactOptional(milliseconds),
    transport: v.exactOptional(transport),
  }),
  v.check(
    ({ transport: spoils, endpoint }) => spoils === undefined || endpoint !== 'authorization-endpoint',
    'the browser reaches the authorization-endpoint without a transport; name another endpoint',
  ),
)

const carrierEffects = [
  members({
    kind: v.literal('end'),
    bye: v.exactOptional(line),
    reset: v.exactOptional(v.boolean()),
    octets: v.exactOptional(octets),
  }),
  members({ kind: v.literal('silence'), octets: v.exactOptional(octets) }),
  members({ kind: v.literal('wait'), milliseconds }),
  members({ kind: v.literal('trickle'), octets: pieces, milliseconds: v.exactOptional(milliseconds) }),
] as const

const dialogueEffects = [
  members({ kind: v.literal('say'), lines: v.array(line) }),
  members({ kind: v.literal('flood'), octets }),
  members({ kind: v.literal('answer'), text: line }),
  members({ kind: v.literal('refuse'), refusal: v.picklist(gmailRefusals) }),
  members({ kind: v.literal('recite') }),
  members({ kind: v.literal('arrive'), message: v.string() }),
  members({ kind: v.literal('vanish'), uid: count }),
  members({ kind: v.literal('renumber'), folder: v.string() }),
] as const

const point =
  /^(?:connection|greeting|challenge|idle|expiry|literal|continuation|(?:command|answer|after) (?:\*|[A-Z]+(?: [A-Z]+)?))$/
const onlyCarriers: readonly ImapPoint[] | readonly string[] = ['literal', 'continuation']
const carriers: readonly string[] = carrierEffects.map(({ entries }) => entries.kind.literal)

/** An `ImapFault`. */
export const gmailFault = v.pipe(
  members({
    name,
    at: v.pipe(
      v.string(),
      v.regex(point, 'expected a point such as greeting, challenge, command SELECT, answer UID FETCH or after *'),
    ),
    occurrence: v.union([count, v.literal('every')]),
    arguments: v.exactOptional(v.string()),
    effect: v.variant('kind', [...carrierEffects, ...dialogueEffects]),
  }),
  v.check(
    ({ at, effect }) => !onlyCarriers.includes(at) || carriers.includes(effect.kind),
    `at literal and continuation nothing can happen but ${carriers.join(', ')}`,
  ),
) as unknown as v.GenericSchema<unknown, ImapFault>
