import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeModifiedUtf7, encodeModifiedUtf7 } from './modified-utf7.ts'

test.each([
  ['~peter/mail/台北/日本語', '~peter/mail/&U,BTFw-/&ZeVnLIqe-'],
  ['Entwürfe & Co', 'Entw&APw-rfe &- Co'],
  ['📬', '&2D3c7A-'],
  ['', ''],
])('%s (the first is of RFC 3501 §5.1.3)', (name, encoded) => {
  expect(encodeModifiedUtf7(name)).toBe(encoded)
  expect(decodeModifiedUtf7(encoded)).toBe(name)
})

/** Any text, in UTF-16; fast-check's own unit of this kind takes a hundred times as long to make. */
const anyText = fc
  .array(fc.oneof(fc.constantFrom(0x26, 0x2d, 0x41, 0xe9), fc.integer({ min: 1, max: 0x10ffff })), { maxLength: 20 })
  .map((points) => String.fromCodePoint(...points))

test('every name comes back, and has one encoding only', () => {
  fc.assert(
    fc.property(anyText, (name) => {
      const encoded = encodeModifiedUtf7(name)
      expect(encoded).toMatch(/^[\x20-\x7e]*$/)
      expect(decodeModifiedUtf7(encoded)).toBe(name)
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('&', '-', 'A', 'G', 'E', ',', '+', 'a') }), (text) => {
      const name = decodeModifiedUtf7(text)
      if (name !== undefined) expect(encodeModifiedUtf7(name)).toBe(text)
    }),
  )
})

test.each(['&', '&A', '&AGE-', '&AP-', '&AMk', '&U,BTFw-&ZeVnLIqe-', 'é'])('%s is not well-formed', (text) => {
  expect(decodeModifiedUtf7(text)).toBeUndefined()
})
