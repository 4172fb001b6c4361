import { type BadInput, get, host, octetsOf, ok } from './bad-input.fixture.ts'

const having = (...fields: readonly string[]): string => get(ok, host, ...fields)
const many = Array.from({ length: 9_000 }, () => 'A: b')

export const fields: readonly BadInput[] = [
  ['RFC 6585 §5', 'fields of 40,000 octets', having(`X-A: ${'a'.repeat(40_000)}`), [431]],
  ['RFC 6585 §5', 'fields of 300,000 octets', having(`X-A: ${'a'.repeat(300_000)}`), [431]],
  ['RFC 6585 §5', '9,000 fields', having(...many), [431]],
  ['RFC 9110 §5.5', 'NUL in a field', having('X-A: a\0b'), [400]],
  ['RFC 9110 §5.5', 'a control character in a field', having('X-A: a\u0001b'), [400]],
  ['RFC 9110 §5.5', 'CR alone in a field', having('X-A: a\rb'), [400]],
  ['RFC 9110 §5.5', 'UTF-8 in a field', having('X-A: 日本'), [200]],
  ['RFC 9110 §5.5', 'ISO 8859-1 in a field', octetsOf(having('X-A: café')), [200]],
  ['RFC 9110 §5.1', 'a name beyond ASCII', having('Xé: a'), [400]],
  ['RFC 9112 §5', 'no name', having(': x'), [400]],
  ['RFC 9112 §5', 'no colon', having('garbage'), [400]],
  ['RFC 9112 §5.1', 'a space before the colon', having('X-A : a'), [400]],
  ['RFC 9112 §5.2', 'a folded line', having('X-A: a', ' b'), [400]],
  ['RFC 9112 §2.2', 'a folded line first', get(ok, ' X: y', host), [400]],
  ['RFC 9110 §5.3', 'a field twice', having('Accept: a/b', 'Accept: c/d'), [200]],
  ['RFC 9110 §10.1.1', 'an expectation that nobody knows', having('Expect: tea'), [417]],
  [
    'RFC 9110 §7.8',
    'an upgrade, which a server may ignore',
    having('Upgrade: websocket', 'Connection: Upgrade'),
    [200],
  ],
]
