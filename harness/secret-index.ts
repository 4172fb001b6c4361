import type { SecretKind } from './model/secret.ts'
import { latin1 } from './secret-readings.ts'

/** Any run of this many characters of a secret is a leak: a prefix shown "for recognition" already is one. */
export const leakLength = 12
/** Values shorter than `leakLength` count whole, from this length on; shorter ones would be found everywhere. */
const shortest = 6
/** These prove nothing to anybody but their sender, and careless senders use words such as `google`. */
const wordLike: ReadonlySet<SecretKind> = new Set(['state', 'nonce'])
const shortestOf = (kind: SecretKind): number => (wordLike.has(kind) ? leakLength : shortest)
/** A run with fewer distinct symbols says nothing (`000000000000`), so it never counts as part of a secret. */
const distinctSymbols = 5

/** What anybody knows is no part of a secret, although clients write addresses into their `state`. */
const publicTexts = [
  'https://accounts.google.com/o/oauth2/v2/auth',
  'https://oauth2.googleapis.com/token',
  'https://oauth2.googleapis.com/revoke',
  'https://www.googleapis.com/auth/',
  'https://mail.google.com/',
  'http://localhost:',
  'http://127.0.0.1:',
  'http://[::1]:',
  'imap.gmail.com',
  'redirect_uri',
]

export interface Registered {
  readonly ref: string
  readonly kind: SecretKind
  readonly value: string
}

/** A registered value, or a part of it, in a text. */
export interface Occurrence {
  readonly ref: string
  readonly kind: SecretKind
  readonly from: number
  readonly to: number
  readonly whole: boolean
}

export interface SecretIndex {
  add(secret: Registered): void
  isEmpty(): boolean
  /** What encoded texts must be able to hold to be worth decoding. */
  needs(): { readonly fewestDigits: number; readonly spaces: boolean }
  /** Every stretch of at least `leakLength` octets of a value, and every short value; `text` has one character an octet. */
  occurrences(text: string): readonly Occurrence[]
}

/** Where in a value a run of `leakLength` octets stands. */
interface Place {
  readonly secret: Registered
  readonly at: number
}

const slots = 1 << 20
const hash = (text: string, at: number): number =>
  (Math.imul(
    Math.imul(Math.imul(text.charCodeAt(at), 31) + text.charCodeAt(at + 1), 31) + text.charCodeAt(at + 2),
    8191,
  ) +
    text.charCodeAt(at + 3)) &
  (slots - 1)

/** Finds any of many values in one pass over a text. */
export function createSecretIndex(): SecretIndex {
  const filter = new Uint8Array(slots)
  const places = new Map<string, Place[]>()
  /** Values without a telling run: they are found whole, or not at all. */
  const wholes: Registered[] = []
  let fewest = Infinity
  let spaces = false

  const add = (given: Registered): void => {
    const secret = { ...given, value: latin1(new TextEncoder().encode(given.value)) }
    if (secret.value.length < shortestOf(secret.kind) || isPublic(secret.value)) return
    spaces ||= secret.value.includes(' ')
    const runs = tellingRuns(secret.value)
    fewest = Math.min(fewest, runs.size === 0 ? secret.value.length : leakLength)
    if (runs.size === 0) wholes.push(secret)
    for (const [run, at] of runs) {
      const known = places.get(run)
      if (known === undefined) places.set(run, [{ secret, at }])
      else known.push({ secret, at })
      filter[hash(run, 0)] = 1
    }
  }

  const longest = (text: string, from: number, candidates: readonly Place[]): Occurrence => {
    let best: Occurrence | undefined
    for (const { secret, at } of candidates) {
      const { ref, kind, value } = secret
      let length = leakLength
      while (at + length < value.length && text[from + length] === value[at + length]) length++
      // What stands before the first telling run belongs to the value all the same.
      let before = 0
      while (before < at && before < from && text[from - before - 1] === value[at - before - 1]) before++
      const whole = before + length === value.length
      if (best === undefined || from + length > best.to || (whole && from + length === best.to))
        best = { ref, kind, from: from - before, to: from + length, whole }
    }
    return best!
  }

  return {
    add,
    isEmpty: () => places.size === 0 && wholes.length === 0,
    needs: () => ({ fewestDigits: Math.ceil((fewest * 4) / 3), spaces }),
    occurrences(text) {
      const found: Occurrence[] = []
      for (let from = 0; from + leakLength <= text.length; from++) {
        if (filter[hash(text, from)] === 0) continue
        const candidates = places.get(text.slice(from, from + leakLength))
        if (candidates === undefined) continue
        const occurrence = longest(text, from, candidates)
        found.push(occurrence)
        // Another value may begin before this one ends.
        from = occurrence.to - leakLength
      }
      for (const { ref, kind, value } of wholes)
        for (let from = text.indexOf(value); from >= 0; from = text.indexOf(value, from + value.length))
          found.push({ ref, kind, from, to: from + value.length, whole: true })
      return found
    },
  }
}

const isPublic = (text: string): boolean => publicTexts.some((known) => known.includes(text))

/** Each run that tells a value from others, with its first place in the value. */
function tellingRuns(value: string): ReadonlyMap<string, number> {
  const runs = new Map<string, number>()
  for (let at = publicHead(value); at + leakLength <= value.length; at++) {
    const run = value.slice(at, at + leakLength)
    if (!runs.has(run) && new Set(run).size >= distinctSymbols && !isPublic(run)) runs.set(run, at)
  }
  return runs
}

/** All tokens that one key signed share the header of a JWT (RFC 7519 §5), and its claims always begin alike: such runs tell nothing. */
const publicHead = (value: string): number =>
  /^eyJ[\w-]*\.eyJ[\w-]*\.[\w-]*$/.test(value) ? value.indexOf('.eyJ') + 4 : 0
