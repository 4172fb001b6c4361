import type { Deviation } from './row.fixture.ts'

export const greenmail: readonly Deviation[] = [
  {
    server: 'greenmail',
    reason: 'a mailbox server knows folders and no labels: X-GM-EXT-1 is not offered before it',
    places: {
      'before the login, the capabilities are those of Gmail’s front': String.raw`
        C: CAPABILITY
        - * CAPABILITY X-GM-EXT-1`,
      'XOAUTH2 logs in with an initial response, and capabilities come before the tagged OK': String.raw`
        C: AUTHENTICATE XOAUTH2 {xoauth2}
        - * CAPABILITY X-GM-EXT-1
        C: CAPABILITY
        - * CAPABILITY X-GM-EXT-1`,
      'Gmail’s extensions are Gmail’s': String.raw`
        C: FETCH 1 (X-GM-LABELS)
        - * 1 FETCH X-GM-LABELS ()
        - OK
        + BAD
        C: SEARCH X-GM-RAW "subject:lunch"
        - * SEARCH 1
        - OK
        + BAD`,
    },
  },
  {
    server: 'greenmail',
    reason:
      'its list of capabilities has none of these: CHILDREN, CONDSTORE, ESEARCH, LIST-EXTENDED, LIST-STATUS, UNSELECT, UTF8=ACCEPT; XYZZY is Gmail’s own',
    places: {
      'before the login, the capabilities are those of Gmail’s front': String.raw`
        C: CAPABILITY
        - * CAPABILITY CHILDREN
        - * CAPABILITY UNSELECT
        - * CAPABILITY XYZZY`,
      'XOAUTH2 logs in with an initial response, and capabilities come before the tagged OK': String.raw`
        C: AUTHENTICATE XOAUTH2 {xoauth2}
        - * CAPABILITY CHILDREN
        - * CAPABILITY CONDSTORE
        - * CAPABILITY ESEARCH
        - * CAPABILITY LIST-EXTENDED
        - * CAPABILITY LIST-STATUS
        - * CAPABILITY UNSELECT
        - * CAPABILITY UTF8=ACCEPT
        C: CAPABILITY
        - * CAPABILITY CHILDREN
        - * CAPABILITY CONDSTORE
        - * CAPABILITY ESEARCH
        - * CAPABILITY LIST-EXTENDED
        - * CAPABILITY LIST-STATUS
        - * CAPABILITY UNSELECT
        - * CAPABILITY UTF8=ACCEPT`,
      'NAMESPACE, ID and ENABLE are answered as by Gmail': String.raw`
        C: ENABLE CONDSTORE
        - * ENABLED CONDSTORE
        + * ENABLED`,
      'LIST with RETURN STATUS tells both of each folder': String.raw`
        C: LIST "" "INBOX" RETURN (STATUS (MESSAGES UIDNEXT))
        - * LIST (\HasNoChildren) "/" "INBOX"
        - * STATUS "INBOX" (MESSAGES 4 UIDNEXT 5)
        - OK
        + BAD`,
      'SELECT tells flags, count and numbers of a mailbox, and opens it for writing': String.raw`
        C: SELECT INBOX
        - * OK [HIGHESTMODSEQ m]`,
      'UNSELECT and CLOSE leave a mailbox; CLOSE alone removes what is deleted': String.raw`
        C: UNSELECT
        - OK
        + BAD
        C: EXAMINE INBOX
        - * OK [HIGHESTMODSEQ m]`,
      'a mailbox opened with CONDSTORE tells modification sequences': String.raw`
        C: STATUS INBOX (HIGHESTMODSEQ)
        - * STATUS "INBOX" (HIGHESTMODSEQ m)
        - OK
        + BAD
        C: SELECT INBOX (CONDSTORE)
        - * FLAGS (\Answered \Deleted \Draft \Flagged \Seen)
        - * OK [PERMANENTFLAGS (\* \Answered \Deleted \Draft \Flagged \Seen)]
        - * OK [UIDVALIDITY v]
        - * OK [UIDNEXT 5]
        - * 4 EXISTS
        - * OK [HIGHESTMODSEQ m]
        - * OK [UNSEEN 2]
        - OK [READ-WRITE]
        + BAD
        C: FETCH 1 (MODSEQ)
        - * 1 FETCH MODSEQ (m)
        - OK
        + BAD
        C: STORE 1 +FLAGS (\Flagged)
        - * 1 FETCH FLAGS (\Flagged \Seen)
        - * 1 FETCH MODSEQ (m)
        - OK
        + BAD
        C: FETCH 1:4 (FLAGS) (CHANGEDSINCE 999999999)
        - OK
        + BAD
        C: STORE 2 (UNCHANGEDSINCE 0) +FLAGS.SILENT (\Seen)
        - OK [MODIFIED 2]
        + BAD`,
      'SEARCH with RETURN tells sets, counts and bounds': String.raw`
        C: SEARCH RETURN (MIN MAX COUNT) ALL
        - * ESEARCH (TAG "tag") MIN 1 MAX 4 COUNT 4
        - OK
        + BAD
        C: UID SEARCH RETURN (ALL) UNSEEN
        - * ESEARCH (TAG "tag") UID ALL 2:4
        - OK
        + BAD`,
      'a copy keeps flags and internal date': String.raw`
        C: EXAMINE Kept
        - * OK [HIGHESTMODSEQ m]`,
    },
  },
  {
    server: 'greenmail',
    reason: 'its delimiter is a full stop: Gmail’s folders lie side by side, and none has children',
    places: {
      'NAMESPACE, ID and ENABLE are answered as by Gmail': String.raw`
        C: NAMESPACE
        - * NAMESPACE (("" "/")) NIL NIL
        + * NAMESPACE (("" ".")) NIL NIL`,
      'LIST quotes names and tells the use of Gmail’s folders': String.raw`
        C: LIST "" "*"
        - * LIST (\HasNoChildren) "/" "INBOX"
        - * LIST (\HasChildren \Noselect) "/" "[Gmail]"
        - * LIST (\All \HasNoChildren) "/" "[Gmail]/All Mail"
        - * LIST (\Drafts \HasNoChildren) "/" "[Gmail]/Drafts"
        - * LIST (\HasNoChildren \Important) "/" "[Gmail]/Important"
        - * LIST (\HasNoChildren \Sent) "/" "[Gmail]/Sent Mail"
        - * LIST (\HasNoChildren \Junk) "/" "[Gmail]/Spam"
        - * LIST (\Flagged \HasNoChildren) "/" "[Gmail]/Starred"
        - * LIST (\HasNoChildren \Trash) "/" "[Gmail]/Trash"
        + * LIST () "." "INBOX"
        + * LIST (\All) "." "[Gmail]/All Mail"
        + * LIST (\Drafts) "." "[Gmail]/Drafts"
        + * LIST (\Flagged) "." "[Gmail]/Starred"
        + * LIST (\Important) "." "[Gmail]/Important"
        + * LIST (\Junk) "." "[Gmail]/Spam"
        + * LIST (\Sent) "." "[Gmail]/Sent Mail"
        + * LIST (\Trash) "." "[Gmail]/Trash"`,
      'LIST with % stops at the delimiter; LIST "" "" tells the delimiter': String.raw`
        C: LIST "" "%"
        - * LIST (\HasNoChildren) "/" "INBOX"
        - * LIST (\HasChildren \Noselect) "/" "[Gmail]"
        + * LIST () "." "INBOX"
        + * LIST (\All) "." "[Gmail]/All Mail"
        + * LIST (\Drafts) "." "[Gmail]/Drafts"
        + * LIST (\Flagged) "." "[Gmail]/Starred"
        + * LIST (\Important) "." "[Gmail]/Important"
        + * LIST (\Junk) "." "[Gmail]/Spam"
        + * LIST (\Sent) "." "[Gmail]/Sent Mail"
        + * LIST (\Trash) "." "[Gmail]/Trash"
        C: LIST "" ""
        - * LIST (\Noselect) "/" ""
        + * LIST (\Noselect) "." ""
        C: LIST "" "[Gmail]/S%"
        - * LIST (\HasNoChildren \Junk) "/" "[Gmail]/Spam"
        - * LIST (\HasNoChildren \Sent) "/" "[Gmail]/Sent Mail"
        - * LIST (\Flagged \HasNoChildren) "/" "[Gmail]/Starred"
        + * LIST (\Flagged) "." "[Gmail]/Starred"
        + * LIST (\Junk) "." "[Gmail]/Spam"
        + * LIST (\Sent) "." "[Gmail]/Sent Mail"`,
      'LIST tells only the folders that have a use where RFC 6154 asks for them, and XLIST those of before': String.raw`
        C: LIST (SPECIAL-USE) "" "*"
        - * LIST (\All \HasNoChildren) "/" "[Gmail]/All Mail"
        - * LIST (\Drafts \HasNoChildren) "/" "[Gmail]/Drafts"
        - * LIST (\HasNoChildren \Important) "/" "[Gmail]/Important"
        - * LIST (\HasNoChildren \Sent) "/" "[Gmail]/Sent Mail"
        - * LIST (\HasNoChildren \Junk) "/" "[Gmail]/Spam"
        - * LIST (\Flagged \HasNoChildren) "/" "[Gmail]/Starred"
        - * LIST (\HasNoChildren \Trash) "/" "[Gmail]/Trash"
        + * LIST (\All) "." "[Gmail]/All Mail"
        + * LIST (\Drafts) "." "[Gmail]/Drafts"
        + * LIST (\Flagged) "." "[Gmail]/Starred"
        + * LIST (\Important) "." "[Gmail]/Important"
        + * LIST (\Junk) "." "[Gmail]/Spam"
        + * LIST (\Sent) "." "[Gmail]/Sent Mail"
        + * LIST (\Trash) "." "[Gmail]/Trash"
        C: LIST "" "INBOX" RETURN (SPECIAL-USE)
        - * LIST (\HasNoChildren) "/" "INBOX"
        + * LIST () "." "INBOX"
        C: XLIST "" "INBOX"
        - * XLIST (\HasNoChildren \Inbox) "/" "Inbox"
        + * XLIST (\Inbox) "." "Inbox"`,
      'a folder is created, subscribed, renamed with its mail, and deleted': String.raw`
        C: LSUB "" "Pl*"
        - * LSUB (\HasNoChildren) "/" "Plans"
        + * LSUB () "." "Plans"`,
      'a folder below another has it as its parent': String.raw`
        C: LIST "" "Work*"
        - * LIST (\HasChildren \Noselect) "/" "Work"
        - * LIST (\HasNoChildren) "/" "Work/2026"
        + * LIST () "." "Work/2026"`,
      'names beyond ASCII travel in modified UTF-7, and names with specials in quotation marks': String.raw`
        C: LIST "" "&AMk-t&AOk-"
        - * LIST (\HasNoChildren) "/" "&AMk-t&AOk-"
        + * LIST () "." "&AMk-t&AOk-"
        C: LIST "" "A*"
        - * LIST (\HasNoChildren) "/" "A \"b\" (c)"
        + * LIST () "." "A \"b\" (c)"`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §2.3.2: messages are recent to the session that is told first; Gmail has none that are',
    places: {
      'STATUS counts without opening, and quotes the name': String.raw`
        C: STATUS INBOX (RECENT)
        - * STATUS "INBOX" (RECENT 0)
        + * STATUS "INBOX" (RECENT 4)`,
    },
  },
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
    reason: 'RFC 5530 §1 and RFC 3501 §7.1 leave response codes to the server',
    places: {
      'STATUS counts without opening, and quotes the name': String.raw`
        C: STATUS Nowhere (MESSAGES)
        - NO [NONEXISTENT]
        + NO`,
      'a folder is created, subscribed, renamed with its mail, and deleted': String.raw`
        C: STATUS Plans (MESSAGES)
        - NO [NONEXISTENT]
        + NO`,
      'a folder that is there is not created again, and one that is not is not deleted, nor is INBOX': String.raw`
        C: CREATE INBOX
        - NO [ALREADYEXISTS]
        + NO
        C: DELETE Nowhere
        - NO [NONEXISTENT]
        + NO
        C: DELETE INBOX
        - NO [CANNOT]
        + NO
        C: RENAME Nowhere Elsewhere
        - NO [NONEXISTENT]
        + NO`,
      'a SELECT that fails leaves no mailbox open': String.raw`
        C: SELECT Nowhere
        - NO [NONEXISTENT]
        + NO`,
      'SEARCH refuses what it does not know': String.raw`
        C: SEARCH CHARSET X-NONE ALL
        - NO [BADCHARSET (UTF-8)]
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
    reason: 'RFC 3501 §7.1, PERMANENTFLAGS, is broken: an examined mailbox is said to take flags',
    places: {
      'UNSELECT and CLOSE leave a mailbox; CLOSE alone removes what is deleted': String.raw`
        C: EXAMINE INBOX
        - * OK [PERMANENTFLAGS ()]
        + * OK [PERMANENTFLAGS (\* \Answered \Deleted \Draft \Flagged \Seen)]`,
      'a copy keeps flags and internal date': String.raw`
        C: EXAMINE Kept
        - * OK [PERMANENTFLAGS ()]
        + * OK [PERMANENTFLAGS (\* \Answered \Deleted \Draft \Flagged \Seen)]`,
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
  {
    server: 'greenmail',
    reason: 'RFC 4315 §3 is broken: COPYUID names a message twice, and nothing where nothing was copied',
    places: {
      'COPY and UID COPY tell the UIDs of the copies, and leave the message where it is': String.raw`
        C: COPY 1:2 Kept
        - OK [COPYUID v 1:2 1:2]
        + OK [COPYUID v 1,1:2 1,1:2]
        C: UID COPY 99 Kept
        - OK
        + OK [COPYUID v  ]`,
    },
  },
  {
    server: 'greenmail',
    reason: 'a mailbox server has a message in one folder: what Gmail shows in several, the front puts there as copies',
    places: {
      'a message in the inbox lies in All Mail too, and leaves both for the trash': String.raw`
        C: STATUS "[Gmail]/All Mail" (MESSAGES)
        - * STATUS "[Gmail]/All Mail" (MESSAGES 5)
        + * STATUS "[Gmail]/All Mail" (MESSAGES 4)
        C: STATUS "[Gmail]/All Mail" (MESSAGES UIDNEXT)
        - * STATUS "[Gmail]/All Mail" (MESSAGES 4 UIDNEXT 6)
        + * STATUS "[Gmail]/All Mail" (MESSAGES 4 UIDNEXT 5)`,
    },
  },
  {
    server: 'greenmail',
    reason:
      'RFC 3501 §7.4.1 is broken: what another session removed has no number any more before EXPUNGE was told, and those behind it have others',
    places: {
      'what another session did is told with the next command, and a removal never during FETCH, STORE or SEARCH': String.raw`
        C: FETCH 4 (UID)
        - * 4 FETCH UID 4
        + * 1 FETCH FLAGS (\Deleted \Flagged \Seen)
        C: SEARCH UID 4
        - * SEARCH 4
        + * SEARCH 3`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 3501 §7.4.1 is broken: what was told in IDLE is told again when it ends, a removal too',
    places: {
      'who idles is told of mail that arrives, of flags that change and of messages that go': String.raw`
        C listens for removals
        - * EXPUNGE 4
        + * EXPUNGE 4 5`,
    },
  },
  {
    server: 'greenmail',
    reason: 'RFC 2087 §4.2: an account without quotas has no quota root',
    places: {
      'the quota of the account is told': String.raw`
        C: GETQUOTAROOT INBOX
        - * QUOTAROOT "INBOX" ""
        - * QUOTA "" (STORAGE 1 15728640)
        + * QUOTAROOT "INBOX"`,
    },
  },
]
