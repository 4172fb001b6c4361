import { describe } from './access.ts'
import { headersOf, json } from './answers.ts'
import { bearerToken } from './bearer.ts'
import { isOldVersion } from './endpoints.ts'
import type { GoogleWorld } from './google-world.ts'
import type { TokenDescription } from './grants/access-tokens.ts'
import { hostedDomainOf, profileOf } from './id-tokens/claims.ts'
import { type RefusalName, refuse } from './refusals.ts'
import { type Asked, route } from './route.ts'
import { canonical, isIdentityScope } from './scopes.ts'

/** Who the user is (OpenID Connect Core §5.3), as far as the token's scopes reach. */
export const userinfo = (google: GoogleWorld) =>
  route(google, 'userinfo', {
    GET: (asked) => inform(google, asked),
    POST: (asked) => inform(google, asked),
  })

function inform(google: GoogleWorld, asked: Asked): Response {
  const { switches } = google
  const old = isOldVersion(asked.address)
  const invalid = old ? 'credentials-invalid' : switches.userinfoRefusal
  const token = bearerToken(asked)
  if (token === null) return challenged(google, old ? 'credentials-missing' : invalid)
  const found = describe(google, token)
  if (found === undefined) return challenged(google, invalid)
  if (!found.scopes.some(isIdentityScope)) return challenged(google, 'credentials-missing')
  const older = old || (switches.userinfoVersion3 === 'id' && asked.address.includes('/v3/'))
  return json('api', 200, older ? olderShape(found) : shape(found))
}

/** RFC 6750 §3. */
function challenged(google: GoogleWorld, refusal: RefusalName): Response {
  const response = refuse(google, 'userinfo', refusal)
  headersOf('unauthenticated').forEach((value, name) => response.headers.set(name, value))
  return response
}

const reaches = ({ scopes }: TokenDescription, scope: string): boolean =>
  scopes.some((granted) => canonical(granted) === canonical(scope))

/** As the claims of an id_token. */
const shape = (found: TokenDescription): unknown => ({
  sub: found.account.sub,
  ...(reaches(found, 'profile') ? profileOf(found.account) : {}),
  ...(reaches(found, 'email') ? { email: found.account.address, email_verified: true } : {}),
  ...hostedDomainOf(found.account),
})

/** Versions 1 and 2 (a captured answer, not public; github.com/googlearchive/gwt-google-apis issue 523). */
function olderShape(found: TokenDescription): unknown {
  const { name, picture, given_name, family_name } = profileOf(found.account)
  return {
    id: found.account.sub,
    ...(reaches(found, 'email') ? { email: found.account.address, verified_email: true } : {}),
    ...(reaches(found, 'profile') ? { name, given_name, family_name, picture } : {}),
    ...hostedDomainOf(found.account),
  }
}
