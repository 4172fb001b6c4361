import { http } from 'msw/http'
import { json } from './answers.ts'
import { bearerToken } from './bearer.ts'
import { addresses } from './endpoints.ts'
import type { GoogleWorld } from './google-world.ts'
import { profileOf } from './id-token.ts'
import { refuse } from './refusals.ts'
import { canonical } from './scopes.ts'

/** Who the user is (OpenID Connect Core §5.3), as far as the token's scopes reach. */
export const userinfo = (google: GoogleWorld) =>
  addresses.userinfo.map((address) =>
    http.get(address, ({ request }) =>
      google.faults.answer('userinfo', () => {
        const token = bearerToken(request)
        const found = token === null ? undefined : google.grants.describe(token)
        if (found === undefined) return refuse(google, 'userinfo', 'userinfo-bad')
        const { account } = found
        const granted = new Set(found.scopes.map(canonical))
        return json('api', 200, {
          sub: account.sub,
          ...(granted.has(canonical('profile')) ? profileOf(account) : {}),
          ...(granted.has(canonical('email')) ? { email: account.address, email_verified: true } : {}),
        })
      }),
    ),
  )
