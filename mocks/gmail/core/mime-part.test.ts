import { describe, expect, test } from 'vitest'
import { latin1, octetsOf } from '../wire/command-stream.ts'
import { Decoder } from '../wire/decoder.ts'
import { describeLine } from '../wire/encoder.ts'
import { fetchAtts } from '../wire/fetch-att.ts'
import { parseMessage } from './mime-part.ts'
import { sectionOf } from './mime-section.ts'
import { bodyStructure } from './mime-structure.ts'
import { bodyText } from './mime-text.ts'

const wire = (text: string): Uint8Array => octetsOf(text.replaceAll('\n', '\r\n'))

function section(text: string, name: string): string | null {
  const bytes = wire(text)
  const [att] = fetchAtts(new Decoder({ text: `BODY[${name}]\r`, literals: [] }))
  if (att?.att !== 'section') throw new Error('no section')
  const octets = sectionOf(parseMessage(bytes), bytes, att.section)
  return octets === null ? null : latin1(octets).replaceAll('\r\n', '\n')
}

const structure = (text: string, extended = false): string =>
  describeLine(bodyStructure(parseMessage(wire(text)), wire(text), extended))

/** The text of each leaf, in brackets as its multiparts nest. */
function tree(text: string): string {
  const bytes = wire(text)
  const show = (part: ReturnType<typeof parseMessage>): string =>
    part.type === 'multipart'
      ? `[${part.children.map(show).join(' ')}]`
      : latin1(bytes.subarray(part.bodyStart, part.bodyEnd)).trim() || '-'
  return show(parseMessage(bytes))
}

const mixed = (boundary: string): string => `Content-Type: multipart/mixed; boundary="${boundary}"\n\n`

describe('delimiters (RFC 2046 §5.1.1)', () => {
  test.each([
    ['are what begins like one', `${mixed('b')}--b and more\n\none\n--b \t\n\ntwo\n--b--tail\nrest\n`, '[one two]'],
    [
      'are those of the inner multipart where its boundary is longer',
      `${mixed('b')}--b\n${mixed('b-in')}--b-in\n\none\n--b-in--\n--b\n\ntwo\n--b--\n`,
      '[[one] two]',
    ],
    [
      'and of the outer one where that is longer',
      `${mixed('b-out')}--b-out\n${mixed('b')}--b\n\none\n--b--\n--b-out\n\ntwo\n--b-out--\n`,
      '[[one] two]',
    ],
    [
      'are those of the inner multipart where both are the same',
      `${mixed('b')}--b\n${mixed('b')}--b\n\none\n--b--\n--b\n\ntwo\n--b--\n`,
      '[[one] two]',
    ],
    [
      'of an outer multipart end an inner one',
      `${mixed('out')}--out\n${mixed('in')}--in\n\none\n--out\n\ntwo\n--out--\n`,
      '[[one] two]',
    ],
    ['end a header', `${mixed('b')}--b\nContent-Type: text/plain\n--b\n\ntwo\n--b--\n`, '[- two]'],
    ['stand at the beginning of a line', `${mixed('b')}--b\n\none --b\n --b\n--b--\n`, '[one --b\r\n --b]'],
    ['may be missing at the end', `${mixed('b')}--b\n\none\n--b\n\ntwo`, '[one two]'],
    ['have a boundary that is not empty', `${mixed('')}--\n\none\n----\n`, '[]'],
  ])('%s', (_, text, expected) => {
    expect(tree(text)).toBe(expected)
  })

  test('own the line break before them, also behind a multipart that ended', () => {
    const text = `${mixed('out')}--out\n${mixed('in')}--in\n\none\n--in--\n--out--\n`
    expect(section(text, '1')).toBe('--in\n\none\n--in--')
    expect(section(text, '1.1')).toBe('one')
  })

  test('own the empty line of a header that they follow at once', () => {
    const text = `${mixed('b')}--b\nContent-Type: message/rfc822\n\n--b--\n`
    expect(section(text, '1.MIME')).toBe('Content-Type: message/rfc822\n')
    expect([section(text, '1'), section(text, '1.HEADER'), section(text, '1.1')]).toEqual(['', '', ''])
    expect(structure(text)).toContain('("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 0 (NIL')
  })
})

