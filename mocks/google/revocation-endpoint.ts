import { revoke } from './access.ts'
import { headersOf } from './answers.ts'
import { valueOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import { refuse } from './refusals.ts'
import { route } from './route.ts'

/**
 * The revocation endpoint (RFC 7009): the token stands in the form or in the query, and revoking an access token ends
 * its refresh token too (Google, web-server guide).
 */
export const revocationEndpoint = (google: GoogleWorld) =>
  route(google, 'revocation-endpoint', {
    POST({ form, query }) {
      const token = valueOf(form, 'token') ?? valueOf(query, 'token')
      if (token === null) return refuse(google, 'revocation-endpoint', 'parameter-missing', { name: 'token' })
      if (revoke(google, token) === 'dead') return refuse(google, 'revocation-endpoint', 'revocation-dead')
      return new Response(google.switches.revocationBody, { status: 200, headers: headersOf('token') })
    },
  })
