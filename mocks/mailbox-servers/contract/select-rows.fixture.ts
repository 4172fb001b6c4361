import type { Row } from './row.fixture.ts'

export const selectRows: readonly Row[] = [
  {
    title: 'SELECT tells flags, count and numbers of a mailbox, and opens it for writing',
    because: 'RFC 3501 §6.3.1',
    story: String.raw`
      C: SELECT INBOX
      S: * FLAGS (\Answered \Deleted \Draft \Flagged \Seen)
      S: * OK [PERMANENTFLAGS (\* \Answered \Deleted \Draft \Flagged \Seen)]
      S: * OK [UIDVALIDITY v]
      S: * OK [UIDNEXT 5]
      S: * 4 EXISTS
      S: * OK [HIGHESTMODSEQ m]
      S: * OK [UNSEEN 2]
      S: OK [READ-WRITE]`,
  },
  {
    title: 'EXAMINE opens for reading: nothing that is done there stays',
    because: 'RFC 3501 §6.3.2: no changes to the permanent state of the mailbox are permitted',
    begins: { with: 'EXAMINE INBOX' },
    story: String.raw`
      C: FETCH 3 BODY[TEXT]<0.4>
      S: * 3 FETCH BODY[TEXT]<0> "From"
      S: OK
      C: FETCH 3 FLAGS
      S: * 3 FETCH FLAGS ()
      S: OK
      C: STORE 1 +FLAGS (\Deleted)
      S: NO
      C: EXPUNGE
      S: NO
      C: SEARCH UNDELETED
      S: * SEARCH 1 2 3 4
      S: OK`,
  },
  {
    title: 'a SELECT that fails leaves no mailbox open',
    because: 'RFC 3501 §6.3.1: if a SELECT fails, no mailbox is selected',
    begins: { with: 'SELECT INBOX' },
    story: String.raw`
      C: SELECT Nowhere
      S: NO [NONEXISTENT]
      C: FETCH 1 FLAGS
      S: BAD`,
  },
  {
    title: 'UNSELECT and CLOSE leave a mailbox; CLOSE alone removes what is deleted',
    because: 'RFC 3691 §2, RFC 3501 §6.4.2',
    begins: { with: 'SELECT INBOX' },
    story: String.raw`
      C: STORE 4 +FLAGS.SILENT (\Deleted)
      S: OK
      C: UNSELECT
      S: OK
      C: STATUS INBOX (MESSAGES)
      S: * STATUS "INBOX" (MESSAGES 4)
      S: OK
      C: EXAMINE INBOX
      S: * FLAGS (\Answered \Deleted \Draft \Flagged \Seen)
      S: * OK [PERMANENTFLAGS ()]
      S: * OK [UIDVALIDITY v]
      S: * OK [UIDNEXT 5]
      S: * 4 EXISTS
      S: * OK [HIGHESTMODSEQ m]
      S: * OK [UNSEEN 2]
      S: OK [READ-ONLY]
      C: CLOSE
      S: OK
      C: STATUS INBOX (MESSAGES UIDNEXT)
      S: * STATUS "INBOX" (MESSAGES 4 UIDNEXT 5)
      S: OK
      D: CLOSE
      S: OK
      D: STATUS INBOX (MESSAGES)
      S: * STATUS "INBOX" (MESSAGES 3)
      S: OK`,
  },
  {
    title: 'a mailbox opened with CONDSTORE tells modification sequences',
    because: 'RFC 7162 §3.1.8, §3.1.4, §3.1.5',
    story: String.raw`
      C: STATUS INBOX (HIGHESTMODSEQ)
      S: * STATUS "INBOX" (HIGHESTMODSEQ m)
      S: OK
      C: SELECT INBOX (CONDSTORE)
      S: * FLAGS (\Answered \Deleted \Draft \Flagged \Seen)
      S: * OK [PERMANENTFLAGS (\* \Answered \Deleted \Draft \Flagged \Seen)]
      S: * OK [UIDVALIDITY v]
      S: * OK [UIDNEXT 5]
      S: * 4 EXISTS
      S: * OK [HIGHESTMODSEQ m]
      S: * OK [UNSEEN 2]
      S: OK [READ-WRITE]
      C: FETCH 1 (MODSEQ)
      S: * 1 FETCH MODSEQ (m)
      S: OK
      C: STORE 1 +FLAGS (\Flagged)
      S: * 1 FETCH FLAGS (\Flagged \Seen)
      S: * 1 FETCH MODSEQ (m)
      S: OK
      C: FETCH 1:4 (FLAGS) (CHANGEDSINCE 999999999)
      S: OK
      C: STORE 2 (UNCHANGEDSINCE 0) +FLAGS.SILENT (\Seen)
      S: OK [MODIFIED 2]`,
  },
]
