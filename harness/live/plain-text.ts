import type { Look } from '../model/drift.ts'
import type { Secrets } from '../secrets.ts'

/** Characters of one text; what is longer is read by nobody. */
const longest = 4096
/** Members of one list; no server needs more. */
const most = 500

/** What hides a secret from whoever looks for it as a whole, and from nobody who reads. */
const between = /[^\w.~+/=%-]+/g

/**
 * What a foreign server said, so that it can stand where people and programs read it: in one line, without secrets, be
 * they in pieces, and without what GitHub’s runner obeys wherever it stands in a line (`##[command]`).
 */
export function plainText(said: string, { mask }: Pick<Secrets, 'mask'>): string {
  const line = mask(said.slice(0, longest))
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('##[', '# #[')
  const pieces = line.replaceAll(/‹[^‹›]*›/g, ' ').replaceAll(between, '')
  return mask(pieces) === pieces ? line : '‹a secret in pieces›'
}

/** The same for whatever was seen, names of members too, which a server may choose; longer lists are cut. */
export function plainly<T>(seen: T, secrets: Pick<Secrets, 'mask'>): T {
  if (typeof seen === 'string') return plainText(seen, secrets) as T
  if (Array.isArray(seen)) return seen.slice(0, most).map((one: unknown) => plainly(one, secrets)) as T
  if (typeof seen !== 'object' || seen === null) return seen
  return Object.fromEntries(
    Object.entries(seen).map(([name, member]) => [plainText(name, secrets), plainly(member, secrets)]),
  ) as T
}

/** A look as it can be compared and told: what is more than anybody can read is one fact, not thousands. */
export function plainLook({ area, look, facts }: Look, secrets: Pick<Secrets, 'mask'>): Look {
  const told = Object.entries(facts)
  const more = told.length > most ? { 'further facts': `${told.length - most}` } : {}
  return { area, look, facts: { ...plainly(Object.fromEntries(told.slice(0, most)), secrets), ...more } }
}
