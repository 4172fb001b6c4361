import type { SecretRegistry } from '../secrets.ts'

/**
 * A registry by which no address of an account is told, however a server spells it: it may write it in other letters, and
 * it may tell another than the one that was named.
 *
 * @param named whose address must stand nowhere
 */
export function withoutAddresses(registry: SecretRegistry, named: string): SecretRegistry {
  for (const spelled of spellings(named)) registry.learn('account-address', spelled)
  return {
    ...registry,
    mask: (text) => registry.mask(text).replaceAll(words, (word) => (isAddress(word) ? '‹address›' : word)),
  }
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
