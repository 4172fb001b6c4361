import type { Row } from './row.fixture.ts'

const begins = { with: 'SELECT INBOX' }

export const changeRows: readonly Row[] = [
  {
    title: 'STORE adds, takes and sets flags, tells what they are now, and is silent when asked to be',
    because: 'RFC 3501 §6.4.6',
    begins,
    story: String.raw`
      C: STORE 1 +FLAGS (\Flagged)
      S: * 1 FETCH FLAGS (\Flagged \Seen)
      S: OK
      C: STORE 1 -FLAGS (\Seen)
      S: * 1 FETCH FLAGS (\Flagged)
      S: OK
      C: STORE 1 FLAGS (\Answered)
      S: * 1 FETCH FLAGS (\Answered)
      S: OK
      C: STORE 1 +FLAGS.SILENT (\Seen)
      S: OK
      C: UID STORE 1 +FLAGS (\Draft)
      S: * 1 FETCH FLAGS (\Answered \Draft \Seen)
      S: * 1 FETCH UID 1
      S: OK
      C: UID STORE 99 +FLAGS (\Draft)
      S: OK`,
  },
  {
    title: 'keywords are stored, found and told',
    because: 'RFC 3501 §2.3.2, §7.1: PERMANENTFLAGS \\*',
    begins,
    story: String.raw`
      C: STORE 3 +FLAGS.SILENT ($Done)
      S: OK
      C: FETCH 3 FLAGS
      S: * 3 FETCH FLAGS ($Done)
      S: OK
      C: SEARCH KEYWORD $Done
      S: * SEARCH 3
      S: OK`,
  },
  {
    title: 'APPEND stores a message with its flags and its date, and tells its UID',
    because: 'RFC 3501 §6.3.11, RFC 4315 §3',
    begins,
    story: String.raw`
      C: APPEND INBOX (\Seen \Flagged) "01-Jan-2026 10:00:00 +0100" {{Subject: appended\r\n\r\nbody\r\n}}
      S: * 5 EXISTS
      S: OK [APPENDUID v 5]
      C: FETCH 5 (FLAGS INTERNALDATE BODY.PEEK[])
      S: * 5 FETCH BODY[] "Subject: appended\r\n\r\nbody\r\n"
      S: * 5 FETCH FLAGS (\Flagged \Seen)
      S: * 5 FETCH INTERNALDATE 2026-01-01T09:00:00.000Z
      S: OK
      C: APPEND "[Gmail]/Drafts" (\Draft) {{+Subject: draft\r\n\r\n}}
      S: OK [APPENDUID v 1]
      C: APPEND Nowhere {{Subject: lost\r\n\r\n}}
      S: NO [TRYCREATE]`,
  },
  {
    title: 'COPY and UID COPY tell the UIDs of the copies, and leave the message where it is',
    because: 'RFC 3501 §6.4.7, RFC 4315 §3',
    begins,
    story: String.raw`
      C: CREATE Kept
      S: OK
      C: COPY 1:2 Kept
      S: OK [COPYUID v 1:2 1:2]
      C: UID COPY 4 Kept
      S: OK [COPYUID v 4 3]
      C: STATUS Kept (MESSAGES UIDNEXT)
      S: * STATUS "Kept" (MESSAGES 3 UIDNEXT 4)
      S: OK
      C: FETCH 1:4 (UID)
      S: * 1 FETCH UID 1
      S: * 2 FETCH UID 2
      S: * 3 FETCH UID 3
      S: * 4 FETCH UID 4
      S: OK
      C: COPY 1 Nowhere
      S: NO [TRYCREATE]
      C: UID COPY 99 Kept
      S: OK`,
  },
  {
    title: 'a copy keeps flags and internal date',
    because: 'RFC 3501 §6.4.7: the flags and internal date of the messages SHOULD be preserved',
    begins,
    story: String.raw`
      C: CREATE Kept
      S: OK
      C: COPY 2 Kept
      S: OK [COPYUID v 2 1]
      C: EXAMINE Kept
      S: * FLAGS (\Answered \Deleted \Draft \Flagged \Seen)
      S: * OK [PERMANENTFLAGS ()]
      S: * OK [UIDVALIDITY v]
      S: * OK [UIDNEXT 2]
      S: * 1 EXISTS
      S: * OK [HIGHESTMODSEQ m]
      S: * OK [UNSEEN 1]
      S: OK [READ-ONLY]
      C: FETCH 1 (FLAGS INTERNALDATE)
      S: * 1 FETCH FLAGS (\Answered \Flagged)
      S: * 1 FETCH INTERNALDATE 2026-01-07T09:00:00.000Z
      S: OK`,
  },
  {
    title: 'MOVE takes messages away and tells where they went',
    because: 'RFC 6851 §3.1, §3.3, §4.3',
    begins,
    story: String.raw`
      C: CREATE Kept
      S: OK
      C: MOVE 2 Kept
      S: * OK [COPYUID v 2 1]
      S: * EXPUNGE 2
      S: OK
      C: UID MOVE 4 Kept
      S: * OK [COPYUID v 4 2]
      S: * EXPUNGE 3
      S: OK
      C: FETCH 1:2 (UID)
      S: * 1 FETCH UID 1
      S: * 2 FETCH UID 3
      S: OK
      C: MOVE 1 Nowhere
      S: NO [TRYCREATE]`,
  },
  {
    title: 'EXPUNGE removes what is deleted; UID EXPUNGE those of it that it names',
    because: 'RFC 3501 §6.4.3, RFC 4315 §2.1',
    begins,
    story: String.raw`
      C: STORE 1:3 +FLAGS.SILENT (\Deleted)
      S: OK
      C: UID EXPUNGE 2
      S: * EXPUNGE 2
      S: OK
      C: EXPUNGE
      S: * EXPUNGE 1 2
      S: OK
      C: FETCH 1:* (UID)
      S: * 1 FETCH UID 4
      S: OK`,
  },
  {
    title: 'UIDs are never given twice',
    because: 'RFC 3501 §2.3.1.1',
    begins,
    story: String.raw`
      C: STORE 4 +FLAGS.SILENT (\Deleted)
      S: OK
      C: EXPUNGE
      S: * EXPUNGE 4
      S: OK
      C: APPEND INBOX {{Subject: later\r\n\r\n}}
      S: * 4 EXISTS
      S: OK [APPENDUID v 5]
      C: UID SEARCH ALL
      S: * SEARCH 1 2 3 5
      S: OK`,
  },
  {
    title: 'a message in the inbox lies in All Mail too, and leaves both for the trash',
    because: 'Google’s IMAP extensions page: labels are shown as folders; what is in the trash is in no other',
    begins,
    story: String.raw`
      C: APPEND INBOX {{Subject: of the client\r\n\r\n}}
      S: * 5 EXISTS
      S: OK [APPENDUID v 5]
      C: STATUS "[Gmail]/All Mail" (MESSAGES)
      S: * STATUS "[Gmail]/All Mail" (MESSAGES 5)
      S: OK
      C: UID MOVE 2 "[Gmail]/Trash"
      S: * OK [COPYUID v 2 1]
      S: * EXPUNGE 2
      S: OK
      C: STATUS "[Gmail]/All Mail" (MESSAGES UIDNEXT)
      S: * STATUS "[Gmail]/All Mail" (MESSAGES 4 UIDNEXT 6)
      S: OK`,
  },
]
