import { describe, expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { openSecrets } from '../secrets.ts'
import { withoutAddresses } from './account-secrets.ts'
import { jsonObjectIn } from './json-object.ts'
import { plainLook, plainText, plainly } from './plain-text.ts'

const token = ['ya29.', 'Qx7kV2mPz9LrT4wNb8Ys3HdFj6Gc1'].join('')
const elsewhere = { issuer: 'https://auth.example.org', imap: { host: 'imap.example.org', port: 993 } }
const registry = (named = 'alice@example.com', farSide = elsewhere) => {
  const secrets = withoutAddresses(openSecrets(createRandom(0)), named, farSide)
  secrets.learn('access-token', token)
  return secrets
}

describe('a text', () => {
  test.each([
    ['plain words, 7 of them (and 50 %): a=b', 'plain words, 7 of them (and 50 %): a=b'],
    ['a\u001B[2Jb\u202Ec\u2028d', 'a [2Jb c d'],
    ['##[add-mask]x', '# #[add-mask]x'],
    [`Bearer ${token}.`, 'Bearer ‹access-token-1›.'],
    [`Bearer ${token.match(/.{1,8}/g)!.join(' , ')}`, '‹a secret in pieces›'],
    ['alice@example.com', '‹account-address-1›'],
    ['user bob@example.org, or b%40c.example', 'user ‹address›, or ‹address›'],
  ])('%j', (said, told) => {
    expect(plainText(said, registry())).toBe(told)
  })

  test.each(['ALICE@EXAMPLE.COM', 'Alice@example.com', 'Alice@Example.Com', btoa('ALICE@EXAMPLE.COM')])(
    'names nobody by %s',
    (spelled) => {
      expect(plainText(`of ${spelled} here`, registry())).not.toMatch(new RegExp(`${spelled}|example`, 'i'))
    },
  )
})

test('servers of the account’s own domain may be named, and the account may not', () => {
  const farSide = { issuer: 'https://auth.university.example', imap: { host: 'imap.university.example', port: 993 } }
  const secrets = registry('alice@university.example', farSide)
  expect(plainText('imap.university.example:993: no answer', secrets)).toBe('imap.university.example:993: no answer')
  for (const said of ['alice@university.example', 'ALICE@UNIVERSITY.EXAMPLE', btoa('alice@university.example')])
    expect(plainText(`user ${said} `, secrets)).not.toMatch(/alice|YWxpY2V/i)
  expect(secrets.scanner.scanText('imap.university.example')).toEqual([])
})

test('names of members are told as plainly as their values, and no more of a list than can be read', () => {
  const seen = { [token]: [token, 7, null, true], many: Array.from({ length: 501 }, () => 'a') }
  const told = plainly(seen, registry())
  expect(Object.keys(told)).toEqual(['‹access-token-1›', 'many'])
  expect(told).toMatchObject({ '‹access-token-1›': ['‹access-token-1›', 7, null, true] })
  expect(told.many).toHaveLength(500)
})

test('of a look with more facts than can be read the rest is counted', () => {
  const facts = Object.fromEntries(Array.from({ length: 502 }, (_, index) => [`fact${index}`, 'a']))
  const told = plainLook({ area: 'as-metadata', look: 'a', facts }, registry())
  expect(Object.keys(told.facts)).toHaveLength(501)
  expect(told.facts['further facts']).toBe('2')
})

test('an object of JSON is read unless lists lie in lists without end', () => {
  const nested = (count: number): string => `{"a":${'['.repeat(count)}${']'.repeat(count)}}`
  expect(jsonObjectIn(nested(15))).toBeDefined()
  for (const text of [nested(30), nested(200_000), '[]', 'null', '{', '"a"']) expect(jsonObjectIn(text)).toBeUndefined()
})
