import type { RegisteredAccount } from '../registration/accounts.ts'
import type { Issued } from '../grants/grants.ts'
import { base64url, sha256 } from '../grants/pkce.ts'
import { canonical } from '../scopes.ts'
import type { Claims } from './signature.ts'

export const issuer = 'https://accounts.google.com'

type Subject = Pick<RegisteredAccount, 'address' | 'sub' | 'name' | 'organisation'>

/** The claims that `profile` opens, as userinfo and id_token share them. */
export function profileOf({ name, sub }: Subject): Claims {
  const [given = name, ...family] = name.split(' ')
  return {
    name,
    picture: `https://lh3.googleusercontent.com/a/${sub}=s96-c`,
    given_name: given,
    ...(family.length === 0 ? {} : { family_name: family.join(' ') }),
  }
}

/** The Workspace domain, for accounts that have one (Google, OpenID Connect guide). */
export const hostedDomainOf = ({ organisation }: Subject): Claims => (organisation === null ? {} : { hd: organisation })

/** In the order of a captured token: iss, azp, aud, sub, hd, email …, at_hash, nonce, name …, iat, exp. */
export function claimsOf(
  { account, clientId, scopes, accessToken, nonce, lifetime }: Issued,
  { iss, now }: { readonly iss: string; readonly now: number },
): Claims {
  const iat = Math.floor(now / 1000)
  const granted = new Set(scopes.map(canonical))
  return {
    iss,
    azp: clientId,
    aud: clientId,
    sub: account.sub,
    ...hostedDomainOf(account),
    ...(granted.has(canonical('email')) ? { email: account.address, email_verified: true } : {}),
    // OpenID Connect Core §3.1.3.6: the left half of the hash.
    at_hash: base64url(sha256(accessToken).subarray(0, 16)),
    ...(nonce === null ? {} : { nonce }),
    ...(granted.has(canonical('profile')) ? profileOf(account) : {}),
    iat,
    exp: iat + lifetime,
  }
}
