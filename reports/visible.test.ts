import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visible, visibleLines } from './visible.ts'

const acting = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

test.each([
  ['\u001b[31m', '\\x1b[31m'],
  ['a\r\nb\tc', 'a\\r\\nb\\tc'],
  ['\u202Egnp\u202C', '\\u{202e}gnp\\u{202c}'],
  ['\u{E0041}', '\\u{e0041}'],
  ['\uD800', '\\u{d800}'],
  ['Gelöscht ‹state-1› 邮件 ✓', 'Gelöscht ‹state-1› 邮件 ✓'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown)
})

test('nothing that acts is left of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visible(text)).not.toMatch(acting)
      for (const line of visibleLines(text)) expect(line).not.toMatch(acting)
    }),
  )
})

test('prose keeps its own line ends and nothing else', () => {
  expect(visibleLines('one\r\ntwo \n\nthree\rfour')).toEqual(['one', 'two', 'three\\rfour'])
})
