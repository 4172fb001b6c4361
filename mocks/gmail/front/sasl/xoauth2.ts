import { wordsOf } from '../words.ts'
import type { BearerMechanism } from './mechanism.ts'

/**
 * `user=` address ^A `auth=Bearer ` token ^A ^A (Google, XOAUTH2 protocol, "Initial Client Response"); the scheme alone may
 * be in any case (RFC 9110 §11.1).
 */
const message = /^user=([^\x01]+)\x01auth=[Bb][Ee][Aa][Rr][Ee][Rr] ([^\x01\s]+)\x01\x01$/

/** Google's XOAUTH2. */
export const xoauth2: BearerMechanism = {
  name: 'XOAUTH2',
  read(decoded) {
    const [, user, token] = message.exec(decoded) ?? []
    return user === undefined || token === undefined ? undefined : { user, token }
  },
  errorChallenge: ({ xoauth2ErrorStatus }) =>
    wordsOf(xoauth2ErrorStatus === '400' ? 'xoauth2-challenge' : 'xoauth2-challenge-documented'),
  badToken: 'invalid-credentials',
}
