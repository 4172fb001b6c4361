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

/** Lets a client in. */
export function admit(address: string, expiresAt: number | null, exchange: Exchange): Outcome {
  const { gmail, untagged, authenticated } = exchange
  const told = `CAPABILITY ${capabilities('after-login', gmail.policy)}`
  const { capabilitiesAfterLogin: how } = gmail.policy.switches
  authenticated(address, expiresAt)
  if (how === 'untagged') untagged(told)
  const { condition, text } = statusNamed('authenticated', { address })
  const status = { condition, text: how === 'code' ? `[${told}] ${text}` : text }
  return done({ name: 'authenticated', store: gmail.storeOf(address) }, status)
}

export const refusalFor = (name: GmailRefusal, { opaqueId }: Exchange): Refusal =>
  refusalNamed(name, { id: opaqueId() })

/** Ends a login with a refusal's words. */
export function refuse({ untagged, answer }: Refusal, exchange: Exchange): Outcome {
  for (const line of untagged) exchange.untagged(line)
  if (answer.startsWith('BYE ')) return { kind: 'bye', text: answer.slice('BYE '.length) }
  return done(nobody, statusOf(answer))
}
