import { type Journal, type Observation, all } from '../../harness/model/observation.ts'
import { setting, valuesOf } from './settings.ts'

export type ScopeItem = Observation<'config.item'>

/** What opens IMAP, POP and SMTP, letter by letter (Google, xoauth2-protocol). */
export const mailScope = 'https://mail.google.com/'
/** For domain-wide delegation alone (Google, xoauth2-protocol). */
export const adminScope = 'https://www.googleapis.com/auth/gmail.imap_admin'

const identity = new Set([
  'openid',
  'email',
  'profile',
  'https://www.googleapis.com/auth/userinfo.email',
  'https://www.googleapis.com/auth/userinfo.profile',
])

/**
 * `nearly-mail`: one that was meant to be the mail scope. `gmail`: one of Gmail’s API, which does not open IMAP. `unknown`:
 * no scope of Google’s form; short names are for signing in alone.
 */
export type ScopeKind = 'mail' | 'nearly-mail' | 'admin' | 'gmail' | 'identity' | 'other' | 'unknown'

export function scopeKind(scope: string): ScopeKind {
  if (scope === mailScope) return 'mail'
  if (scope === adminScope) return 'admin'
  if (identity.has(scope)) return 'identity'
  if (/^(?:https?:\/\/)?mail\.google\.com\/?$/i.test(scope)) return 'nearly-mail'
  if (/^https:\/\/www\.googleapis\.com\/auth\/gmail\.[a-z._]+$/.test(scope)) return 'gmail'
  return /^https:\/\/[^\s,]+$/.test(scope) ? 'other' : 'unknown'
}

/** The members of a list of scopes, each a scope or, in one text, many. */
export const scopeItems = (journal: Journal, profile: string): readonly ScopeItem[] =>
  all(journal, 'config.item').filter(({ fields }) => fields.profile === profile && fields.name === 'scopes')

export const scopesIn = ({ fields }: ScopeItem): readonly string[] =>
  fields.value.split(/\s+/).filter((word) => word !== '')

/** A list of scopes among the settings of a profile; undefined where there is no such setting. */
export const scopesOf = (journal: Journal, profile: string, name: string): readonly string[] | undefined => {
  const found = setting(journal, profile, name)
  return found === undefined ? undefined : valuesOf(found)
}
