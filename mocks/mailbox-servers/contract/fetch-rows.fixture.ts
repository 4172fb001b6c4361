import type { Row } from './row.fixture.ts'

const begins = { with: 'SELECT INBOX' }

export const fetchRows: readonly Row[] = [
  {
    title: 'FETCH tells flags, UID, size and internal date',
    because: 'RFC 3501 §6.4.5, §2.3',
    begins,
    story: String.raw`
      C: FETCH 1:2 (FLAGS UID RFC822.SIZE INTERNALDATE)
      S: * 1 FETCH FLAGS (\Seen)
      S: * 1 FETCH UID 1
      S: * 1 FETCH RFC822.SIZE 172
      S: * 1 FETCH INTERNALDATE 2026-01-05T09:00:00.000Z
      S: * 2 FETCH FLAGS (\Answered \Flagged)
      S: * 2 FETCH UID 2
      S: * 2 FETCH RFC822.SIZE 464
      S: * 2 FETCH INTERNALDATE 2026-01-07T09:00:00.000Z
      S: OK
      C: UID FETCH 4:* (FLAGS)
      S: * 4 FETCH FLAGS ()
      S: * 4 FETCH UID 4
      S: OK
      C: UID FETCH 99 (FLAGS)
      S: OK
      C: FETCH 99 (FLAGS)
      S: BAD`,
  },
  {
    title: 'ENVELOPE tells the fields of a header, and invents none',
    because: 'RFC 3501 §7.4.2, ENVELOPE',
    begins,
    story: String.raw`
      C: FETCH 2 ENVELOPE
      S: * 2 FETCH ENVELOPE bcc null
      S: * 2 FETCH ENVELOPE cc null
      S: * 2 FETCH ENVELOPE date "Wed, 7 Jan 2026 09:00:00 +0000"
      S: * 2 FETCH ENVELOPE from [["Bob",null,"bob","example.test"]]
      S: * 2 FETCH ENVELOPE in-reply-to null
      S: * 2 FETCH ENVELOPE message-id null
      S: * 2 FETCH ENVELOPE reply-to [["Bob",null,"bob","example.test"]]
      S: * 2 FETCH ENVELOPE sender [["Bob",null,"bob","example.test"]]
      S: * 2 FETCH ENVELOPE subject "=?UTF-8?Q?Caf=C3=A9?="
      S: * 2 FETCH ENVELOPE to [[null,null,"alice","example.com"],["Example, Carol",null,"carol","example.test"]]
      S: OK
      C: FETCH 4 ENVELOPE
      S: * 4 FETCH ENVELOPE bcc null
      S: * 4 FETCH ENVELOPE cc null
      S: * 4 FETCH ENVELOPE date null
      S: * 4 FETCH ENVELOPE from [["Ann Example",null,"ann","example.test"]]
      S: * 4 FETCH ENVELOPE in-reply-to null
      S: * 4 FETCH ENVELOPE message-id null
      S: * 4 FETCH ENVELOPE reply-to [["Ann Example",null,"ann","example.test"]]
      S: * 4 FETCH ENVELOPE sender [["Ann Example",null,"ann","example.test"]]
      S: * 4 FETCH ENVELOPE subject "no date"
      S: * 4 FETCH ENVELOPE to null
      S: OK`,
  },
  {
    title: 'BODYSTRUCTURE tells each part of a message with its octets and lines',
    because: 'RFC 3501 §7.4.2, BODYSTRUCTURE; RFC 2045',
    begins,
    story: String.raw`
      C: FETCH 1 BODYSTRUCTURE
      S: * 1 FETCH BODYSTRUCTURE description null
      S: * 1 FETCH BODYSTRUCTURE disposition null
      S: * 1 FETCH BODYSTRUCTURE encoding "7bit"
      S: * 1 FETCH BODYSTRUCTURE id null
      S: * 1 FETCH BODYSTRUCTURE language null
      S: * 1 FETCH BODYSTRUCTURE lines "1"
      S: * 1 FETCH BODYSTRUCTURE location null
      S: * 1 FETCH BODYSTRUCTURE md5 null
      S: * 1 FETCH BODYSTRUCTURE octets "11"
      S: * 1 FETCH BODYSTRUCTURE parameters null
      S: * 1 FETCH BODYSTRUCTURE type "text/plain"
      S: OK
      C: FETCH 2 BODYSTRUCTURE
      S: * 2 FETCH BODYSTRUCTURE disposition null
      S: * 2 FETCH BODYSTRUCTURE language null
      S: * 2 FETCH BODYSTRUCTURE location null
      S: * 2 FETCH BODYSTRUCTURE parameters ["boundary","part"]
      S: * 2 FETCH BODYSTRUCTURE type "multipart/mixed"
      S: * 2 FETCH BODYSTRUCTURE.1 description null
      S: * 2 FETCH BODYSTRUCTURE.1 disposition null
      S: * 2 FETCH BODYSTRUCTURE.1 encoding "7bit"
      S: * 2 FETCH BODYSTRUCTURE.1 id null
      S: * 2 FETCH BODYSTRUCTURE.1 language null
      S: * 2 FETCH BODYSTRUCTURE.1 lines "0"
      S: * 2 FETCH BODYSTRUCTURE.1 location null
      S: * 2 FETCH BODYSTRUCTURE.1 md5 null
      S: * 2 FETCH BODYSTRUCTURE.1 octets "10"
      S: * 2 FETCH BODYSTRUCTURE.1 parameters ["charset","us-ascii"]
      S: * 2 FETCH BODYSTRUCTURE.1 type "text/plain"
      S: * 2 FETCH BODYSTRUCTURE.2 description null
      S: * 2 FETCH BODYSTRUCTURE.2 disposition ["attachment",["filename","bill.pdf"]]
      S: * 2 FETCH BODYSTRUCTURE.2 encoding "base64"
      S: * 2 FETCH BODYSTRUCTURE.2 id null
      S: * 2 FETCH BODYSTRUCTURE.2 language null
      S: * 2 FETCH BODYSTRUCTURE.2 location null
      S: * 2 FETCH BODYSTRUCTURE.2 md5 null
      S: * 2 FETCH BODYSTRUCTURE.2 octets "8"
      S: * 2 FETCH BODYSTRUCTURE.2 parameters ["name","bill.pdf"]
      S: * 2 FETCH BODYSTRUCTURE.2 type "application/pdf"
      S: OK
      C: FETCH 3 BODY
      S: * 3 FETCH BODY description null
      S: * 3 FETCH BODY encoding "7bit"
      S: * 3 FETCH BODY envelope bcc null
      S: * 3 FETCH BODY envelope cc null
      S: * 3 FETCH BODY envelope date "Thu, 8 Jan 2026 09:00:00 +0000"
      S: * 3 FETCH BODY envelope from [["Eve",null,"eve","example.test"]]
      S: * 3 FETCH BODY envelope in-reply-to null
      S: * 3 FETCH BODY envelope message-id null
      S: * 3 FETCH BODY envelope reply-to [["Eve",null,"eve","example.test"]]
      S: * 3 FETCH BODY envelope sender [["Eve",null,"eve","example.test"]]
      S: * 3 FETCH BODY envelope subject "enclosed"
      S: * 3 FETCH BODY envelope to null
      S: * 3 FETCH BODY id null
      S: * 3 FETCH BODY lines "5"
      S: * 3 FETCH BODY octets "101"
      S: * 3 FETCH BODY parameters null
      S: * 3 FETCH BODY type "message/rfc822"
      S: * 3 FETCH BODY.enclosed description null
      S: * 3 FETCH BODY.enclosed encoding "7bit"
      S: * 3 FETCH BODY.enclosed id null
      S: * 3 FETCH BODY.enclosed lines "1"
      S: * 3 FETCH BODY.enclosed octets "12"
      S: * 3 FETCH BODY.enclosed parameters null
      S: * 3 FETCH BODY.enclosed type "text/plain"
      S: OK`,
  },
  {
    title: 'BODY.PEEK[] gives a message octet for octet and leaves it unseen; BODY[] marks it as seen',
    because: 'RFC 3501 §6.4.5',
    begins,
    story: String.raw`
      C: FETCH 4 BODY.PEEK[]
      S: * 4 FETCH BODY[] "From: Ann Example <ann@example.test>\r\nSubject: no date\r\n\r\nbody\r\n"
      S: OK
      C: FETCH 4 FLAGS
      S: * 4 FETCH FLAGS ()
      S: OK
      C: FETCH 4 RFC822.HEADER
      S: * 4 FETCH RFC822.HEADER "From: Ann Example <ann@example.test>\r\nSubject: no date\r\n\r\n"
      S: OK
      C: FETCH 4 (BODY[])
      S: * 4 FETCH BODY[] "From: Ann Example <ann@example.test>\r\nSubject: no date\r\n\r\nbody\r\n"
      S: * 4 FETCH FLAGS (\Seen)
      S: OK
      C: FETCH 3 (RFC822.TEXT)
      S: * 3 FETCH RFC822.TEXT "From: Eve <eve@example.test>\r\nSubject: enclosed\r\nDate: Thu, 8 Jan 2026 09:00:00 +0000\r\n\r\ninner body\r\n"
      S: * 3 FETCH FLAGS (\Seen)
      S: OK`,
  },
  {
    title: 'sections of a header keep their names, their order and the empty line behind them',
    because: 'RFC 3501 §6.4.5: the subset includes the delimiting blank line between the header and the body',
    begins,
    story: String.raw`
      C: FETCH 4 BODY.PEEK[HEADER]
      S: * 4 FETCH BODY[HEADER] "From: Ann Example <ann@example.test>\r\nSubject: no date\r\n\r\n"
      S: OK
      C: FETCH 1 BODY.PEEK[HEADER.FIELDS (Subject Message-ID)]
      S: * 1 FETCH BODY[HEADER.FIELDS (SUBJECT MESSAGE-ID)] "Subject: Lunch on Friday\r\nMessage-ID: <lunch@example.test>\r\n\r\n"
      S: OK
      C: FETCH 4 BODY.PEEK[HEADER.FIELDS.NOT (From)]
      S: * 4 FETCH BODY[HEADER.FIELDS.NOT (FROM)] "Subject: no date\r\n\r\n"
      S: OK
      C: FETCH 4 BODY.PEEK[HEADER.FIELDS (X-None)]
      S: * 4 FETCH BODY[HEADER.FIELDS (X-NONE)] "\r\n"
      S: OK`,
  },
  {
    title: 'parts have their bodies, their MIME headers and, where they enclose a message, its header and text',
    because: 'RFC 3501 §6.4.5, section-part',
    begins,
    story: String.raw`
      C: FETCH 2 BODY.PEEK[1]
      S: * 2 FETCH BODY[1] "first part"
      S: OK
      C: FETCH 2 BODY.PEEK[2.MIME]
      S: * 2 FETCH BODY[2.MIME] "Content-Type: application/pdf; name=\"bill.pdf\"\r\nContent-Disposition: attachment; filename=\"bill.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      S: OK
      C: FETCH 2 BODY.PEEK[2]
      S: * 2 FETCH BODY[2] "JVBERi0="
      S: OK
      C: FETCH 3 BODY.PEEK[1.HEADER]
      S: * 3 FETCH BODY[1.HEADER] "From: Eve <eve@example.test>\r\nSubject: enclosed\r\nDate: Thu, 8 Jan 2026 09:00:00 +0000\r\n\r\n"
      S: OK
      C: FETCH 3 BODY.PEEK[1.TEXT]
      S: * 3 FETCH BODY[1.TEXT] "inner body\r\n"
      S: OK
      C: FETCH 1 BODY.PEEK[1]
      S: * 1 FETCH BODY[1] "Shall we?\r\n"
      S: OK
      C: FETCH 1 BODY.PEEK[TEXT]
      S: * 1 FETCH BODY[TEXT] "Shall we?\r\n"
      S: OK`,
  },
  {
    title: 'a part that is not there is nothing',
    because: 'RFC 3501 §6.4.5, §9: nstring; Gmail and Dovecot differ only in how they say nothing',
    begins,
    story: String.raw`
      C: FETCH 1 BODY.PEEK[9]
      S: * 1 FETCH BODY[9] NIL
      S: OK`,
  },
  {
    title: 'a partial fetch tells where it begins, and gives nothing beyond the end',
    because: 'RFC 3501 §6.4.5: partial; §7.4.2: BODY[<section>]<<origin octet>>',
    begins,
    story: String.raw`
      C: FETCH 1 BODY.PEEK[]<6.11>
      S: * 1 FETCH BODY[]<6> "Ann Example"
      S: OK
      C: FETCH 1 BODY.PEEK[TEXT]<6.100>
      S: * 1 FETCH BODY[TEXT]<6> "we?\r\n"
      S: OK
      C: FETCH 1 BODY.PEEK[TEXT]<500.5>
      S: * 1 FETCH BODY[TEXT]<500> ""
      S: OK`,
  },
  {
    title: 'the macros are what they stand for',
    because: 'RFC 3501 §6.4.5: ALL, FAST, FULL',
    begins,
    story: String.raw`
      C: FETCH 4 FAST
      S: * 4 FETCH FLAGS ()
      S: * 4 FETCH INTERNALDATE 2026-01-11T09:00:00.000Z
      S: * 4 FETCH RFC822.SIZE 64
      S: OK`,
  },
]
