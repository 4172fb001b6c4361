import { expect, test } from 'vitest'
import { loggedIn, openTestWorld } from '../gmail.fixture.ts'

/** UIDs in All Mail of the example account: 1 plain, 2 reply, 3 encoded, 4 eight-bit, 5 minutes, 6 forwarded, 7 bare, 8 lookalike, 9 digest. */
const cases: readonly (readonly [string, string])[] = [
  ['ALL', '1 2 3 4 5 6 7 8 9'],
  ['2,4:5', '2 4 5'],
  ['*', '9'],
  ['UID 8:*', '8 9'],
  ['UID 100:*', '9'],
  ['SEEN', '1 2 6 7'],
  ['UNSEEN', '3 4 5 8 9'],
  ['ANSWERED', '6'],
  ['FLAGGED', '4'],
  ['UNFLAGGED UNSEEN', '3 5 8 9'],
  ['DRAFT', '7'],
  ['DELETED', ''],
  ['NEW', ''],
  ['OLD 1', '1'],
  ['KEYWORD $Phishing', ''],
  ['UNKEYWORD $Phishing 1', '1'],
  ['FROM bob', '1 6'],
  ['FROM "j\\\\org"', ''],
  ['FROM "<bob@example.com>"', '1 6'],
  ['TO carol', ''],
  ['CC carol', '2'],
  ['SUBJECT "lunch on"', '1 2'],
  ['SUBJECT {11+}\r\nf\xc3\xbcr Januar', '3'],
  ['CHARSET UTF-8 BODY {4+}\r\nf\xc3\xbcr', '3'],
  ['HEADER Message-ID parcel', ''],
  ['HEADER Message-ID ""', '1 2 3 4 5 6 8 9'],
  ['HEADER X-Spam-Flag NO', '8'],
  ['BODY "parcel arrives"', '6'],
  ['TEXT parcel', '6'],
  ['TEXT "minutes and"', '5'],
  ['ON 13-Jan-2026', '3 4 5 6 7 8 9'],
  ['BEFORE 13-Jan-2026', '1 2'],
  ['SINCE "14-Jan-2026"', ''],
  ['SENTON 12-Jan-2026', '1 2'],
  ['SENTSINCE 12-Jan-2026 SENTBEFORE 13-Jan-2026', '1 2'],
  ['SMALLER 100', '7'],
  ['LARGER 1000', '5'],
  ['NOT SEEN NOT FLAGGED', '3 5 8 9'],
  ['OR FROM bob FROM zoe', '1 4 6'],
  ['OR (FROM bob SEEN) (NOT (UID 1:8))', '1 6 9'],
  ['X-GM-RAW "lunch thursday"', '1 2'],
  ['X-GM-RAW "lunch -gladly"', '1'],
  ['X-GM-RAW "from:zoe is:starred"', '4'],
  ['X-GM-RAW "subject:minutes OR-nothing"', ''],
  ['X-GM-LABELS \\\\Inbox', 'BAD'],
  ['X-GM-LABELS "\\\\Inbox"', '1 3 4 5 6 8'],
  ['X-GM-LABELS "muy importante"', ''],
  ['X-GM-LABELS "Muy Importante"', '5'],
  ['', 'BAD'],
  ['FOO', 'BAD'],
  ['OR SEEN', 'BAD'],
  ['SINCE yesterday', 'BAD'],
]

test.each(cases)('SEARCH %s', (keys, expected) => {
  const client = loggedIn(openTestWorld().gmail)
  client.say('a EXAMINE "[Gmail]/All Mail"')
  const answer = client.say(`b UID SEARCH ${keys}`)
  if (expected === 'BAD') expect(answer).toEqual([expect.stringMatching(/^b BAD Could not parse command/)])
  else expect(answer).toEqual([`* SEARCH ${expected}`.trimEnd(), 'b OK SEARCH completed (Success)'])
})

test('SEARCH by identifiers, exact beyond 2^53', () => {
  const client = loggedIn(openTestWorld().gmail)
  client.say('a EXAMINE "[Gmail]/All Mail"')
  const [, id] = /X-GM-MSGID (\d+)/.exec(client.say('b FETCH 2 X-GM-MSGID').join()) ?? []
  const [, thread] = /X-GM-THRID (\d+)/.exec(client.say('c FETCH 2 X-GM-THRID').join()) ?? []
  expect(client.say(`d SEARCH X-GM-MSGID ${id}`)[0]).toBe('* SEARCH 2')
  expect(client.say(`e SEARCH X-GM-MSGID ${BigInt(id!) + 1n}`)[0]).toBe('* SEARCH')
  expect(client.say(`f SEARCH X-GM-THRID ${thread}`)[0]).toBe('* SEARCH 1 2')
})

test('an unknown charset is refused with those that are known', () => {
  const client = loggedIn(openTestWorld().gmail)
  client.say('a SELECT INBOX')
  expect(client.say('b SEARCH CHARSET KOI8-R ALL')).toEqual([expect.stringMatching(/^b NO \[BADCHARSET \(UTF-8\)\]/)])
})
