import type { Alphabet, SecretKind, SecretRef } from './model/secret.ts'
import type { Random } from './random.ts'
import { markOf } from './secret-mark.ts'
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
    // Frozen, so that journals may keep it as it is.
    const ref: SecretRef = Object.freeze({
      ref: `${kind}-${number}`,
      kind,
      length: value.length,
      alphabet: alphabetOf(value),
      entropy: entropyOf(value),
    })
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
      // A cut changes how the rest can be read, so the rest is looked at again.
      for (let shown = text; ;) {
        const hits = scanner.scanText(shown)
        if (hits.length === 0) return shown
        shown = marked(shown, hits)
      }
    },
  }
}

/** A JSON value with every string in it masked, names of members excepted. */
export function masked<T>(value: T, secrets: Pick<Secrets, 'mask'>): T {
  if (typeof value === 'string') return secrets.mask(value) as T
  if (Array.isArray(value)) return value.map((item: unknown) => masked(item, secrets)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member, secrets)])) as T
}

/** Hits that overlap become one mark, named for the one that begins first and reaches furthest. */
function marked(text: string, hits: readonly Hit[]): string {
  const bytes = new TextEncoder().encode(text)
  const plain = (from: number, to?: number): string =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to))
  const parts: string[] = []
  let from = 0
  let open: Hit | undefined
  const close = (): void => {
    if (open !== undefined) parts.push(markOf(open))
  }
  for (const hit of hits.toSorted((a, b) => a.offset - b.offset || b.end - a.end)) {
    if (open !== undefined && hit.offset < from) {
      if (hit.end > from) open = { ...open, exact: false }
    } else {
      close()
      parts.push(plain(from, hit.offset))
      open = hit
    }
    from = Math.max(from, hit.end)
  }
  close()
  return parts.join('') + plain(from)
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
