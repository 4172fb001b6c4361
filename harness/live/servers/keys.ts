import type { LiveContext } from '../context.ts'
import { LiveTrouble } from '../trouble.ts'
import { type Members, askIssuer } from './answer.ts'
import { factOfSet, factsOfHeaders } from './facts.ts'
import type { IssuerMetadata } from './metadata.ts'

/**
 * The keys that sign id_tokens (RFC 7517): records `live.keys`, looks for drift.
 *
 * @throws LiveTrouble
 */
export async function lookAtKeys(context: LiveContext, { jwksUri }: IssuerMetadata): Promise<string> {
  if (jwksUri === null) return 'the issuer publishes no keys'
  const { status, headers, members } = await askIssuer(context, jwksUri)
  const listed: unknown = members?.['keys']
  if (status !== 200 || !Array.isArray(listed))
    throw new LiveTrouble('not-understood', `${jwksUri} answered ${status} without a set of keys`)
  const keys = listed.filter(isObject)
  const usable = keys.filter(isUsable).length
  context.journal.record('live', 'live.keys', { url: jwksUri, status, keys: listed.length, usable })
  // How many there are and what they are called changes every few days.
  const facts = {
    kty: factOfSet(texts(keys, 'kty')),
    alg: factOfSet(texts(keys, 'alg')),
    use: factOfSet(texts(keys, 'use')),
    members: factOfSet(keys.flatMap((key) => Object.keys(key))),
  }
  context.look({ area: 'as-metadata', look: 'jwks', facts })
  context.look({ area: 'as-metadata', look: 'jwks-headers', facts: factsOfHeaders(headers) })
  return `${usable} of ${listed.length} keys can verify id_tokens`
}

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null

const texts = (keys: readonly Members[], member: string): readonly string[] =>
  keys.flatMap((key) => (typeof key[member] === 'string' ? [key[member]] : []))

/** What makes the public part of a key (RFC 7518 §6, RFC 8037 §2). */
const publicParts: Readonly<Record<string, readonly string[]>> = {
  RSA: ['n', 'e'],
  EC: ['crv', 'x', 'y'],
  OKP: ['crv', 'x'],
}

function isUsable(key: Members): boolean {
  const { kty, kid, use = 'sig', key_ops: operations = ['verify'] } = key
  if (typeof kty !== 'string' || typeof kid !== 'string' || kid === '' || use !== 'sig') return false
  const parts = Object.hasOwn(publicParts, kty) ? publicParts[kty]! : undefined
  if (parts === undefined || !Array.isArray(operations) || !operations.includes('verify')) return false
  return parts.every((part) => typeof key[part] === 'string' && key[part] !== '')
}
