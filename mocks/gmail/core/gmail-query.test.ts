import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../harness/random.ts'
import { octetsOf } from '../wire/command-stream.ts'
import { gmailQuery } from './gmail-query.ts'
import { MailStore } from './mail-store.ts'
import { mailRules } from './switches.ts'

const now = Date.UTC(2026, 0, 14, 9)
const day = 86_400_000

const mail = (fields: readonly string[], body: string): Uint8Array => octetsOf([...fields, '', body, ''].join('\r\n'))

/** Four messages, told by their numbers. */
const messages = [
  {
    bytes: mail(
      [
        'From: Amy <amy@example.com>',
        'To: alice@example.com',
        'Subject: Dinner and a movie',
        'Message-ID: <one@example.com>',
      ],
      'Shall we have lunch on Thursday? Lunches are fine.',
    ),
    labels: ['\\Inbox', 'Work/Project x'],
    flags: ['\\Seen'],
    internalDate: now - day,
  },
  {
    bytes: mail(
      [
        'From: David <david@example.com>',
        'Cc: Amy <amy@example.com>',
        'Subject: =?utf-8?q?Rechnung_f=C3=BCr_Januar?=',
        'List-Id: <news.example.com>',
      ],
      'Thursday: no lunch',
    ),
    labels: ['\\Inbox', '\\Important'],
    flags: ['\\Flagged'],
    internalDate: now - 40 * day,
  },
  {
    bytes: mail(
      [
        'From: Amy <amy@example.com>',
        'Subject: files',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=b',
      ],
      '--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/pdf; name="Report 2026.pdf"\r\nContent-Disposition: attachment; filename="Report 2026.pdf"\r\n\r\nx\r\n--b--',
    ),
    labels: ['\\Sent'],
    flags: [],
    internalDate: Date.UTC(2024, 1, 29, 12),
  },
  {
    bytes: mail(['From: bob@example.com', 'Subject: large'], 'x'.repeat(20_000)),
    labels: ['\\Draft'],
    flags: ['\\Draft'],
    internalDate: 0,
  },
]

const store = new MailStore('alice@example.com', createRandom(1), mailRules(), () => 0)
const stored = messages.map((message) => store.append(message))
const found = (query: string): string => {
  const holds = gmailQuery(query, now)
  return stored.flatMap((message, index) => (holds(message) ? [index + 1] : [])).join(' ')
}

describe('X-GM-RAW', () => {
  test.each([
    ['', '1 2 3 4'],
    ['lunch', '1 2'],
    ['LUNCH thursday', '1 2'],
    ['lunches', '1'],
    ['lunc', ''],
    ['"lunch on thursday"', '1'],
    ['"thursday lunch"', ''],
    ['"no lunch', '2'],
    ['lunch -no', '1'],
    ['-lunch', '3 4'],
    ['-"lunch on thursday" thursday', '2'],
    ['movie OR large', '1 4'],
    ['movie OR large lunch', '1'],
    ['lunch movie OR rechnung', '1 2'],
    ['movie AND lunch', '1'],
    ['OR movie', '1'],
    ['movie OR', '1'],
    ['(movie OR rechnung) -dinner', '2'],
    ['{movie large}', '1 4'],
    ['-{movie large}', '2 3'],
    ['-(lunch movie)', '2 3 4'],
    ['from:amy', '1 3'],
    ['FROM:Amy', '1 3'],
    ['from:amy@example.com', '1 3'],
    ['from:am', ''],
    ['from:(amy OR david) lunch', '1 2'],
    ['from:{bob david}', '2 4'],
    ['-from:amy', '2 4'],
    ['to:amy', '2'],
    ['to:alice', '1'],
    ['cc:amy', '2'],
    ['bcc:amy', ''],
    ['list:news.example.com', '2'],
    ['subject:dinner', '1'],
    ['subject:(movie dinner)', '1'],
    ['subject:"dinner and"', '1'],
    ['subject:"movie dinner"', ''],
    ['subject:für', '2'],
    ['subject:lunch', ''],
    ['rfc822msgid:one@example.com', '1'],
    ['rfc822msgid:<one@example.com>', '1'],
    ['label:work-project-x', '1'],
    ['label:"Work/Project x"', '1'],
    ['label:work', ''],
    ['label:inbox', '1 2'],
    ['in:inbox', '1 2'],
    ['in:sent', '3'],
    ['in:drafts', '4'],
    ['in:draft', '4'],
    ['in:anywhere', '1 2 3 4'],
    ['in:trash', ''],
    ['is:unread', '2 3 4'],
    ['is:read', '1'],
    ['is:starred', '2'],
    ['is:important', '2'],
    ['is:nonsense', ''],
    ['has:attachment', '3'],
    ['has:userlabels', '1'],
    ['has:nouserlabels', '2 3 4'],
    ['has:nonsense', ''],
    ['filename:pdf', '3'],
    ['filename:report', '3'],
    ['filename:"Report 2026.pdf"', '3'],
    ['filename:txt', ''],
    ['larger:10K', '4'],
    ['larger:1M', ''],
    ['smaller:10k', '1 2 3'],
    ['size:20000', '4'],
    ['size:many', ''],
    ['newer_than:2d', '1'],
    ['older_than:1m', '2 3 4'],
    ['older_than:1y', '3 4'],
    ['newer_than:1w', ''],
    ['after:2026/01/13', '1'],
    ['after:01/13/2026', '1'],
    ['after:2025-12-01 before:2026-01-01', '2'],
    ['older:2024/03/01', '3 4'],
    ['newer:2024/02/29', '1 2 3'],
    ['after:2026/13/45', ''],
    [`after:${Math.floor((now - 2 * day) / 1000)}`, '1'],
    ['nonsense:lunch', ''],
    ['http://example.com', ''],
    [': - ( ) } {', '1 2 3 4'],
    ['lunch)', '1 2'],
    ['(lunch', '1 2'],
    ['subject:', ''],
    ['constructor:lunch is:constructor', ''],
  ])('%s', (query, expected) => {
    expect(found(query)).toBe(expected)
  })

  test('any text is a query', () => {
    const piece = fc.oneof(
      fc.constantFrom('(', ')', '{', '}', '-', '"', ' ', 'OR', 'from:', 'is:', 'lunch', 'after:'),
      fc.string(),
    )
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => void found(pieces.join(''))))
    for (const opening of ['(', '-', '{', 'from:', '-(']) expect(typeof found(opening.repeat(20_000))).toBe('string')
  })
})
