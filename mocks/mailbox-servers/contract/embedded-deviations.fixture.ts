import type { Deviation } from './row.fixture.ts'

export const embedded: readonly Deviation[] = [
  {
    server: 'embedded',
    reason: 'Gmail knows two keywords in every mailbox (captured answer: github.com/DirectoryTree/ImapEngine issue 76)',
    places: {
      'SELECT tells flags, count and numbers of a mailbox, and opens it for writing': String.raw`
        C: SELECT INBOX
        - * FLAGS (\Answered \Deleted \Draft \Flagged \Seen)
        - * OK [PERMANENTFLAGS (\* \Answered \Deleted \Draft \Flagged \Seen)]
        + * FLAGS ($NotPhishing $Phishing \Answered \Deleted \Draft \Flagged \Seen)
        + * OK [PERMANENTFLAGS ($NotPhishing $Phishing \* \Answered \Deleted \Draft \Flagged \Seen)]`,
      'UNSELECT and CLOSE leave a mailbox; CLOSE alone removes what is deleted': String.raw`
        C: EXAMINE INBOX
        - * FLAGS (\Answered \Deleted \Draft \Flagged \Seen)
        + * FLAGS ($NotPhishing $Phishing \Answered \Deleted \Draft \Flagged \Seen)`,
      'a mailbox opened with CONDSTORE tells modification sequences': String.raw`
        C: SELECT INBOX (CONDSTORE)
        - * FLAGS (\Answered \Deleted \Draft \Flagged \Seen)
        - * OK [PERMANENTFLAGS (\* \Answered \Deleted \Draft \Flagged \Seen)]
        + * FLAGS ($NotPhishing $Phishing \Answered \Deleted \Draft \Flagged \Seen)
        + * OK [PERMANENTFLAGS ($NotPhishing $Phishing \* \Answered \Deleted \Draft \Flagged \Seen)]`,
      'a copy keeps flags and internal date': String.raw`
        C: EXAMINE Kept
        - * FLAGS (\Answered \Deleted \Draft \Flagged \Seen)
        + * FLAGS ($NotPhishing $Phishing \Answered \Deleted \Draft \Flagged \Seen)`,
    },
  },
  {
    server: 'embedded',
    reason: 'Gmail does not tell UNSEEN, which RFC 3501 §6.3.1 requires (captured answer: the same)',
    places: {
      'SELECT tells flags, count and numbers of a mailbox, and opens it for writing': String.raw`
        C: SELECT INBOX
        - * OK [UNSEEN 2]`,
      'UNSELECT and CLOSE leave a mailbox; CLOSE alone removes what is deleted': String.raw`
        C: EXAMINE INBOX
        - * OK [UNSEEN 2]`,
      'a mailbox opened with CONDSTORE tells modification sequences': String.raw`
        C: SELECT INBOX (CONDSTORE)
        - * OK [UNSEEN 2]`,
      'a copy keeps flags and internal date': String.raw`
        C: EXAMINE Kept
        - * OK [UNSEEN 1]`,
    },
  },
  {
    server: 'embedded',
    reason:
      'Gmail’s way, which RFC 6851 §4.3 allows: COPYUID stands in the tagged answer. The switch moveUids changes it',
    places: {
      'MOVE takes messages away and tells where they went': String.raw`
        C: MOVE 2 Kept
        - * OK [COPYUID v 2 1]
        - OK
        + OK [COPYUID v 2 1]
        C: UID MOVE 4 Kept
        - * OK [COPYUID v 4 2]
        - OK
        + OK [COPYUID v 4 2]`,
      'a message in the inbox lies in All Mail too, and leaves both for the trash': String.raw`
        C: UID MOVE 2 "[Gmail]/Trash"
        - * OK [COPYUID v 2 1]
        - OK
        + OK [COPYUID v 2 1]`,
      'who idles is told of mail that arrives, of flags that change and of messages that go': String.raw`
        D: UID MOVE 4 "[Gmail]/Trash"
        - * OK [COPYUID v 4 1]
        - OK
        + OK [COPYUID v 4 1]`,
    },
  },
  {
    server: 'embedded',
    reason: 'no source tells what Gmail answers: here the root has a name',
    places: {
      'LIST with % stops at the delimiter; LIST "" "" tells the delimiter': String.raw`
        C: LIST "" ""
        - * LIST (\Noselect) "/" ""
        + * LIST (\Noselect) "/" "/"`,
    },
  },
  {
    server: 'embedded',
    reason: 'RFC 7162 §3.1.3, examples 9 and 10: the flags of a message that was left alone may be told, and may not',
    places: {
      'a mailbox opened with CONDSTORE tells modification sequences': String.raw`
        C: STORE 2 (UNCHANGEDSINCE 0) +FLAGS.SILENT (\Seen)
        + * 2 FETCH FLAGS (\Answered \Flagged)
        + * 2 FETCH MODSEQ (m)`,
    },
  },
  {
    server: 'embedded',
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
    server: 'embedded',
    reason: 'RFC 3501 §7.4.2: a FETCH response may tell more; one that nobody asked for names the UID here',
    places: {
      'who idles is told of mail that arrives, of flags that change and of messages that go': String.raw`
        C listens for flags
        + * 3 FETCH UID 3`,
    },
  },
  {
    server: 'embedded',
    reason:
      'Gmail ends a body with its language (captured answers: github.com/jstedfast/MailKit issue 371); RFC 3501 §9, body-ext-1part: the rest may be left out',
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
]
