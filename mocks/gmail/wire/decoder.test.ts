import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CommandStream, octetsOf } from './command-stream.ts'
import { Decoder, GrammarError } from './decoder.ts'
import { type Piece, astring, encodeLine, list, mailbox, quoted, string } from './encoder.ts'
import { fetchAtts } from './fetch-att.ts'
import { searchKeys } from './search-key.ts'

/** A decoder over what an encoder wrote: every literal is non-synchronizing here. */
function decoderOf(pieces: readonly Piece[]): Decoder {
  const stream = new CommandStream({ line: 1e6, literal: 1e6, nonSynchronizing: 1e6 })
  for (const framed of stream.push(encodeLine(pieces))) if (framed.kind === 'line') return new Decoder(framed)
  throw new Error('no line came out')
}
const decode = (text: string): Decoder => new Decoder({ text: `${text}\r`, literals: [] })

describe('what was encoded is decoded to the same', () => {
  test('strings of any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (octets) => {
        const wire = decoderOf([string(octets)])
        const read = wire.sees('{') ? wire.literal() : octetsOf(wire.quoted())
        wire.crlf()
        expect([...read]).toEqual([...octets])
      }),
    )
  })

  test('astrings of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const wire = decoderOf([astring(text)])
        expect(wire.astring()).toBe(text)
        wire.crlf()
      }),
    )
  })

  test('mailbox names, but for INBOX, which has one spelling', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(0x26, 0x2d), fc.integer({ min: 32, max: 0x10ffff }))), (points) => {
        const name = String.fromCodePoint(...points.filter((point) => point !== 0x7f))
        fc.pre(name.toUpperCase() !== 'INBOX')
        expect(decoderOf([mailbox(name)]).mailbox()).toBe(name)
      }),
    )
    expect(decode('iNbOx').mailbox()).toBe('INBOX')
  })

  test('lists', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const wire = decoderOf(list(texts.map(quoted).map((item) => [item])))
        expect(wire.list(() => wire.quoted())).toEqual(texts)
      }),
      { examples: [[[]]] },
    )
  })
})

test('any octets give a value or a GrammarError', () => {
  const rules: readonly ((wire: Decoder) => unknown)[] = [
    (wire) => wire.astring(),
    (wire) => wire.listMailbox(),
    (wire) => wire.sequenceSet(),
    (wire) => wire.dateTime(),
    (wire) => wire.flagList(),
    fetchAtts,
    searchKeys,
  ]
  const word = fc.constantFrom(
    '(',
    ')',
    '"',
    '\\',
    '[',
    ']',
    '<',
    ' ',
    '1:*',
    '{3}',
    'OR',
    'NOT',
    'BODY',
    'HEADER.FIELDS',
    'SINCE',
    '1-Feb-1994',
  )
  const octets = fc.uint8Array({ maxLength: 5 }).map((all) => String.fromCharCode(...all))
  const text = fc.array(fc.oneof(word, octets), { maxLength: 20 })
  fc.assert(
    fc.property(text, fc.constantFrom(...rules), (words, rule) => {
      try {
        rule(decode(words.join('')))
      } catch (error) {
        expect(error).toBeInstanceOf(GrammarError)
      }
    }),
  )
})

describe('refuses', () => {
  test.each<[string, (wire: Decoder) => unknown, string]>([
    ['two spaces', (wire) => wire.sp().atom(), '  a'],
    ['a quoted string that does not end', (wire) => wire.quoted(), '"abc'],
    ['eight-bit octets in a quoted string', (wire) => wire.quoted(), '"\xc3\xa9"'],
    ['an escaped letter', (wire) => wire.quoted(), '"\\a"'],
    ['a mailbox name that is not modified UTF-7', (wire) => wire.mailbox(), '"&AGE-"'],
    ['0 in a sequence set', (wire) => wire.sequenceSet(), '0'],
    ['more than 32 bits', (wire) => wire.sequenceSet(), '4294967296'],
    ['a day that does not exist', (wire) => wire.date(), '31-Feb-2026'],
    ['nested search keys without end', searchKeys, '('.repeat(5000)],
    ['NOT without end', searchKeys, 'NOT '.repeat(5000)],
    ['an unknown fetch attribute', fetchAtts, '(FLAGS X-NO)'],
    ['MIME of no part', fetchAtts, 'BODY[MIME]'],
    ['an empty header list', fetchAtts, 'BODY[HEADER.FIELDS ()]'],
    ['what follows', (wire) => (wire.atom(), wire.crlf()), 'a b'],
  ])('%s', (_, rule, text) => {
    expect(() => rule(decode(text))).toThrow(GrammarError)
  })

  test('a line that ends in LF alone', () => {
    expect(() => new Decoder({ text: '', literals: [] }).crlf()).toThrow('CRLF')
  })

  test('and never repeats what the client sent', () => {
    expect(() => decode('"secret').atom()).toThrow(/^expected atom at octet 0$/)
  })
})

test('fetch attributes are read as they are named', () => {
  const atts = fetchAtts(decode('(UID BODY.PEEK[1.2.HEADER.FIELDS.NOT (To "x y")]<5.10> BODY[] RFC822.HEADER)'))
  expect(atts).toMatchObject([
    { att: 'UID' },
    { name: 'BODY[1.2.HEADER.FIELDS.NOT (To "x y")]<5>', peek: true, partial: { offset: 5, length: 10 } },
    { name: 'BODY[]', peek: false, partial: null },
    { name: 'RFC822.HEADER', peek: true, section: { text: 'HEADER' } },
  ])
})

test('mailbox names hold no control characters, however they are written', () => {
  expect(() => decode('&AA0ACg-').mailbox()).toThrow('control characters')
  const line = { text: '{3}\r\n\r', literals: [octetsOf('a\r\n')] }
  expect(() => new Decoder(line, true).mailbox()).toThrow('control characters')
})

test.each([
  ['items of a list', `(${'x '.repeat(10_000)}x)`, (wire: Decoder) => wire.list(() => wire.atom())],
  ['search keys', 'ALL '.repeat(1001).trim(), (wire: Decoder) => searchKeys(wire)],
  ['search keys in parentheses', '(ALL) '.repeat(600).trim(), (wire: Decoder) => searchKeys(wire)],
])('too many %s are no command', (_, text, read) => {
  expect(() => read(decode(text))).toThrow('at most')
})

test('decoding takes time in proportion to the length', () => {
  const time = (count: number): number => {
    const text = Array.from({ length: count }, (_, index) => `"x\\"${index}"`).join(' ')
    const runs = Array.from({ length: 9 }, () => {
      const start = performance.now()
      const wire = decode(text)
      do wire.quoted()
      while (wire.takes(' '))
      return performance.now() - start
    })
    // The best of nine: what the machine does besides only ever adds.
    return Math.min(...runs)
  }
  time(5000)
  // A quadratic decoder takes 64 times as long for eight times the length.
  expect(time(40_000)).toBeLessThan(Math.max(time(5000), 1) * 30)
})
