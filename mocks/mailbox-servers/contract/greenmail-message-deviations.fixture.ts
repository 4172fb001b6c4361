import type { Deviation } from './row.fixture.ts'

/** What GreenMail answers otherwise to FETCH and SEARCH. */
export const greenmailMessages: readonly Deviation[] = [
  {
    server: 'greenmail',
    reason: 'RFC 3501 §6.4.5 is broken: of an enclosed message no header and no text can be read',
    places: {
      'parts have their bodies, their MIME headers and, where they enclose a message, its header and text': String.raw`
        C: FETCH 3 BODY.PEEK[1.HEADER]
        - * 3 FETCH BODY[1.HEADER] "From: Eve <eve@example.test>\r\nSubject: enclosed\r\nDate: Thu, 8 Jan 2026 09:00:00 +0000\r\n\r\n"
        - OK
        + NO
        C: FETCH 3 BODY.PEEK[1.TEXT]
        - * 3 FETCH BODY[1.TEXT] "inner body\r\n"
        - OK
        + NO`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §9, msg-att-static, is broken: no space stands between a partial section and what it holds',
    places: {
      'EXAMINE opens for reading: nothing that is done there stays': String.raw`
        C: FETCH 3 BODY[TEXT]<0.4>
        - * 3 FETCH BODY[TEXT]<0> "From"
        + * 3 FETCH "(BODY[TEXT]<0>{4}\r\nFrom)"`,
      'a partial fetch tells where it begins, and gives nothing beyond the end': String.raw`
        C: FETCH 1 BODY.PEEK[]<6.11>
        - * 1 FETCH BODY[]<6> "Ann Example"
        + * 1 FETCH "(BODY[]<6>{11}\r\nAnn Example)"
        C: FETCH 1 BODY.PEEK[TEXT]<6.100>
        - * 1 FETCH BODY[TEXT]<6> "we?\r\n"
        + * 1 FETCH "(BODY[TEXT]<6>{3}\r\nwe?)"
        C: FETCH 1 BODY.PEEK[TEXT]<500.5>
        - * 1 FETCH BODY[TEXT]<500> ""
        + * 1 FETCH "(BODY[TEXT]<500>{0}\r\n)"`,
    },
  },
  {
    server: 'greenmail',
    reason:
      'RFC 3501 §9, seq-number, has only a “should” for a number beyond the last: here it is the number of nothing',
    places: {
      'FETCH tells flags, UID, size and internal date': String.raw`
        C: FETCH 99 (FLAGS)
        - BAD
        + OK`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §7.4.2, ENVELOPE, is broken: a date is written anew, and made up where the message has none',
    places: {
      'ENVELOPE tells the fields of a header, and invents none': String.raw`
        C: FETCH 2 ENVELOPE
        - * 2 FETCH ENVELOPE date "Wed, 7 Jan 2026 09:00:00 +0000"
        + * 2 FETCH ENVELOPE date "Wed, 7 Jan 2026 09:00:00 +0000 (GMT)"
        C: FETCH 4 ENVELOPE
        - * 4 FETCH ENVELOPE date null
        + * 4 FETCH ENVELOPE date "Sun, 11 Jan 2026 09:00:00 +0000 (GMT)"`,
      'BODYSTRUCTURE tells each part of a message with its octets and lines': String.raw`
        C: FETCH 3 BODY
        - * 3 FETCH BODY envelope date "Thu, 8 Jan 2026 09:00:00 +0000"
        + * 3 FETCH BODY envelope date "Thu, 8 Jan 2026 09:00:00 +0000 (GMT)"`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §9, body-ext-1part: the rest of a body may be left out',
    places: {
      'BODYSTRUCTURE tells each part of a message with its octets and lines': String.raw`
        C: FETCH 1 BODYSTRUCTURE
        - * 1 FETCH BODYSTRUCTURE location null
        + * 1 FETCH BODYSTRUCTURE location absent
        C: FETCH 2 BODYSTRUCTURE
        - * 2 FETCH BODYSTRUCTURE location null
        - * 2 FETCH BODYSTRUCTURE.1 location null
        - * 2 FETCH BODYSTRUCTURE.2 location null
        + * 2 FETCH BODYSTRUCTURE location absent
        + * 2 FETCH BODYSTRUCTURE.1 location absent
        + * 2 FETCH BODYSTRUCTURE.2 location absent`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §7.4.2, BODYSTRUCTURE, is broken: octets and lines count the header with the text',
    places: {
      'BODYSTRUCTURE tells each part of a message with its octets and lines': String.raw`
        C: FETCH 1 BODYSTRUCTURE
        - * 1 FETCH BODYSTRUCTURE lines "1"
        - * 1 FETCH BODYSTRUCTURE octets "11"
        + * 1 FETCH BODYSTRUCTURE lines "7"
        + * 1 FETCH BODYSTRUCTURE octets "172"
        C: FETCH 2 BODYSTRUCTURE
        - * 2 FETCH BODYSTRUCTURE.1 lines "0"
        - * 2 FETCH BODYSTRUCTURE.1 octets "10"
        - * 2 FETCH BODYSTRUCTURE.2 octets "8"
        + * 2 FETCH BODYSTRUCTURE.1 lines "2"
        + * 2 FETCH BODYSTRUCTURE.1 octets "56"
        + * 2 FETCH BODYSTRUCTURE.2 octets "147"
        C: FETCH 3 BODY
        - * 3 FETCH BODY lines "5"
        - * 3 FETCH BODY octets "101"
        - * 3 FETCH BODY.enclosed lines "1"
        - * 3 FETCH BODY.enclosed octets "12"
        + * 3 FETCH BODY lines "11"
        + * 3 FETCH BODY octets "240"
        + * 3 FETCH BODY.enclosed lines "5"
        + * 3 FETCH BODY.enclosed octets "101"`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §6.4.5 is broken: the last CRLF of a text is lost',
    places: {
      'BODY.PEEK[] gives a message octet for octet and leaves it unseen; BODY[] marks it as seen': String.raw`
        C: FETCH 3 (RFC822.TEXT)
        - * 3 FETCH RFC822.TEXT "From: Eve <eve@example.test>\r\nSubject: enclosed\r\nDate: Thu, 8 Jan 2026 09:00:00 +0000\r\n\r\ninner body\r\n"
        + * 3 FETCH RFC822.TEXT "From: Eve <eve@example.test>\r\nSubject: enclosed\r\nDate: Thu, 8 Jan 2026 09:00:00 +0000\r\n\r\ninner body"`,
      'parts have their bodies, their MIME headers and, where they enclose a message, its header and text': String.raw`
        C: FETCH 1 BODY.PEEK[1]
        - * 1 FETCH BODY[1] "Shall we?\r\n"
        + * 1 FETCH BODY[1] "Shall we?"
        C: FETCH 1 BODY.PEEK[TEXT]
        - * 1 FETCH BODY[TEXT] "Shall we?\r\n"
        + * 1 FETCH BODY[TEXT] "Shall we?"`,
      'mail that arrives is told with NOOP, and is there to be read': String.raw`
        C: FETCH 5 (FLAGS BODY.PEEK[TEXT])
        - * 5 FETCH BODY[TEXT] "new mail\r\n"
        + * 5 FETCH BODY[TEXT] "new mail"`,
    },
  },
  {
    server: 'greenmail',
    reason:
      'RFC 3501 §6.4.5 is broken: the empty line behind a header is lost, and HEADER.FIELDS.NOT leaves nothing out',
    places: {
      'BODY.PEEK[] gives a message octet for octet and leaves it unseen; BODY[] marks it as seen': String.raw`
        C: FETCH 4 RFC822.HEADER
        - * 4 FETCH RFC822.HEADER "From: Ann Example <ann@example.test>\r\nSubject: no date\r\n\r\n"
        + * 4 FETCH RFC822.HEADER "From: Ann Example <ann@example.test>\r\nSubject: no date\r\n"`,
      'sections of a header keep their names, their order and the empty line behind them': String.raw`
        C: FETCH 4 BODY.PEEK[HEADER]
        - * 4 FETCH BODY[HEADER] "From: Ann Example <ann@example.test>\r\nSubject: no date\r\n\r\n"
        + * 4 FETCH BODY[HEADER] "From: Ann Example <ann@example.test>\r\nSubject: no date\r\n"
        C: FETCH 1 BODY.PEEK[HEADER.FIELDS (Subject Message-ID)]
        - * 1 FETCH BODY[HEADER.FIELDS (SUBJECT MESSAGE-ID)] "Subject: Lunch on Friday\r\nMessage-ID: <lunch@example.test>\r\n\r\n"
        + * 1 FETCH BODY[HEADER.FIELDS (SUBJECT MESSAGE-ID)] "Subject: Lunch on Friday\r\nMessage-ID: <lunch@example.test>\r\n"
        C: FETCH 4 BODY.PEEK[HEADER.FIELDS.NOT (From)]
        - * 4 FETCH BODY[HEADER.FIELDS.NOT (FROM)] "Subject: no date\r\n\r\n"
        + * 4 FETCH BODY[HEADER.FIELDS.NOT (FROM)] "From: Ann Example <ann@example.test>\r\nSubject: no date\r\n"
        C: FETCH 4 BODY.PEEK[HEADER.FIELDS (X-None)]
        - * 4 FETCH BODY[HEADER.FIELDS (X-NONE)] "\r\n"
        + * 4 FETCH BODY[HEADER.FIELDS (X-NONE)] ""`,
      'parts have their bodies, their MIME headers and, where they enclose a message, its header and text': String.raw`
        C: FETCH 2 BODY.PEEK[2.MIME]
        - * 2 FETCH BODY[2.MIME] "Content-Type: application/pdf; name=\"bill.pdf\"\r\nContent-Disposition: attachment; filename=\"bill.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + * 2 FETCH BODY[2.MIME] "Content-Type: application/pdf; name=\"bill.pdf\"\r\nContent-Disposition: attachment; filename=\"bill.pdf\"\r\nContent-Transfer-Encoding: base64"`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §6.4.5 is broken: a part that is not there is the text',
    places: {
      'a part that is not there is nothing': String.raw`
        C: FETCH 1 BODY.PEEK[9]
        - * 1 FETCH BODY[9] NIL
        + * 1 FETCH BODY[9] "Shall we?"`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §6.4.4 is broken: no part of an address is found, only the whole',
    places: {
      'SEARCH finds by header and text, in any case, in part and decoded': String.raw`
        C: SEARCH FROM "ann"
        - * SEARCH 1 4
        + * SEARCH
        C: SEARCH TO carol
        - * SEARCH 2
        + * SEARCH`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §6.4.4 is broken: a day is a moment, and the size of a message is that of its text',
    places: {
      'SEARCH finds by dates and sizes': String.raw`
        C: SEARCH ON 7-Jan-2026
        - * SEARCH 2
        + * SEARCH
        C: SEARCH SENTON 5-Jan-2026
        - * SEARCH 1
        + * SEARCH
        C: SEARCH LARGER 300
        - * SEARCH 2
        + * SEARCH
        C: SEARCH SMALLER 100
        - * SEARCH 4
        + * SEARCH 1 4`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §6.4.4 is broken: keys in parentheses are BAD',
    places: {
      'SEARCH joins, groups and excludes; numbers and UIDs are sets': String.raw`
        C: SEARCH (SEEN FROM ann)
        - * SEARCH 1
        - OK
        + BAD`,
    },
  },
]
