import fixture from '../../fixtures/google/scopes.json' with { type: 'json' }

const known: ReadonlySet<string> = new Set(fixture.scopes)
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
