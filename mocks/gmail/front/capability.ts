import type { CapabilityChange } from '../../../harness/model/gmail-setup.ts'
import type { GmailWorld } from '../gmail-world.ts'
import { wordsOf } from './words.ts'

/** Where a connection stands: in the clear with TLS to come, before the login, or after it. */
export type Stage = 'in-the-clear' | 'before-login' | 'after-login'

/** What a client is told that this server can do. */
export function capabilityNames(stage: Stage, { core, policy }: GmailWorld): readonly string[] {
  const { mechanisms, capabilities } = policy
  const withdrawn = new Set(changed(capabilities).without)
  for (const name of ['XOAUTH2', 'OAUTHBEARER'] as const) if (!mechanisms.includes(name)) withdrawn.add(`AUTH=${name}`)
  const own = wordsOf(`capability-${stage}`)
    .split(' ')
    .filter((name) => !withdrawn.has(name) && core.offers(name))
  return [...own, ...changed(capabilities).extra]
}

const changed = ({ without = [], extra = [] }: CapabilityChange): Required<CapabilityChange> => ({ without, extra })

export const capabilities = (stage: Stage, gmail: GmailWorld): string => capabilityNames(stage, gmail).join(' ')

/** RFC 4959: whether an initial response may stand on the AUTHENTICATE line. */
export const announcesSaslIr = (stage: Stage, gmail: GmailWorld): boolean =>
  capabilityNames(stage, gmail).includes('SASL-IR')
