const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** @param host as a URL parser writes it, IPv6 in brackets */
export const isLoopbackHost = (host: string): boolean => loopbackHosts.has(host)

/**
 * Whether a URI is a loopback redirection endpoint: `http`, a loopback host, any port and path, no user and no fragment
 * (Google, native-app guide; RFC 8252 §7.3).
 */
export function isLoopbackRedirect(uri: string): boolean {
  const url = URL.parse(uri)
  return (
    url !== null &&
    url.protocol === 'http:' &&
    isLoopbackHost(url.hostname) &&
    url.username === '' &&
    url.password === '' &&
    !uri.includes('#')
  )
}

/** Replaces the port of every loopback URL in a text by a symbol: ports of this machine never stand in a journal. */
export const withoutPorts = (text: string): string =>
  text.replace(/(https?:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)):\d+/gi, '$1:‹port›')
