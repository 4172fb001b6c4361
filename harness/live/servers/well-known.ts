/**
 * Where an issuer’s metadata lies: behind its path (OpenID Connect Discovery 1.0 §4.1), and between its host and its path
 * (RFC 8414 §3.1).
 */
export function wellKnownAddresses(issuer: string): { readonly openid: string; readonly oauth: string } {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  return {
    openid: `${origin}${path}/.well-known/openid-configuration`,
    oauth: `${origin}/.well-known/oauth-authorization-server${path}`,
  }
}
