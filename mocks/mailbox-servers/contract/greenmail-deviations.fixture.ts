import type { Deviation } from './row.fixture.ts'

/** What GreenMail answers otherwise about folders and sessions. */
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
    reason: 'RFC 2087 §4.3: an account without quotas has no quota root',
    places: {
      'the quota of the account is told': String.raw`
        C: GETQUOTAROOT INBOX
        - * QUOTAROOT "INBOX" ""
        - * QUOTA "" (STORAGE 1 15728640)
        + * QUOTAROOT "INBOX"`,
    },
  },
]
