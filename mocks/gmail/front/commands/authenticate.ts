import { type Exchange, command } from '../../command.ts'
import { type Outcome, type State, done } from '../../state.ts'
import { announcesSaslIr, capabilityNames } from '../capability.ts'
import { bearer } from '../sasl/bearer.ts'
import { cancelled } from '../sasl/challenge.ts'
import type { Mechanism } from '../sasl/mechanism.ts'
import { oauthbearer } from '../sasl/oauthbearer.ts'
import { plain } from '../sasl/plain.ts'
import { xoauth2 } from '../sasl/xoauth2.ts'
import { statusNamed } from '../words.ts'

const nobody: State = { name: 'not-authenticated' }

const mechanisms: ReadonlyMap<string, Mechanism> = new Map([
  ['XOAUTH2', bearer(xoauth2)],
  ['OAUTHBEARER', bearer(oauthbearer)],
  ['PLAIN', plain('PLAIN')],
  ['PLAIN-CLIENTTOKEN', plain('PLAIN-CLIENTTOKEN')],
])

/** AUTHENTICATE (RFC 3501 §6.2.2, RFC 4959), with the texts and challenges that Gmail was seen to send. */
export const authenticate = command('AUTHENTICATE', ['not-authenticated'], {
  secret: true,
  arguments(wire) {
    const name = wire.sp().atom().toUpperCase()
    // RFC 4422 §3.1; anything longer may be a credential in the wrong place.
    if (!/^[A-Z0-9_-]{1,20}$/.test(name)) wire.fail('auth-type')
    return { name, response: wire.takes(' ') ? wire.remainder() : null }
  },
  shown: ({ name, response }) => (response === null ? name : `${name} ‹initial response›`),
  run(_, { name, response }, exchange) {
    const { stage, gmail, opaqueId } = exchange
    const filling = { id: opaqueId() }
    const mechanism = mechanisms.get(name)
    const offered = capabilityNames(stage, gmail).includes(`AUTH=${name}`)
    if (mechanism === undefined || !offered) {
      if (response !== null) mechanism?.unasked(response, exchange)
      return done(nobody, statusNamed('sasl-unknown', filling))
    }
    if (response === null) return awaitMessage(mechanism, exchange)
    if (response === '*') return done(nobody, cancelled(filling.id))
    if (announcesSaslIr(stage, gmail)) return mechanism.decide(response, true, exchange)
    // RFC 4959 §3: who did not announce it does not understand it.
    mechanism.unasked(response, exchange)
    return done(nobody, statusNamed('unparsable-before-login', filling))
  },
})

const awaitMessage = (mechanism: Mechanism, exchange: Exchange): Outcome => ({
  kind: 'awaits',
  continuation: exchange.gmail.policy.switches.saslContinuation,
  receive: (line) =>
    line === '*' ? done(nobody, cancelled(exchange.opaqueId())) : mechanism.decide(line, false, exchange),
  closed: () => {},
})
