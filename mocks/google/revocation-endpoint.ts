import { http } from 'msw/http'
import { json } from './answers.ts'
import { addresses } from './endpoints.ts'
import { formOf, valueOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import { refuse } from './refusals.ts'

/**
 * The revocation endpoint (RFC 7009): the token stands in the form or in the query, and revoking an access token ends
 * its refresh token too (Google, web-server guide).
 */
export const revocationEndpoint = (google: GoogleWorld) =>
  addresses['revocation-endpoint'].map((address) =>
    http.post(address, ({ request }) =>
      google.faults.answer('revocation-endpoint', async () => {
        const token = valueOf(await formOf(request), 'token') ?? valueOf(new URL(request.url).searchParams, 'token')
        if (token === null) return refuse(google, 'revocation-endpoint', 'parameter-missing', { name: 'token' })
        if (google.grants.revoke(token) === 'dead') return refuse(google, 'revocation-endpoint', 'revocation-dead')
        const { headers } = json('api', 200, {})
        return new Response(google.switches.revocationBody, { status: 200, headers })
      }),
    ),
  )
