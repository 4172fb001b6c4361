import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AuthError, decodeAuthError, encodeAuthError } from './auth-error.ts'

const plain: AuthError = {
  code: 'invalid_request',
  message: 'device_id and device_name are required for private IP: http://192.168.1.124:8045/auth/callback',
  help: 'https://developers.google.com/identity/protocols/oauth2',
  number: 400,
  details: [],
  developer: null,
}

// github.com/onyx-dot-app/onyx issue 7854.
const captured =
  'Cg9pbnZhbGlkX3JlcXVlc3QSXmRldmljZV9pZCBhbmQgZGV2aWNlX25hbWUgYXJlIHJlcXVpcmVkIGZvciBwcml2YXRlIElQOiBodHRwOi8vMTkyLjE2OC4xLjEyNDo4MDQ1L2F1dGgvY2FsbGJhY2saN2h0dHBzOi8vZGV2ZWxvcGVycy5nb29nbGUuY29tL2lkZW50aXR5L3Byb3RvY29scy9vYXV0aDIgkAM='

test('it is written octet for octet as in a captured address', () => {
  expect(encodeAuthError(plain)).toBe(captured)
  expect(decodeAuthError(captured)).toEqual(plain)
})

test('details and the developer’s part are written as in a captured address', () => {
  // github.com/sameerasw/tasks issue 2.
  expect(decodeAuthError('ChVyZWRpcmVjdF91cmlfbWlzbWF0Y2ggkAMyAggB')).toMatchObject({
    code: 'redirect_uri_mismatch',
    number: 400,
    developer: { kind: 1, message: '', help: '' },
  })
})

const text = fc.string({ unit: 'grapheme' })
const errors = fc.record({
  code: fc.string({ minLength: 1 }),
  message: text,
  help: text,
  number: fc.integer({ min: 0, max: 599 }),
  details: fc.array(fc.tuple(text, text), { maxLength: 4 }),
  developer: fc.option(fc.record({ kind: fc.integer({ min: 1, max: 9 }), message: text, help: text })),
})

test('what was written is read', () => {
  fc.assert(
    fc.property(errors, (error) => {
      expect(decodeAuthError(encodeAuthError(error))).toEqual(error)
    }),
    { seed: 1 },
  )
})

test('a message longer than a call may have arguments is written and read', () => {
  const long = { ...plain, message: 'é'.repeat(200_000) }
  expect(decodeAuthError(encodeAuthError(long))).toEqual(long)
})

test.each(['', '%', 'AAAA', 'Cv8', 'CgVhYQ==', 'Cv//////////AQ=='])('%j is no such message', (encoded) => {
  expect(decodeAuthError(encoded)).toBeUndefined()
})

test('no text ends the reader', () => {
  fc.assert(
    fc.property(fc.base64String(), (encoded) => {
      decodeAuthError(encoded)
    }),
    { seed: 1, numRuns: 300 },
  )
})
