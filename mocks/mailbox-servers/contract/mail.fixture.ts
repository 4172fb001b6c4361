import type { NewMessage } from '../../gmail/core/message.ts'
import { octetsOf } from '../../gmail/wire/command-stream.ts'
import { epoch } from '../../gmail/gmail.fixture.ts'

const message = (
  lines: readonly string[],
  day: number,
  flags: readonly string[],
  labels = ['\\Inbox'],
): NewMessage => ({
  bytes: octetsOf(lines.map((line) => `${line}\r\n`).join('')),
  labels,
  flags,
  internalDate: epoch - day * 86_400_000,
})

/** The inbox that every story begins with: a plain message, one of two parts, one that encloses another, one without a date. */
export const mail: readonly NewMessage[] = [
  message(
    [
      'From: Ann Example <ann@example.test>',
      'To: alice@example.com',
      'Subject: Lunch on Friday',
      'Date: Mon, 5 Jan 2026 10:00:00 +0100',
      'Message-ID: <lunch@example.test>',
      '',
      'Shall we?',
    ],
    9,
    ['\\Seen'],
  ),
  message(
    [
      'From: Bob <bob@example.test>',
      'To: alice@example.com, "Example, Carol" <carol@example.test>',
      'Subject: =?UTF-8?Q?Caf=C3=A9?=',
      'Date: Wed, 7 Jan 2026 09:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="part"',
      '',
      '--part',
      'Content-Type: text/plain; charset=us-ascii',
      '',
      'first part',
      '--part',
      'Content-Type: application/pdf; name="bill.pdf"',
      'Content-Disposition: attachment; filename="bill.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERi0=',
      '--part--',
    ],
    7,
    ['\\Flagged', '\\Answered'],
  ),
  message(
    [
      'From: Dan <dan@example.test>',
      'Subject: forwarded',
      'Date: Fri, 9 Jan 2026 09:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: message/rfc822',
      '',
      'From: Eve <eve@example.test>',
      'Subject: enclosed',
      'Date: Thu, 8 Jan 2026 09:00:00 +0000',
      '',
      'inner body',
    ],
    5,
    [],
  ),
  message(['From: Ann Example <ann@example.test>', 'Subject: no date', '', 'body'], 3, []),
]

/** What arrives while a story is told. */
export const arrival = octetsOf('From: Ann Example <ann@example.test>\r\nSubject: new\r\n\r\nnew mail\r\n')
