import type { ParsedUri } from '../../harness/model/configuration.ts'
import { isLoopback, isWeb } from './redirects.ts'

/**
 * Google’s table of what a redirect URI and a JavaScript origin may be (web-server guide, “Redirect URI validation rules”;
 * Manage OAuth Clients), row by row. Each rule answers with what is wrong, undefined where nothing is.
 */
type Rule = (uri: string, parsed: ParsedUri) => string | undefined

/**
 * Domains of services that shorten links. Google names goo.gl; the others are ours, and stand in suites/clarifications.md.
 */
const shorteners = new Set([
  'goo.gl',
  'bit.ly',
  't.co',
  'tinyurl.com',
  'ow.ly',
  'is.gd',
  'buff.ly',
  'rebrand.ly',
  'cutt.ly',
])

/** Rows “Host” and “Domain”: what a URI that is no loopback one may have as host. */
export const hostProblem: Rule = (_, parsed) => {
  const { host, hostKind, registrable, suffix, path } = parsed
  if (!isWeb(parsed) || isLoopback(parsed)) return undefined
  if (hostKind === 'none') return 'no host'
  if (hostKind !== 'name') return `an IP address, ${host}`
  if (/(?:^|\.)googleusercontent\.com\.?$/.test(host)) return 'a host of googleusercontent.com'
  if (suffix === 'unknown') return `${host}, which ends in no public suffix`
  if (registrable === null) return `${host}, which is a public suffix itself`
  return shorteners.has(registrable) && !/\/google-callback(?:\/|$)/.test(path)
    ? `${registrable}, which shortens links, without /google-callback in the path`
    : undefined
}

/** Row “Path”: also in half and in whole percent-encoding. */
const traversal: Rule = (_, { path }) =>
  /(?:[/\\]|%2f|%5c)(?:\.|%2e){2}/i.test(path) ? 'a path that goes up, /..' : undefined

/** Row “Query”: an open redirector is told by a value that is an address itself (RFC 6749 §10.15). */
const forwarding: Rule = (_, { query }) => {
  const target = query
    .split(/[&;]/)
    .map((pair) => decoded(pair.slice(pair.indexOf('=') + 1)))
    .find((value) => /^\s*(?:https?:|[a-z][a-z0-9+.-]*:?[/\\]{2}|[/\\]{2})/i.test(value))
  return target === undefined ? undefined : 'a query value that is an address to forward to'
}

function decoded(value: string): string {
  try {
    const once = decodeURIComponent(value)
    return once === value ? value : decoded(once)
  } catch {
    return value
  }
}

/** Row “Characters”, and the backslash, which browsers take for a slash and RFC 3986 for nothing. */
const characters: Rule = (uri) => {
  if (uri.includes('*')) return 'a wildcard, *'
  if (/[\p{Cc} ]/u.test(uri)) return 'a blank or a character that cannot be printed'
  if (/%(?![\da-f]{2})/i.test(uri)) return 'a percent sign without two hexadecimal digits'
  if (/%00|%c0%80/i.test(uri)) return 'an encoded NUL'
  return uri.includes('\\') ? 'a backslash' : undefined
}

const port: Rule = (_, { port: number }) =>
  /^\d*$/.test(number) && Number(number) <= 65_535 ? undefined : 'a port that is no number up to 65535'

const rules: readonly Rule[] = [
  (_, { fragment }) => (fragment ? 'a fragment, #…' : undefined),
  (_, { userinfo }) => (userinfo ? 'a user before the host, …@' : undefined),
  traversal,
  characters,
  port,
  forwarding,
]

const first = (of: readonly Rule[], uri: string, parsed: ParsedUri): string | undefined =>
  of.map((rule) => rule(uri, parsed)).find((problem) => problem !== undefined)

/** Rows “Userinfo”, “Path”, “Query”, “Fragment” and “Characters”. */
export const uncleanProblem: Rule = (uri, parsed) => first(rules, uri, parsed)

/** An origin has no path and no query either. */
export const uncleanOriginProblem: Rule = (uri, parsed) =>
  first(
    [
      ...rules,
      (_, { path }) => (path === '' ? undefined : 'a path, be it only /'),
      (_, { query }) => (query === '' ? undefined : 'a query'),
    ],
    uri,
    parsed,
  )
