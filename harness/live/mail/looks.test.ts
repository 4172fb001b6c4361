import { describe, expect, test } from 'vitest'
import front from '../../../fixtures/gmail/front.json' with { type: 'json' }
import { challengeLook, textClass } from './looks.ts'
import { told } from './said.ts'

describe('a server’s words without what is another each time', () => {
  test.each([
    [
      'Gimap ready for requests from 192.0.2.7 af79cd13be357mb12345678wra',
      'Gimap ready for requests from {address} {id}',
    ],
    ['ready for requests from 2001:db8::7 p12mb34567890abc', 'ready for requests from {address} {id}'],
    ['alice@example.com authenticated (Success)', '{address} authenticated (Success)'],
    ['‹account-address-1› authenticated (Success)', '{address} authenticated (Success)'],
    ['Lookup failed qh09mb98656664mvw', 'Lookup failed {id}'],
    ['73 good day (Success)', '73 good day (Success)'],
    ['Invalid credentials (Failure)', 'Invalid credentials (Failure)'],
    [
      'required: https://support.google.com/accounts/answer/185833 (Failure)',
      'required: https://support.google.com/accounts/answer/185833 (Failure)',
    ],
    ['', ''],
  ])('%j', (text, words) => {
    expect(textClass(text)).toBe(words)
  })

  test('are what the fixtures have, whose places are marked in the same way', () => {
    const { greeting } = front
    const filled = greeting.text.replace('{address}', '198.51.100.23').replace('{id}', 'x9mb3141592wro')
    expect(textClass(filled)).toBe(textClass(greeting.text))
  })
})

describe('a refusal', () => {
  const refused = { condition: 'NO', code: 'AUTHENTICATIONFAILED', text: 'Invalid credentials' } as const
  const facts = (challenge: string | null) => challengeLook('XOAUTH2', refused, challenge).facts
  const always = { condition: 'NO', code: 'AUTHENTICATIONFAILED', text: 'Invalid credentials' }

  test.each([
    [null, {}],
    ['{"status":"400","schemes":"Bearer"}', { 'challenge.status': '400', 'challenge.schemes': 'Bearer' }],
    ['{"__proto__":"a","more":{"b":1}}', { 'challenge.__proto__': 'a', 'challenge.more': '{"b":1}' }],
    ['[]', { challenge: '[]' }],
    ['no JSON', { challenge: 'no JSON' }],
  ])('with the challenge %j', (challenge, more) => {
    expect(facts(challenge)).toEqual({ ...always, ...more })
  })
})

describe('what is told of a server’s words', () => {
  const secrets = { mask: (text: string) => text.replaceAll('alice@example.com', '‹account-address-1›') }
  const plain = (said: string) => told(said, { secrets: secrets as never, includeMail: false })

  test.each([
    ['OK alice@example.com authenticated', 'OK ‹account-address-1› authenticated'],
    ['OK A.Lice@example.com authenticated', 'OK ‹address› authenticated'],
    ['user <bob@example.com>, sorry', 'user <‹address›>, sorry'],
    ['from 192.0.2.7 at 10:30', 'from ‹address› at 10:30'],
    ['from 2001:db8::7 now', 'from ‹address› now'],
    ['from ::1 now', 'from ‹address› now'],
    ['{"status":"400","scope":"https://mail.google.com/"}', '{"status":"400","scope":"https://mail.google.com/"}'],
    ['version 1.2.3 of 2026-11-23', 'version 1.2.3 of 2026-11-23'],
    ['a\u001b[2Jb', 'a [2Jb'],
  ])('%j', (said, line) => {
    expect(plain(said)).toBe(line)
  })

  test('is all of it where a person asked for mail', () => {
    expect(told('OK bob@example.com', { secrets: secrets as never, includeMail: true })).toBe('OK bob@example.com')
  })
})
