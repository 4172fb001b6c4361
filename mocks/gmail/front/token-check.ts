import type { AuthRefusal } from '../../../harness/model/observation.ts'
import type { GmailWorld } from '../gmail-world.ts'

export const mailScope = 'https://mail.google.com/'
/** Opens mailboxes by domain-wide delegation alone (Google, XOAUTH2 protocol, "Domain-wide delegation for Google Workspace"). */
const delegatedScope = 'https://www.googleapis.com/auth/gmail.imap_admin'

export type TokenVerdict =
  | { readonly accepted: true; readonly address: string; readonly expiresAt: number }
  | { readonly accepted: false; readonly refusal: AuthRefusal }

const serviceAccount = /\.gserviceaccount\.com$/i

const refused = (refusal: AuthRefusal): TokenVerdict => ({ accepted: false, refusal })

/** Whether a token opens the mailbox of `user`. The client is never told which of the reasons it was. */
export function checkToken({ lookup, clock }: GmailWorld, user: string, token: string): TokenVerdict {
  const status = lookup(token)
  if (status.status === 'unknown') return refused('unknown-token')
  if (status.status !== 'live') return refused(status.status)
  if (status.expiresAt <= clock.now()) return refused('expired')
  // A service account has no mailbox; the user is whom it stands for.
  if (serviceAccount.test(user)) return refused('lookup-failed')
  if (status.address.toLowerCase() !== user.toLowerCase()) return refused('wrong-user')
  const opens = status.scopes.includes(mailScope) || (status.delegated && status.scopes.includes(delegatedScope))
  if (!opens) return refused('wrong-scope')
  return { accepted: true, address: status.address, expiresAt: status.expiresAt }
}
