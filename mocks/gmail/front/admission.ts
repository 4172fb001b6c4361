import type { GmailRefusal } from '../../../harness/model/gmail-setup.ts'
import type { Exchange } from '../command.ts'
import type { GmailWorld } from '../gmail-world.ts'
import { type Outcome, type State, done } from '../state.ts'
import { capabilities } from './capability.ts'
import { type Refusal, refusalNamed, statusNamed, statusOf } from './words.ts'

const nobody: State = { name: 'not-authenticated' }

/** Why Gmail does not let an account in although its credentials are good; undefined when it does. */
export function closedTo(
  { policy, connectionsOf }: GmailWorld,
  address: string,
  by: 'token' | 'password',
): GmailRefusal | undefined {
  const scripted = policy.refusals.get(address.toLowerCase())
  if (scripted !== undefined && !(by === 'token' && refusalNamed(scripted, {}).passwordsOnly)) return scripted
  return connectionsOf(address) >= policy.switches.connectionsPerAccount ? 'too-many-connections' : undefined
}

/** Who has proved who it is. */
export interface Proved {
  readonly address: string
  /** Of its token, epoch milliseconds; null for a password. */
  readonly expiresAt: number | null
}

/**
 * Lets a client in, once its mail can be reached.
 *
 * @param recorded told how it ended, before the client is
 */
export const admit = (proved: Proved, exchange: Exchange, recorded: (refusal?: GmailRefusal) => void): Outcome => ({
  kind: 'waits',
  begin: (settle) =>
    exchange.open(proved.address, (state) => {
      recorded(...(state === undefined ? (['unavailable'] as const) : []))
      settle(
        state === undefined ? refuse(refusalFor('unavailable', exchange), exchange) : welcome(proved, state, exchange),
      )
    }),
})

function welcome({ address, expiresAt }: Proved, state: State, exchange: Exchange): Outcome {
  const { gmail, untagged, authenticated } = exchange
  const told = `CAPABILITY ${capabilities('after-login', gmail)}`
  const { capabilitiesAfterLogin: how } = gmail.policy.switches
  authenticated(address, expiresAt)
  if (how === 'untagged') untagged(told)
  const { condition, text } = statusNamed('authenticated', { address })
  const status = { condition, text: how === 'code' ? `[${told}] ${text}` : text }
  return done(state, status)
}

export const refusalFor = (name: GmailRefusal, { opaqueId }: Exchange): Refusal =>
  refusalNamed(name, { id: opaqueId() })

/** Ends a login with a refusal's words. */
export function refuse({ untagged, answer }: Refusal, exchange: Exchange): Outcome {
  for (const line of untagged) exchange.untagged(line)
  if (answer.startsWith('BYE ')) return { kind: 'bye', text: answer.slice('BYE '.length) }
  return done(nobody, statusOf(answer))
}
