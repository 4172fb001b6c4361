/** The scheme and authority of a target in absolute form (RFC 9112 §3.2.2). */
const absolute = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i
/** RFC 9110 §7.2: `uri-host [ ":" port ]`, a name or an address (RFC 3986 §3.2.2). */
const hostAndPort = /^([\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(?::(\d*))?$/i

/**
 * The origin of the target URI (RFC 9112 §3.3), such as `https://accounts.google.com`: a target in absolute form names
 * it, otherwise the one Host field does. Null where HTTP/1.1 wants a Host field and there is none, more than one, or one
 * that names no host (RFC 9112 §3.2).
 *
 * @param hosts the values of all Host fields
 * @param port the listener's own, which stands for 443
 */
export function originOf(target: string, hosts: readonly string[], version: string, port: number): string | null {
  const [host, ...others] = hosts
  if (host === undefined && version === '1.0') return 'https://'
  if (host === undefined || others.length > 0 || !hostAndPort.test(host)) return null
  const [, scheme = 'https', authority = host] = absolute.exec(target) ?? []
  const [, name, digits = ''] = hostAndPort.exec(authority) ?? []
  if (name === undefined) return null
  const isDefault = digits === '' || digits === '443' || digits === String(port)
  return `${scheme}://${name}${isDefault ? '' : `:${digits}`}`.toLowerCase()
}

/** Path and query of a target; undefined for a form that the method does not have, or that HTTP does not know. */
export function originForm(method: string, target: string): string | undefined {
  if (target === '*') return method === 'OPTIONS' ? target : undefined
  const rest = target.replace(absolute, '')
  if (rest === '' && target !== '') return '/'
  return isPlain(rest) ? rest : undefined
}

export const pathOf = (target: string): string => target.split(/[?#]/, 1)[0]!

/** A path that a URL parser would leave alone: dot segments, backslashes and half an escape never reach an endpoint. */
function isPlain(target: string): boolean {
  const path = pathOf(target)
  if (!target.startsWith('/') || target.startsWith('//') || target.includes('#')) return false
  return !/%(?![\da-f]{2})/i.test(path) && URL.parse(target, 'https://origin.invalid')?.pathname === path
}
