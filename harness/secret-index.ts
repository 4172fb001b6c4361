import type { SecretKind } from './model/secret.ts'
import { createAnchors } from './secret-anchors.ts'
import { latin1 } from './latin1.ts'

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
  /** What a text must be able to hold to be worth looking at, and an encoded one to be worth decoding. */
  needs(): { readonly fewestOctets: number; readonly fewestDigits: number; readonly spaces: boolean }
  /** Every stretch of at least `leakLength` octets of a value, and every short value; `text` has one character an octet. */
  occurrences(text: string): readonly Occurrence[]
}

/** A value as it is looked for; what stands before `head` tells nothing. */
interface Sought extends Registered {
  readonly number: number
  readonly head: number
}

/** Where in a value a run of `leakLength` octets stands. */
interface Place {
  readonly secret: Sought
  readonly at: number
}

/** Finds any of many values in one pass over a text. */
export function createSecretIndex(): SecretIndex {
  const anchors = createAnchors(leakLength)
  const sought: Sought[] = []
  /** Values without a telling run: they are found whole, or not at all. */
  const wholes: Registered[] = []
  let fewest = Infinity
  let spaces = false

  const add = (given: Registered): void => {
    // A second copy of each value would cost as much as all else that is kept of it.
    const value = isAscii(given.value) ? given.value : latin1(new TextEncoder().encode(given.value))
    const secret = { ...given, value, number: sought.length, head: publicHead(value) }
    if (value.length < shortestOf(secret.kind) || isPublic(value)) return
    spaces ||= value.includes(' ')
    if (hasTellingRun(secret)) {
      sought.push(secret)
      // As late as the first run allows: tokens of one kind begin alike, and would all be looked at.
      anchors.add(secret.number, value, secret.head + anchors.step - 1)
      fewest = Math.min(fewest, leakLength)
    } else {
      wholes.push(secret)
      fewest = Math.min(fewest, value.length)
    }
  }

  /** The values that hold the run which begins at `from`, in the order of `add`; no anchor stands before `anchor`. */
  const holders = (text: string, from: number, anchor: number): Place[] => {
    const found: Place[] = []
    const run = text.slice(from, from + leakLength)
    for (let at = anchor; at < from + anchors.step; at++)
      anchors.each(text, at, (owner, place) => {
        const secret = sought[owner]!
        const begin = place - (at - from)
        if (begin >= secret.head && secret.value.startsWith(run, begin)) found.push({ secret, at: begin })
      })
    return found.length > 0 && isTelling(run) ? found.toSorted((a, b) => a.secret.number - b.secret.number) : []
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
    needs: () => ({ fewestOctets: fewest, fewestDigits: Math.ceil((fewest * 4) / 3), spaces }),
    occurrences(text) {
      const found: Occurrence[] = []
      for (let from = 0, anchor = 0; from + leakLength <= text.length; from++) {
        anchor = anchors.next(text, Math.max(from, anchor))
        if (anchor === text.length) break
        from = Math.max(from, anchor - anchors.step + 1)
        const candidates = holders(text, from, anchor)
        if (candidates.length === 0) continue
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

const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text)
const isPublic = (text: string): boolean => publicTexts.some((known) => known.includes(text))

/** Whether a run tells a value from others. */
const isTelling = (run: string): boolean => new Set(run).size >= distinctSymbols && !isPublic(run)

function hasTellingRun({ value, head }: Sought): boolean {
  for (let at = head; at + leakLength <= value.length; at++)
    if (isTelling(value.slice(at, at + leakLength))) return true
  return false
}

/** All tokens that one key signed share the header of a JWT (RFC 7519 §5), and its claims always begin alike: such runs tell nothing. */
const publicHead = (value: string): number =>
  /^eyJ[\w-]*\.eyJ[\w-]*\.[\w-]*$/.test(value) ? value.indexOf('.eyJ') + 4 : 0
