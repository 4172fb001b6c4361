import { describe, expect, test } from 'vitest'
import { globPattern, namePattern } from './glob.ts'

describe('globs of paths and ids', () => {
  test.each([
    ['cred/*', 'cred/client-idle', true],
    ['cred/*', 'cred/a/b', false],
    ['**', 'a/b', true],
    ['**/settings.yaml', 'settings.yaml', true],
    ['**/settings.yaml', 'a/b/settings.yaml', true],
    ['**/settings.yaml', 'xsettings.yaml', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/xb', false],
    ['a.b', 'axb', false],
    ['a**z', 'a/\n/z', true],
    ['', '', true],
    ['[ab]', 'a', false],
  ])('%j and %j: %s', (glob, text, is) => {
    expect(globPattern(glob).test(text)).toBe(is)
  })
})

describe('names as build tools match them', () => {
  test.each([
    ['.e*', '.env', true],
    ['*', 'a/b', false],
    ['file?.json', 'file1.json', true],
    ['[a-c]*.json', 'b1.json', true],
    ['[^a-c]*.json', 'b1.json', false],
    ['[z-a]', 'b', false],
    ['a[', 'a[', true],
    ['[]', '[]', true],
    [String.raw`[\]`, '\\', true],
  ])('%j and %j: %s', (glob, text, is) => {
    expect(namePattern(glob).test(text)).toBe(is)
  })
})

// With a regular expression each of these would take longer than anybody lives.
test.each([
  ['**/'.repeat(60), 'a/'.repeat(200)],
  ['*a'.repeat(60), 'a'.repeat(240)],
  ['**a'.repeat(60), 'a'.repeat(240)],
])('a pattern that was made to take for ever ends: %.12s', (glob, text) => {
  expect(globPattern(`${glob}b`).test(text)).toBe(false)
  expect(namePattern(`${glob}b`).test(text)).toBe(false)
})
