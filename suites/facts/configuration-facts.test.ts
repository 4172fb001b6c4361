import { describe, expect, test } from 'vitest'
import { daysAfter, daysFrom, isDay, yearAfter } from './days.ts'
import { scopeKind } from './scopes.ts'
import { isPath, isTemporary, liesBeside, syncedBy } from './store-path.ts'
import { flagOf, isEndless, numberOf, turnedRound } from './words.ts'

describe('what settings say', () => {
  test.each([
    ['true', true, 'false'],
    ['0', false, '1'],
    ['Yes', true, 'no'],
    ['off', false, 'on'],
    ['maybe', undefined, undefined],
  ])('the flag %s', (written, flag, opposite) => {
    expect(flagOf(written)).toBe(flag)
    expect(turnedRound('another', written).replacement).toBe(opposite)
  })

  test('numbers, and what stands for no end', () => {
    expect(['6', '0.5', '-1', '1e3', ''].map(numberOf)).toEqual([6, 0.5, undefined, undefined, undefined])
    expect(['-1', 'Infinity', 'unlimited', '6', 'no'].map(isEndless)).toEqual([true, true, true, false, false])
  })

  test.each([
    ['https://mail.google.com/', 'mail'],
    ['https://mail.google.com', 'nearly-mail'],
    ['HTTPS://mail.google.com/', 'nearly-mail'],
    ['mail.google.com', 'nearly-mail'],
    ['https://mail.google.com/,email', 'unknown'],
    ['https://mail.google.com/feed', 'other'],
    ['https://www.googleapis.com/auth/gmail.imap_admin', 'admin'],
    ['https://www.googleapis.com/auth/gmail.modify', 'gmail'],
    ['https://www.googleapis.com/auth/drive', 'other'],
    ['https://www.googleapis.com/auth/userinfo.email', 'identity'],
    ['openid', 'identity'],
    ['OpenID', 'unknown'],
    ['gmail.readonly', 'unknown'],
  ])('the scope %s is %s', (scope, kind) => {
    expect(scopeKind(scope)).toBe(kind)
  })
})

describe('where tokens lie', () => {
  test.each(['/tmp/t.json', '/var/tmp/a/t.json', '/private/tmp/t', '/dev/shm/t', '$TMPDIR/t', '${TMPDIR}/t'])(
    '%s is temporary',
    (path) => expect(isTemporary(path)).toBe(true),
  )
  test.each([String.raw`%TEMP%\t`, String.raw`C:\Windows\Temp\t`, 'C:/temp/t', 'file:///tmp/t.json'])(
    '%s is temporary too',
    (path) => expect(isTemporary(path)).toBe(true),
  )
  test.each(['/home/alice/tmp/t', '~/tmp/t', './tmp/t', '/tmpfs/t', '$XDG_RUNTIME_DIR/t', '/var/lib/tmp/t'])(
    '%s is not',
    (path) => expect(isTemporary(path)).toBe(false),
  )

  test.each([
    ['~/Dropbox (Personal)/t.json', 'Dropbox'],
    ['/Users/alice/Library/Mobile Documents/x/t.json', 'iCloud'],
    [String.raw`C:\Users\alice\OneDrive\t.json`, 'OneDrive'],
    ['~/Library/CloudStorage/x/t.json', 'a synchronised folder'],
    ['~/dropbox', undefined],
    ['~/.config/onedriver/t.json', undefined],
  ])('%s is copied by %s', (path, service) => {
    expect(syncedBy(path)).toBe(service)
  })

  test.each([
    ['~/.app/key', '~/.app/tokens.json', true],
    ['~/.app/tokens/key', '~/.app/tokens', true],
    ['~/.app/keys/key', '~/.app/tokens.json', true],
    ['~/.app/key', '~/.app/tokens/alice.json', false],
    ['/run/secrets/key', '~/.app/tokens.json', false],
    ['key.bin', 'tokens.json', true],
    [String.raw`C:\app\key`, String.raw`C:\app\tokens.json`, true],
  ])('a key at %s, tokens at %s', (key, store, beside) => {
    expect(liesBeside(key, store)).toBe(beside)
  })

  test('words are no paths', () => {
    expect(['keyring', 'environment', './key', 'a/b', 'key.pem'].map(isPath)).toEqual([false, false, true, true, true])
  })
})

test('days', () => {
  expect(daysFrom('2025-12-31', '2026-01-14')).toBe(14)
  expect(daysFrom('2026-01-15', '2026-01-14')).toBe(-1)
  expect(daysAfter('2026-02-26', 7)).toBe('2026-03-05')
  expect([yearAfter('2025-06-01'), yearAfter('2024-02-29')]).toEqual(['2026-06-01', '2025-03-01'])
  expect(['2026-02-30', '2026-1-1', 'none', '2026-03-01'].map(isDay)).toEqual([false, false, false, true])
})
