import fixture from '../../fixtures/google/scopes.json' with { type: 'json' }

const known: ReadonlySet<string> = new Set(fixture.scopes)
/** The scopes that a device may ask for: none of Gmail's. */
export const deviceScopes: ReadonlySet<string> = new Set(fixture.device)
const nonSensitive: ReadonlySet<string> = new Set(fixture.nonSensitive)
const longNames: Readonly<Record<string, string>> = fixture.short
const shortNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(longNames).map(([short, long]) => [long, short]),
)

/** The scopes of a space-delimited list, without repetition (RFC 6749 §3.3). */
export const scopesOf = (list: string): readonly string[] => [
  ...new Set(list.split(' ').filter((scope) => scope !== '')),
]

export const unknownScopes = (scopes: readonly string[]): readonly string[] =>
  scopes.filter((scope) => !known.has(scope))

/** One name for both spellings of a scope. */
export const canonical = (scope: string): string => longNames[scope] ?? scope

export const isIdentityScope = (scope: string): boolean =>
  scope === 'openid' || scope in longNames || scope in shortNames

/** Whether tokens with it end when the account's password changes (Google, OAuth 2.0 overview). */
export const isGmailScope = (scope: string): boolean =>
  scope === 'https://mail.google.com/' || scope.startsWith('https://www.googleapis.com/auth/gmail.')

/** The scope under session control. */
export const cloudPlatformScope = 'https://www.googleapis.com/auth/cloud-platform'

/** Whether an application needs Google's verification to ask for it: restricted scopes count among the sensitive ones. */
export const isSensitive = (scope: string): boolean => !isIdentityScope(scope) && !nonSensitive.has(scope)

/** As token answers spell it: `email` becomes `…/auth/userinfo.email` (Google, web-server guide). */
export const inTokenAnswer = (scopes: readonly string[], spelling: 'long' | 'as-requested'): string =>
  spelling === 'long' ? [...new Set(scopes.map(canonical))].join(' ') : scopes.join(' ')

/**
 * As redirects spell it: identity scopes in both spellings, `openid` last (captured redirect of 2026-09-16: `email
 * profile https://www.googleapis.com/auth/userinfo.profile … openid`).
 */
export function inRedirect(scopes: readonly string[]): string {
  const long = scopes.map(canonical)
  const identity = long.filter((scope) => scope in shortNames)
  const others = long.filter((scope) => !(scope in shortNames) && scope !== 'openid')
  const openid = scopes.includes('openid') ? ['openid'] : []
  return [...new Set([...identity.map((scope) => shortNames[scope]!), ...others, ...identity, ...openid])].join(' ')
}

/** As a refusal lists them: `{invalid=[…]}`, behind the valid ones where there are some (captured). */
export function inRefusal(scopes: readonly string[]): string {
  const invalid = unknownScopes(scopes)
  const valid = scopes.filter((scope) => known.has(scope))
  const list = `invalid=[${invalid.join(', ')}]`
  return valid.length === 0 ? `{${list}}` : `{valid=[${valid.map(canonical).join(', ')}], ${list}}`
}
