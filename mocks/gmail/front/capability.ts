import { appendLimit } from '../core/append-limit.ts'
import type { FrontPolicy } from '../gmail-world.ts'

/** Gmail's own lists in Gmail's own order (captured in 2026). */
const beforeLogin =
  'IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER'
const afterLogin = `IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS COMPRESS=DEFLATE ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=${appendLimit}`

/** What this server lacks of that. It is not advertised, or clients would use it. */
const notImplemented: ReadonlySet<string> = new Set(['XLIST', 'XYZZY', 'AUTH=PLAIN-CLIENTTOKEN', 'COMPRESS=DEFLATE'])

/** RFC 4959: an initial response may stand on the AUTHENTICATE line. */
export const announcesSaslIr = true

const implemented = (list: string): string[] => list.split(' ').filter((name) => !notImplemented.has(name))

/** The list that a client is told, in one line. */
export function capabilities(authenticated: boolean, { mechanisms }: FrontPolicy): string {
  if (authenticated) return implemented(afterLogin).join(' ')
  const withdrawn = (['XOAUTH2', 'OAUTHBEARER'] as const).filter((mechanism) => !mechanisms.includes(mechanism))
  return implemented(beforeLogin)
    .filter((name) => !withdrawn.some((mechanism) => name === `AUTH=${mechanism}`))
    .join(' ')
}
