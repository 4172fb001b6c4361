import type { Leak, SecretKind } from './model/secret.ts'

/** Any run of this many characters of a secret is a leak: a prefix shown "for recognition" already is one. */
export const leakLength = 12
/** Values shorter than `leakLength` count whole, from this length on; shorter ones would be found everywhere. */
const shortest = 6
/** A run with fewer distinct symbols says nothing (`000000000000`), so it never counts as part of a secret. */
const distinctSymbols = 5
/** Encodings inside encodings are followed this deep. */
const deepest = 3

export interface Registered {
  readonly ref: string
  readonly kind: SecretKind
  readonly value: string
}

/** A hit with the region of the outermost text that it stands in. */
export interface Hit extends Leak {
  readonly end: number
  /** The region holds the whole value and nothing else. */
  readonly exact: boolean
}

interface Encoding {
  readonly form: string
  readonly run: RegExp
  readonly marker: string | null
  /** The texts that the run may stand for. */
  decode(run: string): readonly string[]
}

const encodings: readonly Encoding[] = [
  {
    form: 'percent-encoded',
    run: /[^\s"'<>&=;,]{12,}/g,
    marker: '%',
    decode: (run) => [run.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))],
  },
  {
    form: 'json-escaped',
    run: /[^\s"]{12,}|"(?:[^"\\]|\\.)*"/g,
    marker: '\\',
    decode: (run) => [
      run.replace(/\\(?:u([0-9a-f]{4})|(.))/gi, (_, hex: string | undefined, plain: string) =>
        hex === undefined ? plain : String.fromCharCode(parseInt(hex, 16)),
      ),
    ],
  },
  {
    form: 'base64',
    // Encoders wrap lines, so a line end inside a run belongs to it.
    run: /[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|\r?\n[ \t]?(?=[A-Za-z0-9+/_-])){14,}/g,
    marker: null,
    decode: (run) => {
      const digits = run.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/')
      // A secret inside a larger message starts at any of four digits; each start shows other octets.
      return [0, 1, 2, 3].map((start) => decodeBase64(digits.slice(start)))
    },
  },
]

function decodeBase64(digits: string): string {
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits
  return atob(whole)
}

const slots = 1 << 20
const hash = (text: string, at: number): number =>
  (Math.imul(
    Math.imul(Math.imul(text.charCodeAt(at), 31) + text.charCodeAt(at + 1), 31) + text.charCodeAt(at + 2),
    8191,
  ) +
    text.charCodeAt(at + 3)) &
  (slots - 1)

/** Octets as a string with one character each, so that offsets are octet offsets. */
const latin1 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

export interface Scanner {
  add(secret: Registered): void
  /** Finds registered values in text, in every encoding but compression. At most one hit per value and region. */
  scanText(text: string): Hit[]
  /** Like `scanText`, and looks inside gzip members too. */
  scan(bytes: Uint8Array): Promise<Leak[]>
}

/** Finds registered values, whole or in part, raw or encoded. Time is linear in the length of the text. */
export function createScanner(): Scanner {
  const filter = new Uint8Array(slots)
  const runs = new Map<string, Registered>()
  const shorts: Registered[] = []

  const add = (secret: Registered): void => {
    const value = latin1(new TextEncoder().encode(secret.value))
    if (value.length < leakLength) {
      if (value.length >= shortest) shorts.push({ ...secret, value })
      return
    }
    for (let at = 0; at + leakLength <= value.length; at++) {
      const run = value.slice(at, at + leakLength)
      if (runs.has(run) || new Set(run).size < distinctSymbols) continue
      runs.set(run, { ...secret, value })
      filter[hash(run, 0)] = 1
    }
  }

  const plainHits = (text: string): Hit[] => {
    const hits: Hit[] = []
    for (let at = 0; at + leakLength <= text.length; at++) {
      if (filter[hash(text, at)] === 0) continue
      const secret = runs.get(text.slice(at, at + leakLength))
      if (secret === undefined) continue
      let end = at + leakLength
      while (end < text.length && runs.get(text.slice(end - leakLength + 1, end + 1))?.ref === secret.ref) end++
      const exact = text.slice(at, end) === secret.value
      hits.push({ ref: secret.ref, kind: secret.kind, form: 'raw', offset: at, end, exact })
      at = end - 1
    }
    for (const secret of shorts) {
      for (let at = text.indexOf(secret.value); at >= 0; at = text.indexOf(secret.value, at + secret.value.length))
        hits.push({ ...secret, form: 'raw', offset: at, end: at + secret.value.length, exact: true })
    }
    return hits.map(({ ref, kind, form, offset, end, exact }) => ({ ref, kind, form, offset, end, exact }))
  }

  const scanLatin1 = (text: string, depth: number): Hit[] => {
    const hits = plainHits(text)
    if (depth === deepest) return hits
    for (const encoding of encodings) {
      if (encoding.marker !== null && !text.includes(encoding.marker)) continue
      for (const match of text.matchAll(encoding.run)) {
        if (encoding.marker !== null && !match[0].includes(encoding.marker)) continue
        const region = { offset: match.index, end: match.index + match[0].length, exact: false }
        for (const decoded of encoding.decode(match[0]))
          for (const inner of scanLatin1(decoded, depth + 1))
            hits.push({
              ...inner,
              ...region,
              form: inner.form === 'raw' ? encoding.form : `${encoding.form} > ${inner.form}`,
            })
      }
    }
    return unique(hits)
  }

  return {
    add,
    scanText: (text) => scanLatin1(latin1(new TextEncoder().encode(text)), 0),
    async scan(bytes) {
      const hits: Leak[] = scanLatin1(latin1(bytes), 0)
      for (const member of gzipMembers(bytes)) {
        const inner = scanLatin1(latin1(await gunzip(bytes.subarray(member))), 0)
        hits.push(
          ...inner.map((hit) => ({ ...hit, form: hit.form === 'raw' ? 'gzip' : `gzip > ${hit.form}`, offset: member })),
        )
      }
      return hits.map(({ ref, kind, form, offset }) => ({ ref, kind, form, offset }))
    },
  }
}

/** What a raw hit already tells, its other readings need not repeat. */
function unique(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = []
  for (const hit of hits) {
    const told = kept.some((other) => other.ref === hit.ref && other.offset < hit.end && hit.offset < other.end)
    if (!told) kept.push(hit)
  }
  return kept
}

function* gzipMembers(bytes: Uint8Array): Generator<number> {
  for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1))
    if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8) yield at
}

/** As much as can be decompressed; what follows a member, or a cut one, is no error here. */
async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'))
  const parts: Uint8Array[] = []
  try {
    for await (const part of stream) parts.push(part)
  } catch {
    // A lookalike of the magic number, or trailing octets: what was decompressed so far is still looked at.
  }
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer())
}
