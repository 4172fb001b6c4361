import { expect, test } from 'vitest'
import { Fault } from '../../model/fault.ts'
import { accountsIn } from './accounts-file.ts'

const addresses = (text: string): readonly string[] => accountsIn(text, 'fleet.txt').map(({ account }) => account)

const faultOf = (text: string): string => {
  try {
    accountsIn(text, 'fleet.txt')
  } catch (error) {
    if (error instanceof Fault) return `${error.code} ${error.message} ${error.hint}`
    throw error
  }
  return 'none'
}

test('one address a line; blanks, comments, CRLF and a byte order mark say nothing', () => {
  const text = '\u{FEFF}# ours\r\nalice@example.com\r\n\r\n  bob@example.com  # on leave\nodd#name@example.com'
  expect(addresses(text)).toEqual(['alice@example.com', 'bob@example.com', 'odd#name@example.com'])
})

test('JSON lines may name the variable of a grant, and stand among plain ones', () => {
  const text =
    '{"account": "alice@example.com", "grant": "env:ALICE_GRANT"}\n{"account":"bob@example.com"}\ncarol@example.com'
  expect(accountsIn(text, 'fleet.jsonl')).toEqual([
    { account: 'alice@example.com', grant: 'ALICE_GRANT' },
    { account: 'bob@example.com' },
    { account: 'carol@example.com' },
  ])
})

test('an account that stands twice is told by both places, and masked', () => {
  const told = faultOf('alice@example.com\n\n{"account":"ALICE@Example.com"}')
  expect(told).toMatch(/^SETTINGS_INVALID fleet\.txt:3: a…@e…\.com stands on line 1 already\. /)
  expect(told).not.toMatch(/alice/i)
})

const secret = ['1//0g', 'PlantedRefreshToken'].join('')

test.each([
  ['no address', 'alice', /fleet\.txt:1: this is no e-mail address\./],
  ['two addresses', 'alice@example.com, bob@example.com', /fleet\.txt:1: this is no e-mail address\./],
  ['a name beside it', 'Alice <alice@example.com>', /fleet\.txt:1: this is no e-mail address\./],
  ['an address that is too long', `${'a'.repeat(250)}@example.com`, /fleet\.txt:1: this is no e-mail address\./],
  ['a control character', 'ali\u{1B}ce@example.com', /fleet\.txt:1: this is no e-mail address\./],
  ['broken JSON', '# one\n{"account": "alice@example.com"', /fleet\.txt:2: this is no JSON\./],
  ['an unknown member', '{"account":"alice@example.com","password":"x"}', /fleet\.txt:1: there is a member/],
  ['a number for an address', '{"account":7}', /fleet\.txt:1: this is no e-mail address\./],
  ['a grant itself', `{"account":"alice@example.com","grant":"${secret}"}`, /fleet\.txt:1: the grant is no name/],
  ['nothing', '# nobody\n', /fleet\.txt names no account\./],
])('%s is told with file and line, and not repeated', (_, text, told) => {
  const fault = faultOf(text)
  expect(fault).toMatch(told)
  expect(fault).not.toMatch(/alice|bob|1\/\/0g|\u{1B}/iu)
})

test('a hundred thousand lines are read, one more is not', () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `user${index}@example.com`)
  expect(addresses(`${lines.join('\n')}\n`)).toHaveLength(100_000)
  expect(faultOf(`${lines.join('\n')}\n# and one more`)).toContain('has more than 100000 lines')
})
