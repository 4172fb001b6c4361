import { http } from 'msw/http'
import { json } from './answers.ts'
import { bearerToken } from './bearer.ts'
import { addresses } from './endpoints.ts'
import { formOf, valueOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import { refuse } from './refusals.ts'
import { canonical, inTokenAnswer } from './scopes.ts'

/** What an access token is (captured answer of v3: numbers are strings); refresh tokens are not accepted. */
export const tokeninfo = (google: GoogleWorld) =>
  addresses.tokeninfo.map((address) =>
    http.all(address, ({ request }) =>
      google.faults.answer('tokeninfo', async () => {
        const token = bearerToken(request) ?? valueOf(await formOf(request), 'access_token')
        const found = token === null ? undefined : google.grants.describe(token)
        if (found === undefined) return refuse(google, 'tokeninfo', 'tokeninfo-bad')
        const seconds = Math.floor((found.expiresAt - google.clock.now()) / 1000)
        const hasEmail = found.scopes.some((scope) => canonical(scope) === canonical('email'))
        return json('api', 200, {
          azp: found.clientId,
          aud: found.clientId,
          sub: found.account.sub,
          scope: inTokenAnswer(found.scopes, 'long'),
          exp: String(Math.floor(found.expiresAt / 1000)),
          expires_in: String(seconds),
          ...(hasEmail ? { email: found.account.address, email_verified: 'true' } : {}),
          access_type: found.accessType,
        })
      }),
    ),
  )
