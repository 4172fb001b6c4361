import type { Alphabet, SecretKind, SecretRef } from './model/secret.ts'
import type { Random } from './random.ts'
import { type Hit, type Scanner, createScanner } from './secret-scanner.ts'

/** How a secret of ours looks: what stands before its random part, and how long it is in all. */
export interface MintShape {
  readonly prefix: string
  /** Characters in all. */
  readonly length: number
  readonly alphabet: string
}

/** What mocks see of the registry: every secret is registered before it is used anywhere. */
export interface Secrets {
  /** Makes a new secret with a canary in its middle, so that a person can search for it too. */
  mint(kind: SecretKind, shape: MintShape): string
  /** Registers a value that somebody else made, at the parser that first sees it. Equal values share a reference. */
  learn(kind: SecretKind, value: string): SecretRef
  /** The reference of a registered value. */
  refer(value: string): SecretRef | undefined
  /** Replaces every registered value in a text, in any encoding, whole or in part, by a mark such as `‹access-token-1›`. */
  mask(text: string): string
}

export interface SecretRegistry extends Secrets {
  readonly scanner: Scanner
  /** Every value, for a scanner of several worlds. */
  values(): Iterable<{ readonly ref: string; readonly kind: SecretKind; readonly value: string }>
}

/** Opens the registry of one world; `random` makes what it mints reproducible. */
export function openSecrets(random: Random): SecretRegistry {
  const refs = new Map<string, SecretRef>()
  const numbers = new Map<SecretKind, number>()
  const scanner = createScanner()

  const learn = (kind: SecretKind, value: string): SecretRef => {
    const known = refs.get(value)
    if (known !== undefined) return known
    const number = (numbers.get(kind) ?? 0) + 1
    numbers.set(kind, number)
    const ref: SecretRef = {
      ref: `${kind}-${number}`,
      kind,
      length: value.length,
      alphabet: alphabetOf(value),
      entropy: entropyOf(value),
    }
    refs.set(value, ref)
    scanner.add({ ref: ref.ref, kind, value })
    return ref
  }

  return {
    scanner,
    learn,
    refer: (value) => refs.get(value),
    values: () => [...refs].map(([value, { ref, kind }]) => ({ ref, kind, value })),
    mint(kind, { prefix, length, alphabet }) {
      const canary = `canary${refs.size.toString().padStart(3, '0')}`
      const free = length - prefix.length - canary.length
      const before = Math.floor(free / 2)
      const value = prefix + random.text(before, alphabet) + canary + random.text(free - before, alphabet)
      learn(kind, value)
      return value
    },
    mask(text) {
      // Most text holds no secret; what does is rewritten from its end so that earlier offsets stay true.
      const hits = scanner.scanText(text)
      if (hits.length === 0) return text
      const bytes = new TextEncoder().encode(text)
      return [...nonOverlapping(hits), null].reduce<{ text: string; from: number }>(
        (done, hit) => {
          const plain = new TextDecoder().decode(bytes.subarray(done.from, hit?.offset ?? bytes.length))
          return { text: done.text + plain + (hit === null ? '' : describe(hit)), from: hit?.end ?? bytes.length }
        },
        { text: '', from: 0 },
      ).text
    },
  }
}

const describe = (hit: Hit): string => {
  if (hit.exact) return `‹${hit.ref}›`
  return hit.form === 'raw' ? `‹part of ${hit.ref}›` : `‹${hit.ref} ${hit.form}›`
}

/** In order of offset; of two that overlap, the one that begins earlier and reaches further. */
function nonOverlapping(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = []
  for (const hit of hits.toSorted((a, b) => a.offset - b.offset || b.end - a.end))
    if (hit.offset >= (kept.at(-1)?.end ?? 0)) kept.push(hit)
  return kept
}

const alphabets: readonly (readonly [Alphabet, RegExp])[] = [
  ['digits', /^[0-9]*$/],
  ['hex', /^[0-9a-f]*$/i],
  ['base64url', /^[A-Za-z0-9_-]*$/],
  ['unreserved', /^[A-Za-z0-9._~-]*$/],
  ['printable', /^[\x20-\x7e]*$/],
]
const alphabetOf = (value: string): Alphabet => alphabets.find(([, pattern]) => pattern.test(value))?.[0] ?? 'any'

function entropyOf(value: string): number {
  const counts = new Map<string, number>()
  for (const symbol of value) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= count * Math.log2(count / value.length)
  return Math.floor(bits)
}
