import { describe } from './access.ts'
import { json } from './answers.ts'
import { bearerToken } from './bearer.ts'
import { addresses, isOldVersion } from './endpoints.ts'
import { valueOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import type { TokenDescription } from './grants/access-tokens.ts'
import { refuse } from './refusals.ts'
import { type Asked, route } from './route.ts'
import { canonical, inTokenAnswer } from './scopes.ts'

/** What an access token or an id_token is; refresh tokens are not accepted. Node's library asks with POST and Bearer. */
export const tokeninfo = (google: GoogleWorld) =>
  route(google, 'tokeninfo', {
    GET: (asked) => inform(google, asked),
    POST: (asked) => inform(google, asked),
  })

async function inform(google: GoogleWorld, asked: Asked): Promise<Response> {
  const idToken = valueOf(asked.query, 'id_token') ?? valueOf(asked.form, 'id_token')
  const told = idToken === null ? ofAccessToken(google, asked) : await ofIdToken(google, idToken)
  return told === undefined ? refuse(google, 'tokeninfo', refusalAt(google, asked.address)) : json('api', 200, told)
}

/** Versions 2 and 3 leave `error` out, version 1 has it; today's address is not captured. */
function refusalAt({ switches }: GoogleWorld, address: string) {
  if (address === addresses.tokeninfo[0]) return switches.tokeninfoRefusal
  return address.includes('/v1/') ? 'tokeninfo-bad' : 'tokeninfo-bad-bare'
}

/** The claims and the header, every value a string (github.com/dart-lang/pub-dev issue 2679). */
async function ofIdToken({ idTokens }: GoogleWorld, idToken: string): Promise<unknown> {
  const claims = await idTokens.read(idToken)
  if (claims === undefined) return undefined
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)]))
}

function ofAccessToken(google: GoogleWorld, asked: Asked): unknown {
  const token = bearerToken(asked)
  const found = token === null ? undefined : describe(google, token)
  if (found === undefined) return undefined
  const seconds = Math.floor((found.expiresAt - google.clock.now()) / 1000)
  return (isOldVersion(asked.address) ? olderShape : shape)(found, seconds)
}

const reachesEmail = ({ scopes }: TokenDescription): boolean =>
  scopes.some((scope) => canonical(scope) === canonical('email'))

/** Version 3: numbers are strings (github.com/parse-community/parse-server issue 2921). */
const shape = (found: TokenDescription, seconds: number): unknown => ({
  azp: found.clientId,
  aud: found.clientId,
  sub: found.account.sub,
  scope: inTokenAnswer(found.scopes, 'long'),
  exp: String(Math.floor(found.expiresAt / 1000)),
  expires_in: String(seconds),
  ...(reachesEmail(found) ? { email: found.account.address, email_verified: 'true' } : {}),
  access_type: found.accessType,
})

/** Versions 1 and 2 (github.com/googleapis/google-api-nodejs-client issue 626). */
const olderShape = (found: TokenDescription, seconds: number): unknown => ({
  issued_to: found.clientId,
  audience: found.clientId,
  user_id: found.account.sub,
  scope: inTokenAnswer(found.scopes, 'long'),
  expires_in: seconds,
  ...(reachesEmail(found) ? { email: found.account.address, verified_email: true } : {}),
  access_type: found.accessType,
})
