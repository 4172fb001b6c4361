import type { Scenario } from '../../harness/model/scenario.ts'
import { accessRemoved } from './access-removed.ts'
import { configuration } from './configuration.ts'
import { expiryTogether } from './expiry-together.ts'
import { foreignIssuer } from './foreign-issuer.ts'
import { forgedCallback } from './forged-callback.ts'
import { imapSwitchedOff } from './imap-switched-off.ts'
import { lifecycle } from './lifecycle.ts'
import { storage } from './storage.ts'

/** Every scenario; the ones that take longest stand first, so that the stages end together. */
export const scenarios: readonly Scenario[] = [
  lifecycle,
  storage,
  accessRemoved,
  expiryTogether,
  forgedCallback,
  foreignIssuer,
  imapSwitchedOff,
  configuration,
]
