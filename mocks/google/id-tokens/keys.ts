import one from '../../../fixtures/keys/test-only-google-signing-key-1.json' with { type: 'json' }
import two from '../../../fixtures/keys/test-only-google-signing-key-2.json' with { type: 'json' }
import three from '../../../fixtures/keys/test-only-google-signing-key-3.json' with { type: 'json' }

/** Fixed test keys that take turns: three are listed at the most, so that two of one set are never the same. */
const pool = [one, two, three]

export type KeyMaterial = (typeof pool)[number]

export interface SigningKey {
  /** 40 hexadecimal digits, fresh for each turn. */
  readonly kid: string
  readonly material: KeyMaterial
}

const hour = 60 * 60 * 1000
/** In a tracked history of the set a new key came every eight days (github.com/panva/wellknown, August to October 2024). */
const period = 8 * 24 * hour
/** The first turn of that history, on whose days the mock's keys turn too. */
const firstTurn = Date.UTC(2024, 7, 18)
/** The oldest key stays for part of the day on which the new one appears; how long exactly was not captured. */
const overlap = 12 * hour

const turnAt = (now: number): number => Math.floor((now - firstTurn) / period)

const identifiers = new Map<number, Promise<string>>()

async function identifierOf(turn: number): Promise<string> {
  const name = new TextEncoder().encode(`test-only-google-signing-key of turn ${turn}`)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', name))
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, '0')).join('')
}

async function keyOf(turn: number): Promise<SigningKey> {
  const identifier = identifiers.get(turn) ?? identifierOf(turn)
  identifiers.set(turn, identifier)
  return { kid: await identifier, material: pool.at(turn % pool.length)! }
}

/** The keys that are published at a time, the newest first: two, and three for part of the day of a turn. */
export function publishedKeys(now: number): Promise<readonly SigningKey[]> {
  const turn = turnAt(now)
  const turns = now - (firstTurn + turn * period) < overlap ? [turn, turn - 1, turn - 2] : [turn, turn - 1]
  return Promise.all(turns.map(keyOf))
}

/** The older key of a pair: it has been published for a whole period, so that whoever caches keys as told knows it. */
export const signingKey = (now: number): Promise<SigningKey> => keyOf(turnAt(now) - 1)

/** The key of the next turn, which nobody has seen. */
export const unpublishedKey = (now: number): Promise<SigningKey> => keyOf(turnAt(now) + 1)

/** As the JWKS endpoint shows it (RFC 7517 §4, members in the captured order). */
export const publicPart = ({ kid, material: { n, e } }: SigningKey) => ({
  n,
  e,
  kty: 'RSA',
  alg: 'RS256',
  use: 'sig',
  kid,
})

/** The key's X.509 certificate in PEM (RFC 7468 §5). */
export const certificateOf = ({ material }: SigningKey): string =>
  ['-----BEGIN CERTIFICATE-----', ...material.x5c[0]!.match(/.{1,64}/g)!, '-----END CERTIFICATE-----', ''].join('\n')