describe('a multipart without a part, in Gmail’s words', () => {
  test.each([
    [
      'whose boundary is not named',
      'Content-Type: multipart/alternative\n\n--x\n\ntext\n',
      '("ALTERNATIVE")',
      '("ALTERNATIVE" NIL NIL NIL)',
    ],
    [
      'whose boundary does not occur',
      `${mixed('absent')}text\n`,
      '("MIXED")',
      '("MIXED" ("BOUNDARY" "absent") NIL NIL)',
    ],
    ['that is closed before it begins', `${mixed('b')}--b--\n`, '("MIXED")', '("MIXED" ("BOUNDARY" "b") NIL NIL)'],
  ])('%s', (_, text, body, extended) => {
    expect(structure(text)).toBe(body)
    expect(structure(text, true)).toBe(extended)
    expect(section(text, '1')).toBeNull()
  })

  test('is searched as it stands', () => {
    const bytes = wire(`${mixed('absent')}some words\n`)
    expect(bodyText(parseMessage(bytes), bytes)).toContain('some words')
  })
})

describe('only an empty line ends a header (RFC 5322 §2.1)', () => {
  const text = 'From bob Mon Jan 12\nSubject: s\nno colon here\n: no name\nTo: alice@example.test\n\nbody\n'

  test('not a line that is no field', () => {
    expect(section(text, 'TEXT')).toBe('body\n')
    expect(section(text, 'HEADER.FIELDS (TO)')).toBe('To: alice@example.test\n\n')
    expect(section(text, 'HEADER.FIELDS.NOT (TO SUBJECT)')).toBe('From bob Mon Jan 12\nno colon here\n: no name\n\n')
  })

  test.each([
    ['HEADER.FIELDS (SUBJECT)', 'Subject: s\n'],
    ['HEADER.FIELDS (X-NONE)', ''],
    ['HEADER.FIELDS.NOT (X-NONE)', 'Subject: s\n'],
  ])('where there is none, %s has none either (RFC 3501 §6.4.5)', (name, expected) => {
    expect(section('Subject: s\n', name)).toBe(expected)
  })
})

describe('content fields', () => {
  test.each([
    ['Content-Type: text\n', '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0 NIL NIL NIL)'],
    ['Content-Type: /plain; charset=utf-8\n', '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0 NIL NIL NIL)'],
    ['Content-Transfer-Encoding: (how) BASE64\n', '("TEXT" "PLAIN" NIL NIL NIL "BASE64" 0 0 NIL NIL NIL)'],
    ['Content-Transfer-Encoding:\n', '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0 NIL NIL NIL)'],
    ['Content-Transfer-Encoding: two words\n', '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0 NIL NIL NIL)'],
    ['Content-Language: en (English), (and) de,\n', '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0 NIL NIL ("en" "de"))'],
    ['Content-Language:\nContent-Disposition:\n', '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0 NIL NIL NIL)'],
  ])('%s', (header, expected) => {
    expect(structure(`${header}\n`, true)).toBe(expected)
  })
})

describe('what occurs in attacks only', () => {
  test('nesting beyond a hundred levels is opaque', () => {
    const text = Array.from(
      { length: 150 },
      (_, level) => `${mixed(`level-${1000 + level}`)}--level-${1000 + level}\n`,
    ).join('')
    expect(structure(text).match(/"MIXED"/g)).toHaveLength(100)
    expect(structure(text)).toContain('("APPLICATION" "OCTET-STREAM"')
  })

  test('so are messages in messages', () => {
    expect(structure('Content-Type: message/rfc822\n\n'.repeat(150)).match(/"RFC822"/g)).toHaveLength(100)
  })

  test('parts beyond ten thousand are one', () => {
    expect(parseMessage(wire(`${mixed('b')}${'--b\n'.repeat(50_000)}`)).children).toHaveLength(9_999)
  })
})

test('a report is searched, and base64 ends with its padding (RFC 2045 §6.8)', () => {
  const report = wire('Content-Type: message/delivery-status\n\nAction: failed\n')
  expect(bodyText(parseMessage(report), report)).toContain('Action: failed')
  const padded = wire(`Content-Transfer-Encoding: base64\n\n${btoa('hello')}*trailing words`)
  expect(bodyText(parseMessage(padded), padded)).toBe('hello')
})
