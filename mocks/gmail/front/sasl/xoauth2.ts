import { no } from '../../state.ts'
import type { BearerMechanism } from './mechanism.ts'

/** `user=` address ^A `auth=Bearer ` token ^A ^A (Google, XOAUTH2 protocol, "Initial client response"). */
const message = /^user=([^\x01]+)\x01auth=Bearer ([^\x01\s]+)\x01\x01$/i

/** Google's XOAUTH2. The status is 400 for every bad token; the 401 of the documentation was not seen live. */
export const xoauth2: BearerMechanism = {
  name: 'XOAUTH2',
  read(decoded) {
    const [, user, token] = message.exec(decoded) ?? []
    return user === undefined || token === undefined ? undefined : { user, token }
  },
  errorChallenge: '{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}',
  failed: () => no('[AUTHENTICATIONFAILED] Invalid credentials (Failure)'),
}
