import type { Check } from '../../harness/model/check.ts'
import { pkceS256, redirectUriSame, stateForged } from './authorization.ts'
import { flowCurrent, productionPublished, scopeMail } from './consent.ts'
import { jsonShape, typeMatchesRuntime } from './credentials.ts'
import { codeOnly, issuerExact } from './discovery.ts'
import { peek } from './mailbox.ts'
import { gmailEnabled, separateProduction } from './project.ts'
import { asRules, rsRules } from './mocks.ts'
import { lead, singleFlight, tokenLimit } from './refresh.ts'
import { errorXoauth2, imapOffSurfaced, oauthbearerBytes, xoauth2Bytes } from './sasl.ts'
import { deadGrantStops, onSignout, sessionEnd } from './session-end.ts'
import { encrypted, fileMode, logs } from './store.ts'

/** Grows with every check that is added or whose meaning changes; settings can pin it. */
export const catalogueVersion = 3

/** Every check, in the order of the twelve steps. */
export const checks: readonly Check[] = [
  codeOnly,
  issuerExact,
  separateProduction,
  gmailEnabled,
  imapOffSurfaced,
  jsonShape,
  typeMatchesRuntime,
  scopeMail,
  productionPublished,
  pkceS256,
  stateForged,
  redirectUriSame,
  fileMode,
  encrypted,
  xoauth2Bytes,
  oauthbearerBytes,
  errorXoauth2,
  lead,
  singleFlight,
  sessionEnd,
  deadGrantStops,
  tokenLimit,
  onSignout,
  peek,
  logs,
  flowCurrent,
  asRules,
  rsRules,
]
