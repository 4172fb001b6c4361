import type { Cause } from '../model.ts'
import { authorizationCodeCauses } from './authorization-codes.ts'
import { authorizationRequestCauses } from './authorization-requests.ts'
import { clientCauses } from './clients.ts'
import { consentCauses } from './consent.ts'
import { mailCauses } from './mail.ts'
import { networkCauses } from './network.ts'
import { refreshTokenCauses } from './refresh-tokens.ts'
import { serviceAccountCauses } from './service-accounts.ts'

/** Everything that an error may come from; the order decides between equals. */
export const causes: readonly Cause[] = [
  ...refreshTokenCauses,
  ...authorizationCodeCauses,
  ...clientCauses,
  ...consentCauses,
  ...authorizationRequestCauses,
  ...serviceAccountCauses,
  ...mailCauses,
  ...networkCauses,
]
