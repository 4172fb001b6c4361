import { json } from './answers.ts'
import { isOldVersion } from './endpoints.ts'
import type { GoogleWorld } from './google-world.ts'
import { type SigningKey, certificateOf, publicPart, publishedKeys } from './id-tokens/keys.ts'
import { route } from './route.ts'

/**
 * The signing keys, with the cache directives of a captured answer: a JWK set (RFC 7517 §5), and at the older address
 * certificates by `kid`, which google-auth libraries read.
 */
export const jwks = (google: GoogleWorld) =>
  route(google, 'jwks', {
    async GET({ address }) {
      const now = google.clock.now()
      const keys = await publishedKeys(now)
      google.journal.record('jwks', 'as.jwks.served', { kids: keys.map(({ kid }) => kid) })
      const response = json('jwks', 200, isOldVersion(address) ? certificates(keys) : { keys: keys.map(publicPart) })
      const [, seconds = '0'] = /max-age=(\d+)/.exec(response.headers.get('cache-control')!)!
      response.headers.set('expires', new Date(now + Number(seconds) * 1000).toUTCString())
      return response
    },
  })

const certificates = (keys: readonly SigningKey[]): unknown =>
  Object.fromEntries(keys.map((key) => [key.kid, certificateOf(key)]))
