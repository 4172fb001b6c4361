import type { WireRequest } from '../../../mocks/doors/http-observation.ts'
import { problem } from './problem.ts'

/** Ports are compared before: the listener's own stands for none here. */
const loopback = /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])$/

/** RFC 6750 §2.1. */
const credentials = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i

/**
 * Why a request may not come in; undefined when it may. A web page that a person has open must reach nothing here: it
 * comes under a foreign name that was made to point at loopback (DNS rebinding), or says its origin, or knows no token.
 */
export async function refusedEntry({ origin, headers }: WireRequest, token: string): Promise<Response | undefined> {
  const fields = (name: string): readonly string[] =>
    headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value)
  if (origin === null) return problem(400, 'A request has one Host field, which names a host.')
  if (!loopback.test(origin))
    return problem(403, 'The Host field names another host; this one is 127.0.0.1 or localhost, at its own port.')
  if (fields('origin').length > 0) return problem(403, 'Web pages have no access; send no Origin field.')
  return refusedCredentials(fields('authorization'), token)
}

/** RFC 6750 §3.1. */
async function refusedCredentials(fields: readonly string[], token: string): Promise<Response | undefined> {
  const challenge = (error?: string) => ({
    headers: { 'www-authenticate': `Bearer realm="oauth-imap"${error === undefined ? '' : `, error="${error}"`}` },
  })
  const [field = '', ...others] = fields
  if (!/^Bearer(?: |$)/i.test(field))
    return problem(401, 'Send the token that serve printed: Authorization: Bearer TOKEN.', challenge())
  const given = credentials.exec(field)?.[1]
  if (given === undefined || others.length > 0)
    return problem(400, 'The Authorization field is malformed or repeated.', challenge('invalid_request'))
  if (!(await isSame(given, token)))
    return problem(401, 'This token is not the one that serve printed.', challenge('invalid_token'))
  return undefined
}

/** Takes the same time wherever two texts differ: what is compared are their digests, to the end. */
async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(one), digest(other)])
  return a.reduce((difference, octet, at) => difference | (octet ^ b[at]!), 0) === 0
}

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
