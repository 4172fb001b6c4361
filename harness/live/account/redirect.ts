import type { ClientCredentials } from '../../model/world.ts'
import { google } from '../far-side.ts'
import { LiveTrouble } from '../trouble.ts'

/** What a client may name as its redirect on this machine. */
export interface Redirect {
  /** As it was registered. */
  readonly registered: string
  /** Whether any port may be added (RFC 8252 §7.3). */
  readonly anyPort: boolean
}

const native: Redirect = { registered: 'http://127.0.0.1/', anyPort: true }

/**
 * A web client’s redirect is compared to the last character, port included (google-facts 7.1). Of a native one Google
 * compares neither port nor path; other issuers compare what the client file has, but for a port that it lacks.
 *
 * @throws LiveTrouble `redirect-refused` for a web client that has none on this machine
 */
export function redirectOf({ kind, redirect_uris }: ClientCredentials, issuer: string): Redirect {
  const registered = redirect_uris.find(isLoopback)
  if (kind === 'installed') {
    if (issuer === google.issuer || registered === undefined) return native
    return { registered, anyPort: !/^http:\/\/[^/?#]+:\d/.test(registered) }
  }
  if (registered !== undefined && new URL(registered).href === registered) return { registered, anyPort: false }
  const held = redirect_uris.length === 0 ? 'no redirect' : `only ${redirect_uris.join(', ')}`
  throw new LiveTrouble('redirect-refused', `the web client has registered ${held}`)
}

function isLoopback(uri: string): boolean {
  const url = URL.parse(uri)
  if (url === null || url.search !== '' || url.hash !== '') return false
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname)
}
