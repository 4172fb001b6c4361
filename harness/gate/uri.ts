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
  const userinfo = authority.includes('@')
  const hostAndPort = authority.slice(authority.lastIndexOf('@') + 1)
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(hostAndPort)
  const [plainHost = '', plainPort = ''] = hostAndPort.split(/:(.*)/s)
  const host = (bracketed?.[1] ?? plainHost).toLowerCase()
  const port = (bracketed === null ? plainPort : bracketed[2]) ?? ''
  return {
    scheme: scheme.toLowerCase(),
    host,
    port,
    hostKind: hostKindOf(host),
    ...domainOf(host),
    userinfo,
    path,
    query,
    fragment: fragment !== undefined,
  }
}

const privateIp =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)|^(?:f[cd]|fe[89ab])[0-9a-f]*:/

function hostKindOf(host: string): ParsedUri['hostKind'] {
  if (host === '') return 'none'
  if (host === 'localhost' || host.endsWith('.localhost')) return 'localhost'
  if (!/^[\d.]+$|:/.test(host)) return 'name'
  if (host.startsWith('127.') || /^(?:0*:)*:?0*1$/.test(host)) return 'loopback-ip'
  return privateIp.test(host) ? 'private-ip' : 'ip'
}

/** By the public suffix list, the companies’ own section included. */
function domainOf(host: string): Pick<ParsedUri, 'suffix' | 'registrable'> {
  const { domain, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true, validateHostname: false })
  const suffix = isIcann === true ? 'icann' : isPrivate === true ? 'private' : 'unknown'
  return { suffix, registrable: suffix === 'unknown' ? null : domain }
}
