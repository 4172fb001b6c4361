import type { Row } from './row.fixture.ts'

export const folderRows: readonly Row[] = [
  {
    title: 'LIST quotes names and tells the use of Gmail’s folders',
    because: 'RFC 3501 §7.2.2, RFC 6154 §2; Gmail’s captured answer',
    story: String.raw`
      C: LIST "" "*"
      S: * LIST (\HasNoChildren) "/" "INBOX"
      S: * LIST (\HasChildren \Noselect) "/" "[Gmail]"
      S: * LIST (\All \HasNoChildren) "/" "[Gmail]/All Mail"
      S: * LIST (\Drafts \HasNoChildren) "/" "[Gmail]/Drafts"
      S: * LIST (\HasNoChildren \Important) "/" "[Gmail]/Important"
      S: * LIST (\HasNoChildren \Sent) "/" "[Gmail]/Sent Mail"
      S: * LIST (\HasNoChildren \Junk) "/" "[Gmail]/Spam"
      S: * LIST (\Flagged \HasNoChildren) "/" "[Gmail]/Starred"
      S: * LIST (\HasNoChildren \Trash) "/" "[Gmail]/Trash"
      S: OK`,
  },
  {
    title: 'LIST with % stops at the delimiter; LIST "" "" tells the delimiter',
    because: 'RFC 3501 §6.3.8',
    story: String.raw`
      C: LIST "" "%"
      S: * LIST (\HasNoChildren) "/" "INBOX"
      S: * LIST (\HasChildren \Noselect) "/" "[Gmail]"
      S: OK
      C: LIST "" ""
      S: * LIST (\Noselect) "/" ""
      S: OK
      C: LIST "" "[Gmail]/S%"
      S: * LIST (\HasNoChildren \Junk) "/" "[Gmail]/Spam"
      S: * LIST (\HasNoChildren \Sent) "/" "[Gmail]/Sent Mail"
      S: * LIST (\Flagged \HasNoChildren) "/" "[Gmail]/Starred"
      S: OK
      C: LIST "" Nowhere
      S: OK`,
  },
  {
    title: 'LIST tells only the folders that have a use where RFC 6154 asks for them, and XLIST those of before',
    because: 'RFC 6154 §3; Google’s IMAP extensions page, Special-Use extension of LIST',
    story: String.raw`
      C: LIST (SPECIAL-USE) "" "*"
      S: * LIST (\All \HasNoChildren) "/" "[Gmail]/All Mail"
      S: * LIST (\Drafts \HasNoChildren) "/" "[Gmail]/Drafts"
      S: * LIST (\HasNoChildren \Important) "/" "[Gmail]/Important"
      S: * LIST (\HasNoChildren \Sent) "/" "[Gmail]/Sent Mail"
      S: * LIST (\HasNoChildren \Junk) "/" "[Gmail]/Spam"
      S: * LIST (\Flagged \HasNoChildren) "/" "[Gmail]/Starred"
      S: * LIST (\HasNoChildren \Trash) "/" "[Gmail]/Trash"
      S: OK
      C: LIST "" "INBOX" RETURN (SPECIAL-USE)
      S: * LIST (\HasNoChildren) "/" "INBOX"
      S: OK
      C: XLIST "" "INBOX"
      S: * XLIST (\HasNoChildren \Inbox) "/" "Inbox"
      S: OK`,
  },
  {
    title: 'LIST with RETURN STATUS tells both of each folder',
    because: 'RFC 5819 §2',
    story: String.raw`
      C: LIST "" "INBOX" RETURN (STATUS (MESSAGES UIDNEXT))
      S: * LIST (\HasNoChildren) "/" "INBOX"
      S: * STATUS "INBOX" (MESSAGES 4 UIDNEXT 5)
      S: OK`,
  },
  {
    title: 'STATUS counts without opening, and quotes the name',
    because: 'RFC 3501 §6.3.10, §7.2.4',
    story: String.raw`
      C: STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)
      S: * STATUS "INBOX" (MESSAGES 4 UIDNEXT 5 UIDVALIDITY v UNSEEN 3)
      S: OK
      C: STATUS "[Gmail]/Drafts" (MESSAGES)
      S: * STATUS "[Gmail]/Drafts" (MESSAGES 0)
      S: OK
      C: STATUS INBOX (RECENT)
      S: * STATUS "INBOX" (RECENT 0)
      S: OK
      C: STATUS Nowhere (MESSAGES)
      S: NO [NONEXISTENT]`,
  },
  {
    title: 'a folder is created, subscribed, renamed with its mail, and deleted',
    because: 'RFC 3501 §6.3.3 to §6.3.9',
    story: String.raw`
      C: CREATE Plans
      S: OK
      C: SUBSCRIBE Plans
      S: OK
      C: LSUB "" "Pl*"
      S: * LSUB (\HasNoChildren) "/" "Plans"
      S: OK
      C: APPEND Plans {{Subject: plan\r\n\r\n}}
      S: OK [APPENDUID v 1]
      C: RENAME Plans Deeds
      S: OK
      C: STATUS Deeds (MESSAGES)
      S: * STATUS "Deeds" (MESSAGES 1)
      S: OK
      C: STATUS Plans (MESSAGES)
      S: NO [NONEXISTENT]
      C: UNSUBSCRIBE Deeds
      S: OK
      C: DELETE Deeds
      S: OK
      C: LIST "" "Deeds"
      S: OK`,
  },
  {
    title: 'a folder that is there is not created again, and one that is not is not deleted, nor is INBOX',
    because: 'RFC 3501 §6.3.3, §6.3.4; RFC 5530 §3',
    story: String.raw`
      C: CREATE INBOX
      S: NO [ALREADYEXISTS]
      C: DELETE Nowhere
      S: NO [NONEXISTENT]
      C: DELETE INBOX
      S: NO [CANNOT]
      C: RENAME Nowhere Elsewhere
      S: NO [NONEXISTENT]`,
  },
  {
    title: 'a folder below another has it as its parent',
    because: 'RFC 3501 §6.3.3; RFC 3348 §3',
    story: String.raw`
      C: CREATE Work/2026
      S: OK
      C: LIST "" "Work*"
      S: * LIST (\HasChildren \Noselect) "/" "Work"
      S: * LIST (\HasNoChildren) "/" "Work/2026"
      S: OK`,
  },
  {
    title: 'names beyond ASCII travel in modified UTF-7, and names with specials in quotation marks',
    because: 'RFC 3501 §5.1.3, §4.3',
    story: String.raw`
      C: CREATE "&AMk-t&AOk- & Co"
      S: BAD
      C: CREATE "&AMk-t&AOk-"
      S: OK
      C: LIST "" "&AMk-t&AOk-"
      S: * LIST (\HasNoChildren) "/" "&AMk-t&AOk-"
      S: OK
      C: STATUS "&AMk-t&AOk-" (MESSAGES)
      S: * STATUS "&AMk-t&AOk-" (MESSAGES 0)
      S: OK
      C: CREATE "A \"b\" (c)"
      S: OK
      C: LIST "" "A*"
      S: * LIST (\HasNoChildren) "/" "A \"b\" (c)"
      S: OK`,
  },
]
