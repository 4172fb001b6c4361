import { expect, test } from 'vitest'
import { parseAddresses } from './mime-address.ts'

/** RFC 5322 §3.4, as name, source route, mailbox and host. */
test.each([
  ['bob@example.com', [[null, null, 'bob', 'example.com']]],
  [
    '"Example, \\"Carol\\"" <carol@example.com>, bob@example.com (Bob)',
    [
      ['Example, "Carol"', null, 'carol', 'example.com'],
      ['Bob', null, 'bob', 'example.com'],
    ],
  ],
  [
    'Team: a@b.c, <d@e.f>;',
    [
      [null, null, 'Team', null],
      [null, null, 'a', 'b.c'],
      [null, null, 'd', 'e.f'],
      [null, null, null, null],
    ],
  ],
  ['"odd@local"@example.com', [[null, null, 'odd@local', 'example.com']]],
  ['nobody', [[null, null, 'nobody', '']]],
  ['two words', [[null, null, 'two words', '']]],
  ['carol @ example . com', [[null, null, 'carol', 'example.com']]],
  ['', []],
  [',,', []],
  ['(only a comment)', []],
  // A route is told: RFC 3501 §7.4.2 has a place for it.
  ['<@relay.example:bob@example.com>', [[null, '@relay.example', 'bob', 'example.com']]],
  ['Dave <@one.example,@two.example:d@example.com>', [['Dave', '@one.example,@two.example', 'd', 'example.com']]],
  // The colons of an address literal begin no group.
  [
    'bob@[IPv6:2001:db8::1], c@d.e',
    [
      [null, null, 'bob', '[IPv6:2001:db8::1]'],
      [null, null, 'c', 'd.e'],
    ],
  ],
  ['bob@[unclosed', [[null, null, 'bob', '[unclosed']]],
  // Of several comments the one behind the address is the name.
  ['(before) bob@example.com (Bob (the) Builder)', [['Bob (the) Builder', null, 'bob', 'example.com']]],
  // A semicolon that ends no group is a comma: a group that ends before it begins would break its reader.
  [
    'a@b.c; d@e.f',
    [
      [null, null, 'a', 'b.c'],
      [null, null, 'd', 'e.f'],
    ],
  ],
  [';', []],
])('%s', (value, expected) => {
  expect(parseAddresses(value).map(({ name, route, mailbox, host }) => [name, route, mailbox, host])).toEqual(expected)
})

test('a long list is read in linear time', () => {
  const value = 'Reader <reader@example.com>, '.repeat(20_000)
  const start = performance.now()
  expect(parseAddresses(value)).toHaveLength(20_000)
  expect(performance.now() - start).toBeLessThan(2000)
})
