import type { ProblemName } from '../sign-in/problem.ts'
import { isLoopbackHost, isLoopbackRedirect } from '../sign-in/loopback.ts'
import type { RegisteredClient } from './clients.ts'

const outOfBand: ReadonlySet<string> = new Set(['oob', 'urn:ietf:wg:oauth:2.0:oob', 'urn:ietf:wg:oauth:2.0:oob:auto'])

/** Whether the answer goes to a page that shows the code, for the user to carry it to the application. */
export const isOutOfBand = (uri: string): boolean => outOfBand.has(uri)

/** Why a client may not be answered at a redirect URI; undefined when it may. */
export function redirectUriProblem(uri: string, client: RegisteredClient): ProblemName | undefined {
  if (isOutOfBand(uri)) return outOfBandProblem(client)
  const url = URL.parse(uri)
  if (url === null || breaksValidation(uri, url)) return 'redirect-uri-invalid'
  if (privateAddress.test(url.hostname)) return 'private-address'
  if (isHttp(url) && breaksWebRules(uri, url)) return 'redirect-uri-invalid'
  return rules[client.type](uri, url, client)
}

/** Google, out-of-band migration guide: applications whose status is Testing may go on using it. */
function outOfBandProblem({ type, project }: RegisteredClient): ProblemName | undefined {
  if (type === 'web') return 'out-of-band-web'
  return type === 'desktop' && project.publishingStatus === 'testing' ? undefined : 'out-of-band'
}

type Rule = (uri: string, url: URL, client: RegisteredClient) => ProblemName | undefined

/** Google, web-server guide: the very registered value; a custom scheme never is one (captured). */
const exact: Rule = (uri, url, client) => {
  if (client.redirect_uris.includes(uri)) return undefined
  return isHttp(url) ? 'redirect-uri-mismatch' : 'custom-scheme-web'
}

/** Google, native-app guide: any loopback URI. */
const loopback: Rule = (uri) => (isLoopbackRedirect(uri) ? undefined : 'redirect-uri-mismatch')

/** Google, native-app guide: a scheme of one's own, and one slash before the path. */
const customScheme: Rule = (uri, url, client) => {
  if (isLoopbackRedirect(uri)) return 'loopback-blocked'
  if (isHttp(url)) return 'redirect-uri-mismatch'
  if (uri.startsWith('//', url.protocol.length)) return 'redirect-uri-invalid'
  return ownSchemes(client).has(url.protocol) ? undefined : 'redirect-uri-mismatch'
}

const rules: Readonly<Record<RegisteredClient['type'], Rule>> = {
  web: exact,
  desktop: loopback,
  ios: customScheme,
  // Off by default since October 2023.
  android: (uri, url, client) =>
    isHttp(url) || client.customScheme ? customScheme(uri, url, client) : 'custom-scheme-disabled',
  chrome: (uri, url) => {
    if (!isHttp(url)) return 'custom-scheme-chrome'
    return isLoopbackRedirect(uri) ? 'loopback-blocked' : 'redirect-uri-mismatch'
  },
  tv: (uri) => (isLoopbackRedirect(uri) ? 'loopback-device' : 'redirect-uri-mismatch'),
}

/** The client id written backwards, and the bundle id or package name that the registered URIs begin with. */
function ownSchemes({ client_id, redirect_uris }: RegisteredClient): ReadonlySet<string> {
  const own = client_id.replace(/\.apps\.googleusercontent\.com$/, '').toLowerCase()
  const registered = redirect_uris.map((uri) => URL.parse(uri)?.protocol ?? '').filter((scheme) => scheme.includes('.'))
  return new Set([`com.googleusercontent.apps.${own}:`, ...registered])
}

const isHttp = ({ protocol }: URL): boolean => protocol === 'https:' || protocol === 'http:'

const privateAddress = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/

/**
 * Google, web-server guide, "Redirect URI validation rules", for any URI: no fragment, wildcard, path traversal,
 * unprintable character, broken percent-encoding or encoded NUL; a scheme other than HTTP needs a period (native-app
 * guide), and HTTP its two slashes (captured).
 */
function breaksValidation(uri: string, url: URL): boolean {
  if (/[#*\p{Cc} ]/u.test(uri) || /%(?![\da-f]{2})|%00|%c0%80/i.test(uri)) return true
  if (/(?:[/\\]|%2f|%5c)(?:\.|%2e){2}/i.test(uri)) return true
  return isHttp(url) ? !/^https?:\/\/[^/\\]/i.test(uri) : !url.protocol.includes('.')
}

/**
 * The same rules for HTTP: HTTPS but on this machine, no raw address but a loopback one, no user, nobody else's short
 * links. That a domain must stand in the public suffix list is left out: names that are reserved for tests stand in none.
 */
function breaksWebRules(uri: string, { protocol, hostname, pathname }: URL): boolean {
  const host = hostname.replace(/\.$/, '')
  if (/^https?:\/\/[^/?]*@/i.test(uri)) return true
  if (isLoopbackHost(host)) return false
  if (protocol === 'http:' || host.startsWith('[') || /^[\d.]+$/.test(host)) return true
  if (host === 'goo.gl' && !/\/google-callback(?:\/|$)/.test(pathname)) return true
  return /(?:^|\.)googleusercontent\.com$/.test(host)
}
