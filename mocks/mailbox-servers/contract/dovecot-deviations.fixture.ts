import type { Deviation } from './row.fixture.ts'

export const dovecot: readonly Deviation[] = [
  {
    server: 'dovecot',
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
    server: 'dovecot',
    reason: 'it is started without its plugin for quotas, and has no UTF8=ACCEPT; XYZZY is Gmail’s own',
    places: {
      'before the login, the capabilities are those of Gmail’s front': String.raw`
        C: CAPABILITY
        - * CAPABILITY QUOTA
        - * CAPABILITY XYZZY`,
      'XOAUTH2 logs in with an initial response, and capabilities come before the tagged OK': String.raw`
        C: AUTHENTICATE XOAUTH2 {xoauth2}
        - * CAPABILITY QUOTA
        - * CAPABILITY UTF8=ACCEPT
        C: CAPABILITY
        - * CAPABILITY QUOTA
        - * CAPABILITY UTF8=ACCEPT`,
      'the quota of the account is told': String.raw`
        C: GETQUOTAROOT INBOX
        - * QUOTAROOT "INBOX" ""
        - * QUOTA "" (STORAGE 1 15728640)
        - OK
        + BAD`,
    },
  },
  {
    server: 'dovecot',
    reason: 'RFC 3501 §7.2.2: \\Marked may stand at a folder that got messages since it was last opened',
    places: {
      'LIST quotes names and tells the use of Gmail’s folders': String.raw`
        C: LIST "" "*"
        - * LIST (\All \HasNoChildren) "/" "[Gmail]/All Mail"
        - * LIST (\Flagged \HasNoChildren) "/" "[Gmail]/Starred"
        + * LIST (\All \HasNoChildren \Marked) "/" "[Gmail]/All Mail"
        + * LIST (\Flagged \HasNoChildren \Marked) "/" "[Gmail]/Starred"`,
      'LIST with % stops at the delimiter; LIST "" "" tells the delimiter': String.raw`
        C: LIST "" "[Gmail]/S%"
        - * LIST (\Flagged \HasNoChildren) "/" "[Gmail]/Starred"
        + * LIST (\Flagged \HasNoChildren \Marked) "/" "[Gmail]/Starred"`,
      'LIST tells only the folders that have a use where RFC 6154 asks for them, and XLIST those of before': String.raw`
        C: LIST (SPECIAL-USE) "" "*"
        - * LIST (\All \HasNoChildren) "/" "[Gmail]/All Mail"
        - * LIST (\Flagged \HasNoChildren) "/" "[Gmail]/Starred"
        + * LIST (\All \HasNoChildren \Marked) "/" "[Gmail]/All Mail"
        + * LIST (\Flagged \HasNoChildren \Marked) "/" "[Gmail]/Starred"`,
    },
  },
  {
    server: 'dovecot',
    reason: 'RFC 5258 §4: a LIST that asks for something else tells of children only when asked',
    places: {
      'LIST with RETURN STATUS tells both of each folder': String.raw`
        C: LIST "" "INBOX" RETURN (STATUS (MESSAGES UIDNEXT))
        - * LIST (\HasNoChildren) "/" "INBOX"
        + * LIST () "/" "INBOX"`,
    },
  },
  {
    server: 'dovecot',
    reason: 'RFC 3501 §2.3.2: messages are recent to the session that is told first; Gmail has none that are',
    places: {
      'STATUS counts without opening, and quotes the name': String.raw`
        C: STATUS INBOX (RECENT)
        - * STATUS "INBOX" (RECENT 0)
        + * STATUS "INBOX" (RECENT 4)`,
    },
  },
  {
    server: 'dovecot',
    reason: 'RFC 3501 §6.4.6 and §6.4.3 want NO: to change an examined mailbox is OK, and changes nothing',
    places: {
      'EXAMINE opens for reading: nothing that is done there stays': String.raw`
        C: STORE 1 +FLAGS (\Deleted)
        - NO
        + OK
        C: EXPUNGE
        - NO
        + OK`,
    },
  },
  {
    server: 'dovecot',
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
        C: DELETE INBOX
        - NO [CANNOT]
        + NO`,
      'a SELECT that fails leaves no mailbox open': String.raw`
        C: SELECT Nowhere
        - NO [NONEXISTENT]
        + NO`,
      'SEARCH refuses what it does not know': String.raw`
        C: SEARCH CHARSET X-NONE ALL
        - NO [BADCHARSET (UTF-8)]
        + NO [BADCHARSET]`,
    },
  },
  {
    server: 'dovecot',
    reason: 'RFC 3501 §7.2.3: LSUB may tell other attributes than LIST',
    places: {
      'a folder is created, subscribed, renamed with its mail, and deleted': String.raw`
        C: LSUB "" "Pl*"
        - * LSUB (\HasNoChildren) "/" "Plans"
        + * LSUB () "/" "Plans"`,
    },
  },
  {
    server: 'dovecot',
    reason: 'RFC 7162 §3.2.11: CLOSED tells where the mailbox before ends',
    places: {
      'a SELECT that fails leaves no mailbox open': String.raw`
        C: SELECT Nowhere
        + * OK [CLOSED]`,
      'a copy keeps flags and internal date': String.raw`
        C: EXAMINE Kept
        + * OK [CLOSED]`,
    },
  },
  {
    server: 'dovecot',
    reason: 'RFC 7162 §3.1.2.1 is broken: HIGHESTMODSEQ is told only to who opens with CONDSTORE',
    places: {
      'SELECT tells flags, count and numbers of a mailbox, and opens it for writing': String.raw`
        C: SELECT INBOX
        - * OK [HIGHESTMODSEQ m]`,
      'UNSELECT and CLOSE leave a mailbox; CLOSE alone removes what is deleted': String.raw`
        C: EXAMINE INBOX
        - * OK [HIGHESTMODSEQ m]`,
      'a copy keeps flags and internal date': String.raw`
        C: EXAMINE Kept
        - * OK [HIGHESTMODSEQ m]`,
    },
  },
  {
    server: 'dovecot',
    reason: 'RFC 2045 §5.2: the charset that a part does not name is told as what it implies',
    places: {
      'BODYSTRUCTURE tells each part of a message with its octets and lines': String.raw`
        C: FETCH 1 BODYSTRUCTURE
        - * 1 FETCH BODYSTRUCTURE parameters null
        + * 1 FETCH BODYSTRUCTURE parameters ["charset","us-ascii"]
        C: FETCH 3 BODY
        - * 3 FETCH BODY.enclosed parameters null
        + * 3 FETCH BODY.enclosed parameters ["charset","us-ascii"]`,
    },
  },
  {
    server: 'dovecot',
    reason:
      'RFC 3501 §9: nstring may be either; Gmail says NIL of what is not there (captured answer: github.com/mscdex/node-imap issue 184)',
    places: {
      'a part that is not there is nothing': String.raw`
        C: FETCH 1 BODY.PEEK[9]
        - * 1 FETCH BODY[9] NIL
        + * 1 FETCH BODY[9] ""`,
    },
  },
  {
    server: 'dovecot',
    reason: 'RFC 3501 §7.2.6: FLAGS comes again when the mailbox gets a keyword',
    places: {
      'keywords are stored, found and told': String.raw`
        C: STORE 3 +FLAGS.SILENT ($Done)
        + * FLAGS ($Done \Answered \Deleted \Draft \Flagged \Seen)
        + * OK [PERMANENTFLAGS ($Done \* \Answered \Deleted \Draft \Flagged \Seen)]`,
    },
  },
  {
    server: 'dovecot',
    reason: 'RFC 3501 §5.2: flags that another session changed may be told at any command',
    places: {
      'what another session did is told with the next command, and a removal never during FETCH, STORE or SEARCH': String.raw`
        C: FETCH 4 (UID)
        + * 1 FETCH FLAGS (\Deleted \Flagged \Seen)`,
    },
  },
  {
    server: 'dovecot',
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
]
