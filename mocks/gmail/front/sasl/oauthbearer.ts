import { wordsOf } from '../words.ts'
import type { BearerMechanism } from './mechanism.ts'

/**
 * RFC 7628 §3.1: gs2-header kvsep *kvpair kvsep. The header says whether the client could bind to a channel and names the
 * user, in whose name `=2C` and `=3D` stand for `,` and `=` (RFC 5801 §4).
 */
const message = /^[ny],a=((?:[^,=\x00\x01]|=2C|=3D)+),\x01((?:[A-Za-z]+=[\x20-\x7e\t\r\n]*\x01)+)\x01$/
const authorization = /^Bearer ([^\s]+)$/i

/** OAUTHBEARER (RFC 7628). `host` and `port` are recorded with the message and not compared. */
export const oauthbearer: BearerMechanism = {
  name: 'OAUTHBEARER',
  read(decoded) {
    const [, user, pairs] = message.exec(decoded) ?? []
    if (user === undefined || pairs === undefined) return undefined
    const auth = pairs.split('\x01').filter((pair) => pair.startsWith('auth='))
    const token = auth.length === 1 ? authorization.exec(auth[0]!.slice('auth='.length))?.[1] : undefined
    return token === undefined ? undefined : { user: user.replaceAll('=2C', ',').replaceAll('=3D', '='), token }
  },
  errorChallenge: () => wordsOf('oauthbearer-challenge'),
  badToken: 'lookup-failed',
}
