import { parse } from 'tldts'
import type { ParsedUri } from '../model/configuration.ts'

/**
 * Takes a URI apart as it is written (RFC 3986): a parser of browsers would fold dots away, decode and repair, and what was
 * wrong would be gone. Null for what has no scheme.
 */
export function parseUri(uri: string): ParsedUri | null {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#\\]*))?([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(uri)
  if (match === null) return null
  const [, scheme = '', authority = '', path = '', query = '', fragment] = match
  const hostAndPort = authority.slice(authority.lastIndexOf('@') + 1)
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(hostAndPort)
  const [plainHost = '', plainPort = ''] = hostAndPort.split(/:(.*)/s)
  const host = (bracketed?.[1] ?? plainHost).toLowerCase()
  const hostKind = bracketed === null ? hostKindOf(host) : kindOfIpv6(host)
  return {
    scheme: scheme.toLowerCase(),
    host,
    port: (bracketed === null ? plainPort : bracketed[2]) ?? '',
    hostKind,
    ...(hostKind === 'name' ? domainOf(host) : { suffix: 'unknown', registrable: null }),
    userinfo: authority.includes('@'),
    path,
    query,
    fragment: fragment !== undefined,
  }
}

/**
 * For journals: what stands before `@` may be a password, and so may a parameter with such a name. Nobody has to see it to
 * know that it must not be there.
 */
export const withoutUserinfo = (uri: string): string =>
  uri.replace(/^([^:/?#]+:\/\/)[^/?#\\]*@/, '$1…@').replaceAll(secretParameter, '$1…')

const secretParameter = /([?&#;](?:[\w-]*(?:secret|token|passw(?:or)?d|signature|key)|pwd|code|sig)=)[^&#;\s]+/gi

type HostKind = ParsedUri['hostKind']

/** RFC 1918, link-local and shared addresses. */
const privateIpv4 =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/
const privateIpv6 = /^\[f(?:[cd]|e[89ab])/

function hostKindOf(host: string): HostKind {
  if (host === '') return 'none'
  if (host === 'localhost' || host === 'localhost.') return 'localhost'
  const address = URL.parse(`http://${host}/`)?.hostname ?? ''
  if (!/^(?:\d+\.){3}\d+$/.test(address)) return /^[\d.]+$/.test(host) ? 'ip' : 'name'
  // 2130706433, 0x7f.1 and 127%2e0%2e0%2e1 are addresses to a browser, and loopback addresses to nobody who reads them.
  if (address !== host) return 'ip'
  if (address.startsWith('127.')) return 'loopback-ip'
  return privateIpv4.test(address) ? 'private-ip' : 'ip'
}

function kindOfIpv6(host: string): HostKind {
  const [withoutZone = ''] = host.split('%')
  const address = URL.parse(`http://[${withoutZone}]/`)?.hostname
  if (address === '[::1]') return 'loopback-ip'
  return address !== undefined && privateIpv6.test(address) ? 'private-ip' : 'ip'
}

/** By the public suffix list, the companies’ own section included; a wildcard is judged elsewhere and stands for any label. */
function domainOf(host: string): Pick<ParsedUri, 'suffix' | 'registrable'> {
  const { domain, isIcann, isPrivate } = parse(host.replaceAll('*', 'x'), { allowPrivateDomains: true })
  const suffix = isIcann === true ? 'icann' : isPrivate === true ? 'private' : 'unknown'
  return { suffix, registrable: suffix === 'unknown' ? null : domain }
}
