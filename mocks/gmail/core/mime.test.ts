import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exampleMessages } from '../gmail.fixture.ts'
import { latin1, octetsOf } from '../wire/command-stream.ts'
import { describeLine } from '../wire/encoder.ts'
import { fetchAtts } from '../wire/fetch-att.ts'
import { Decoder } from '../wire/decoder.ts'
import { parseParameterized } from './mime-parameters.ts'
import { type Part, parseMessage } from './mime-part.ts'
import { sectionOf } from './mime-section.ts'
import { bodyStructure, envelope } from './mime-structure.ts'
import { bodyText, decodeHeaderText } from './mime-text.ts'

const examples = exampleMessages().map(({ bytes }) => bytes)
const [plain, , , , withAttachment, forwarded, bare, , digest] = examples as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
]

function section(bytes: Uint8Array, name: string): string | null {
  const [att] = fetchAtts(new Decoder({ text: `BODY[${name}]\r`, literals: [] }))
  if (att?.att !== 'section') throw new Error('no section')
  const octets = sectionOf(parseMessage(bytes), bytes, att.section)
  return octets === null ? null : latin1(octets)
}
const structure = (bytes: Uint8Array, extended = false): string =>
  describeLine(bodyStructure(parseMessage(bytes), bytes, extended))

describe('sections (RFC 3501 §6.4.5)', () => {
  test('header and text are the whole message, octet for octet', () => {
    for (const bytes of examples) {
      expect(section(bytes, '')).toBe(latin1(bytes))
      expect(`${section(bytes, 'HEADER')}${section(bytes, 'TEXT')}`).toBe(latin1(bytes))
    }
  })

  test.each([
    ['1', 'a part that holds parts', withAttachment, /^--outer-inner\r\n[^]*--outer-inner--\r\n$/],
    ['1.1', 'a leaf', withAttachment, /^The minutes are attached\.$/],
    ['1.2.MIME', 'its header', withAttachment, /^Content-Type: text\/html[^]*quoted-printable\r\n\r\n$/],
    ['2', 'base64 as it is', withAttachment, /^iVBORw0KGgo[^]*ggg==$/],
    ['2.HEADER', 'the header of an enclosed message', forwarded, /^From: Parcels[^]*boundary=parcel\r\n\r\n$/],
    ['2.TEXT', 'the text of an enclosed message', forwarded, /^--parcel\r\n[^]*--parcel--$/],
    ['2.1', 'a part of an enclosed message', forwarded, /^Your parcel arrives tomorrow\.$/],
    ['2.HEADER.FIELDS (SUBJECT)', 'fields of an enclosed message', forwarded, /^Subject: Delivery notice\r\n\r\n$/],
    ['1', 'the only part of a message', plain, /^Hello Alice,[^]*Bob\r\n$/],
    ['1.MIME', 'whose header is the message’s', plain, /^Return-Path:[^]*\r\n\r\n$/],
    ['1.1', 'the body of a message in a digest', digest, /^one$/],
    ['HEADER.FIELDS (Received X-None)', 'folded fields', plain, /^Received: [^]*\r\n {8}by [^]*\+0000\r\n\r\n$/],
    ['HEADER.FIELDS.NOT (Received)', 'all others', plain, /^Return-Path[^]*>\r\nFrom: [^]*7bit\r\n\r\n$/],
  ])('%s: %s', (name, _, bytes, expected) => {
    expect(section(bytes, name)).toMatch(expected)
  })

  test.each([
    ['3', withAttachment],
    ['2.1', withAttachment],
    ['2.HEADER', withAttachment],
    ['2.HEADER.FIELDS (Content-Type)', withAttachment],
    ['1.1.TEXT', withAttachment],
    ['1.TEXT', plain],
    ['1.1', plain],
    ['2', plain],
    ['2.3', forwarded],
    ['1.1.1.1.1', forwarded],
  ])('%s does not exist', (name, bytes) => {
    expect(section(bytes, name)).toBeNull()
  })
})

