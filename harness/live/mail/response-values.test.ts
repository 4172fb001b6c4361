import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LiveTrouble } from '../trouble.ts'
import { type Value, valuesIn } from './response-values.ts'

describe('values of a response', () => {
  test.each<[string, readonly Value[]]>([
    ['', []],
    ['ID NIL', ['ID', null]],
    ['ID ("name" "GImap" "vendor" NIL)', ['ID', ['name', 'GImap', 'vendor', null]]],
    [
      'LIST (\\HasNoChildren \\All) "/" "[Gmail]/All Mail"',
      ['LIST', ['\\HasNoChildren', '\\All'], '/', '[Gmail]/All Mail'],
    ],
    ['LIST () NIL INBOX', ['LIST', [], null, 'INBOX']],
    ['LIST () "/" "a \\"quoted\\" \\\\ one"', ['LIST', [], '/', 'a "quoted" \\ one']],
    ['LIST () "/" {9}a (b) "c ', ['LIST', [], '/', 'a (b) "c ']],
    ['LIST () "/" {0}', ['LIST', [], '/', '']],
    [
      '1 FETCH (UID 7 FLAGS () BODY[HEADER.FIELDS (DATE "X-A")] {5}a\r\n)b MODSEQ (12))',
      ['1', 'FETCH', ['UID', '7', 'FLAGS', [], 'BODY[HEADER.FIELDS (DATE "X-A")]', 'a\r\n)b', 'MODSEQ', ['12']]],
    ],
    ['1 FETCH (BODY[]<0> {2}ab)', ['1', 'FETCH', ['BODY[]<0>', 'ab']]],
    ['1 FETCH (BINARY[1] ~{1}\0)', ['1', 'FETCH', ['BINARY[1]', '\0']]],
  ])('%j', (line, values) => {
    expect(valuesIn(line)).toEqual(values)
  })

  test.each(['(', ')', 'a)', '"', '"a\\"', '{3}ab', '(a {2}a)', 'a[b', '{', '('.repeat(30) + ')'.repeat(30)])(
    '%j is none',
    (line) => {
      expect(() => valuesIn(line)).toThrow(LiveTrouble)
    },
  )

  test('whatever comes, it is values or a trouble', () => {
    const symbols = fc.constantFrom('(', ')', '"', '\\', '{', '}', '[', ']', '<', '1', 'a', ' ', 'NIL', '~', '\0', 'ÿ')
    fc.assert(
      fc.property(fc.array(symbols, { maxLength: 40 }), (parts) => {
        try {
          valuesIn(parts.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(LiveTrouble)
        }
      }),
    )
  })

  test('what a server wrote is what is read', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '(', ')', '"', '\\', '{1}', ' ', '[', 'ÿ') })
    const value = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, fc.constant(null), text, fc.array(tie('value'), { maxLength: 4 })),
    })).value
    const written = (one: Value, literal: boolean): string => {
      if (one === null) return 'NIL'
      if (typeof one !== 'string') return `(${one.map((each) => written(each, literal)).join(' ')})`
      return literal ? `{${one.length}}${one}` : `"${one.replaceAll(/["\\]/g, '\\$&')}"`
    }
    fc.assert(
      fc.property(fc.array(value), fc.boolean(), (values, literal) => {
        expect(valuesIn(values.map((each) => written(each, literal)).join(' '))).toEqual(values)
      }),
    )
  })
})
