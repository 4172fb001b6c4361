import type { ClientCredentials } from '../../model/world.ts'

export type RandomOctets = (length: number) => Uint8Array<ArrayBuffer>

const lowercase = 'abcdefghijklmnopqrstuvwxyz0123456789'
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Symbols that nobody has drawn before; that some come a little oftener than others harms nothing here. */
const drawn = (random: RandomOctets, length: number, alphabet: string): string =>
  Array.from(random(length), (octet) => alphabet[octet % alphabet.length]).join('')

/** Such as may stand in any token. */
export const drawnText = (random: RandomOctets, length: number): string => drawn(random, length, base64url)

// Of the form that Google’s own have, so that it is the value that is refused and not its form.

/** A code that nobody issued: `4/0A` and 69 symbols. */
export const madeUpCode = (random: RandomOctets): string => `4/0A${drawnText(random, 69)}`

/** A refresh token that nobody issued. */
export const madeUpRefreshToken = (random: RandomOctets): string => `1//0${drawnText(random, 99)}`

/** An access token that nobody issued. */
export const madeUpAccessToken = (random: RandomOctets): string => `ya29.a0${drawnText(random, 217)}`

/** A client that nobody registered, with an identifier of the same form, and a secret that opens nothing. */
export function madeUpClient(client: ClientCredentials, random: RandomOctets): ClientCredentials {
  const [, before = '', own = '', behind = ''] =
    /^(\d+-)([a-z0-9]+)(\.apps\.googleusercontent\.com)$/.exec(client.client_id) ?? []
  const length = own === '' ? 32 : own.length
  return {
    ...client,
    client_id: `${before}${drawn(random, length, lowercase)}${behind}`,
    client_secret: client.client_secret === '' ? '' : 'made-up',
  }
}
