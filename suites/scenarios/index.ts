import type { Scenario } from '../../harness/model/scenario.ts'
import { accessRemoved } from './access-removed.ts'
import { configuration } from './configuration.ts'
import { expiryTogether } from './expiry-together.ts'
import { asRules } from './as-rules.ts'
import { foreignIssuer } from './foreign-issuer.ts'
import { forgedCallback } from './forged-callback.ts'
import { imapSwitchedOff } from './imap-switched-off.ts'
import { lifecycle } from './lifecycle.ts'
import { rsRules } from './rs-rules.ts'
import { storage } from './storage.ts'

/**
 * Every scenario, the ones that take longest first, so that the stages end together. The one with a process of its own
 * comes before any: its stage then has no thread yet, which keeps memory low.
 */
export const scenarios: readonly Scenario[] = [
  storage,
  lifecycle,
  accessRemoved,
  expiryTogether,
  forgedCallback,
  foreignIssuer,
  imapSwitchedOff,
  asRules,
  rsRules,
  configuration,
]