describe('structure (RFC 3501 §7.4.2)', () => {
  test.each([
    ['a text', plain, '("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 77 5)'],
    [
      'a tree',
      withAttachment,
      '((("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 25 0)("TEXT" "HTML" ("CHARSET" "utf-8") NIL NIL "QUOTED-PRINTABLE" 62 0) "ALTERNATIVE")("IMAGE" "PNG" ("NAME" "dot.png") "<dot@example.com>" "one transparent pixel" "BASE64" 98) "MIXED")',
    ],
    ['no Content-Type, whose charset Gmail leaves to be guessed', bare, '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0)'],
    [
      'a digest, whose parts are messages unless they say otherwise',
      digest,
      /^\(\("MESSAGE" "RFC822" NIL NIL NIL "7BIT" \d+ \(/,
    ],
  ])('of %s', (_, bytes, expected) => {
    expect(structure(bytes)).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected))
  })

  test('with extensions, but for the location, which Gmail does not tell', () => {
    expect(structure(withAttachment, true)).toContain('98 NIL ("ATTACHMENT" ("FILENAME" "dot.png" "SIZE" "70")) NIL)')
    expect(structure(withAttachment, true)).toMatch(
      /"MIXED" \("BOUNDARY" "outer" "CHARSET" "utf-8"\) NIL \("en" "de"\)\)$/,
    )
  })

  test('envelope of a message without fields', () => {
    expect(describeLine(envelope(parseMessage(octetsOf('\r\nbody')).header))).toBe(
      '(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)',
    )
  })
})

test.each([
  [
    'text/plain; charset="utf-8" (comment; x=y); format=flowed',
    [
      ['charset', 'utf-8'],
      ['format', 'flowed'],
    ],
  ],
  [
    'attachment; filename="a;b \\"c\\".txt"; size=3',
    [
      ['filename', 'a;b "c".txt'],
      ['size', '3'],
    ],
  ],
  ['multipart/mixed; ; =; broken; boundary=----=_x', [['boundary', '----=_x']]],
  [
    'text/plain; name=two words; empty=; quoted=""; last=1',
    [
      ['name', 'two'],
      ['quoted', ''],
      ['last', '1'],
    ],
  ],
  // RFC 2231 §6: continuations are joined, charsets are not decoded.
  ['multipart/mixed; boundary*1=two; boundary*0="one-"', [['boundary', 'one-two']]],
  [
    `attachment; size=3; filename*0*=utf-8'en'%e2%82%ac; filename*1*=%20rates; filename*2=".10%"; filename*4=lost`,
    [
      ['size', '3'],
      ['filename*', "utf-8'en'%e2%82%ac%20rates.10%25"],
    ],
  ],
  [
    "attachment; filename*=UTF-8''na%C3%AFve; x*1=alone",
    [
      ['filename*', "UTF-8''na%C3%AFve"],
      ['x*1', 'alone'],
    ],
  ],
])('parameters of %s', (value, parameters) => {
  expect(parseParameterized(value).parameters).toEqual(parameters)
})

test.each([
  ['=?ISO-8859-1?Q?f=FCr_Januar?= =?UTF-8?B?IOKCrA==?= plain', 'für Januar € plain'],
  ['Caf\xc3\xa9', 'Café'],
  ['=?no-such-charset?Q?abc?=', 'abc'],
])('header text %s', (value, text) => {
  expect(decodeHeaderText(value)).toBe(text)
})

test('body text is decoded whatever its encoding', () => {
  const text = (index: number): string => bodyText(parseMessage(examples[index]!), examples[index]!)
  expect(text(1)).toContain('— at the Café Étoile? Carol would like to come too.')
  expect(text(2)).toContain('Rechnung für Januar')
  expect(text(4)).toContain('<p style="color: green">')
  expect(text(5)).toMatch(/Delivery notice[^]*arrives tomorrow/)
})

describe('any octets', () => {
  const line = fc.constantFrom(
    '\r\n',
    '\n',
    '--b\r\n',
    '--b--\r\n',
    'Content-Type: multipart/mixed; boundary=b\r\n',
    'Content-Type: message/rfc822\r\n',
    'X: y\r\n',
    ' folded\r\n',
    'text',
    '--b',
  )
  const message = fc
    .array(fc.oneof(line, fc.string({ maxLength: 5 })), { maxLength: 25 })
    .map((lines) => octetsOf(lines.join('').replace(/[^\x00-\xff]/g, '?')))

  test('are a message whose parts lie inside it', () => {
    fc.assert(
      fc.property(message, (bytes) => {
        const inside = (part: Part, start: number, end: number): void => {
          expect(start <= part.header.start && part.header.end <= part.bodyEnd && part.bodyEnd <= end).toBe(true)
          for (const child of part.children) inside(child, part.bodyStart, part.bodyEnd)
          if (part.message !== null) inside(part.message, part.bodyStart, part.bodyEnd)
        }
        const part = parseMessage(bytes)
        inside(part, 0, bytes.length)
        expect(`${section(bytes, 'HEADER')}${section(bytes, 'TEXT')}`).toBe(latin1(bytes))
        expect(bodyStructure(part, bytes, true).length).toBeGreaterThan(0)
        bodyText(part, bytes)
      }),
      { numRuns: 300 },
    )
  })

  test('nested without end take no time', () => {
    const level = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'
    const bytes = octetsOf(level.repeat(20_000))
    const start = performance.now()
    parseMessage(bytes)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
