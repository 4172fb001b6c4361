import fc from 'fast-check'

/** Secrets of many shapes, and the ways in which programs write them down. */

const symbols = {
  digits: '0123456789',
  hex: '0123456789abcdef',
  base64url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  unreserved: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~',
  printable: String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index)),
  any: 'aä€😀"\\\n\t/+%& =bcdefghijklm',
}

const valueOf = (from: string, lengths: fc.Arbitrary<number>): fc.Arbitrary<string> =>
  lengths.chain((length) =>
    fc
      .array(fc.nat([...from].length - 1), { minLength: length, maxLength: length })
      .map((picks) => picks.map((pick) => [...from][pick]).join('')),
  )

const lengths = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 6, max: 11 }) },
  { weight: 8, arbitrary: fc.integer({ min: 12, max: 200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 201, max: 2048 }) },
)

export const secretOf = (length: fc.Arbitrary<number>): fc.Arbitrary<string> =>
  fc.oneof(...Object.values(symbols).map((from) => valueOf(from, length)))

/** 6 to 2048 characters of every alphabet that tokens, states and passwords are made of. */
export const secret = secretOf(lengths)

/** What may stand around: it neither opens an escape nor ends one. */
export const surroundings = fc
  .array(fc.constantFrom('user', '=', '&', ' ', '{"a":', 'Bearer', ':', '\r\n', ';', '<b>', '→', '‹', '.', '12'), {
    maxLength: 12,
  })
  .map((words) => words.join(''))

export const octetsOf = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (octet) => String.fromCharCode(octet)).join('')
const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0')
const percent = (text: string, wanted: (at: number) => boolean, write = (pair: string) => pair): string =>
  [...octetsOf(text)]
    .map((octet, at) => (wanted(at) || octet > '~' || octet < '!' || octet === '%' ? `%${write(hex(octet))}` : octet))
    .join('')
const inJson = (text: string): string => JSON.stringify({ token: text })
const base64 = (text: string): string => btoa(octetsOf(text))
const base64url = (text: string): string => base64(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const wrapped = (text: string, lineEnd: string): string => text.replace(/.{76}/g, `$&${lineEnd}`)

export type Encode = readonly [name: string, encode: (text: string) => string]

/** Each way alone. Those with base64 put the text at another distance from the beginning: 0, 1 or 2 octets. */
export const encodes: readonly Encode[] = [
  ['raw', (text) => text],
  ['percent-encoded where a URI needs it', (text) => encodeURIComponent(text)],
  [
    'percent-encoded in upper case',
    (text) =>
      percent(
        text,
        () => true,
        (pair) => pair.toUpperCase(),
      ),
  ],
  ['percent-encoded in lower case', (text) => percent(text, () => true)],
  ['half percent-encoded', (text) => percent(text, (at) => at > text.length / 2)],
  ['percent-encoded here and there', (text) => percent(text, (at) => at % 7 === 3)],
  ['in a form', (text) => String(new URLSearchParams({ token: text }))],
  ['in JSON', inJson],
  ['in JSON in JSON', (text) => inJson(inJson(text))],
  ['in JSON with \\/', (text) => inJson(text).replaceAll('/', '\\/')],
  ['in JSON with \\u escapes', (text) => `"${escaped(text, (unit) => unit)}"`],
  ['in JSON with \\u escapes in upper case', (text) => `"${escaped(text, (unit) => unit.toUpperCase())}"`],
  ['in base64', base64],
  ['in base64, one octet on', (text) => base64(`x${text}`)],
  ['in base64, two octets on', (text) => base64(`xy${text}z`)],
  ['in base64url', base64url],
  ['in base64url, one octet on', (text) => base64url(`x${text}`)],
  ['in base64url, two octets on', (text) => base64url(`xy${text}z`)],
  ['in base64 after other digits', (text) => `abc/${base64(text)}`],
  ['in base64 of 76 columns with CRLF', (text) => wrapped(base64(`${'~'.repeat(50)}${text}`), '\r\n')],
  ['in base64 of 76 columns with LF', (text) => wrapped(base64(`${'~'.repeat(50)}${text}`), '\n')],
  ['in a SASL message', (text) => base64(`user=alice@example.com\u0001auth=Bearer ${text}\u0001\u0001`)],
]

const escaped = (text: string, write: (unit: string) => string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${write(text.charCodeAt(at).toString(16).padStart(4, '0'))}`).join(
    '',
  )

/** The octets of a text inside a gzip member. */
export async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
