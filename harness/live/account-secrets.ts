import type { SecretRegistry } from '../secrets.ts'
import type { FarSide } from './far-side.ts'

/**
 * A registry by which no address of an account is told, however a server spells it: it may write it in other letters, and
 * it may tell another than the one that was named.
 *
 * @param named whose address must stand nowhere
 * @param farSide whose names are no secret, although accounts are often of the same domain
 */
export function withoutAddresses(
  registry: SecretRegistry,
  named: string,
  { issuer, imap }: Pick<FarSide, 'issuer' | 'imap'>,
): SecretRegistry {
  const secret = telling(named, `${issuer} ${imap.host}`.toLowerCase())
  for (const spelled of spellings(secret)) registry.learn('account-address', spelled)
  return {
    ...registry,
    mask: (text) => registry.mask(text).replaceAll(words, (word) => (isAddress(word) ? '‹address›' : word)),
  }
}

/** Any run of so many characters is found; what is left of a domain that servers have too is shorter. */
const run = 12

function telling(address: string, names: string): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1).toLowerCase()
  const runs = Array.from({ length: Math.max(0, domain.length - run + 1) }, (_, from) => domain.slice(from, from + run))
  return runs.some((one) => names.includes(one)) ? address.slice(0, at + run) : address
}

/** Whole and decoded they are looked for in every encoding, but each in its own letters. */
const spellings = (address: string): ReadonlySet<string> => {
  const [lower, upper] = [address.toLowerCase(), address.toUpperCase()]
  const titled = lower.replaceAll(/(?<![a-z0-9])[a-z]/g, (letter) => letter.toUpperCase())
  return new Set([address, lower, upper, titled, upper.slice(0, 1) + lower.slice(1)])
}

/** What may hold an address; without look at what follows, so that no text takes long. */
const words = /[^\s"<>()[\]{},;:‹›]+/g
const isAddress = (word: string): boolean => /.(?:@|%40)./i.test(word)
