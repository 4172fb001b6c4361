import { expect, test } from 'vitest'
import keyFile from '../../fixtures/keys/test-only-service-account.json' with { type: 'json' }
import { isGuessable } from './guessable.ts'

test.each(['your_client_secret', 'changeme', 'correct-horse', 'https-refresh-token-here'])('%s is', (text) => {
  expect(isGuessable(text)).toBe(true)
})

test('a private key is not, although it is headed PRIVATE KEY', () => {
  expect(isGuessable(keyFile.private_key)).toBe(false)
})

test('nor is an app password, or what is drawn by lot', () => {
  expect(isGuessable('abcd efgh ijkl mnop')).toBe(false)
  expect(isGuessable('x7Kq-93hVbT2_mZ0')).toBe(false)
})
