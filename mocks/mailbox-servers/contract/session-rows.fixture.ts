import type { Row } from './row.fixture.ts'

const begins = { with: 'SELECT INBOX' }

export const sessionRows: readonly Row[] = [
  {
    title: 'who idles is told of mail that arrives, of flags that change and of messages that go',
    because: 'RFC 2177 §3, RFC 3501 §7.3.1, §7.4.1, §7.4.2',
    begins,
    story: String.raw`
      C: IDLE
      S: +
      W: a message arrives
      C listens for mail
      S: * 5 EXISTS
      D: STORE 3 +FLAGS.SILENT (\Seen)
      S: * 5 EXISTS
      S: OK
      C listens for flags
      S: * 3 FETCH FLAGS (\Seen)
      D: UID MOVE 4 "[Gmail]/Trash"
      S: * OK [COPYUID v 4 1]
      S: * EXPUNGE 4
      S: OK
      C listens for removals
      S: * EXPUNGE 4
      C: DONE
      S: OK`,
  },
  {
    title: 'what another session did is told with the next command, and a removal never during FETCH, STORE or SEARCH',
    because: 'RFC 3501 §5.2, §7.4.1: MUST NOT be sent while responding to a FETCH, STORE, or SEARCH command',
    begins,
    story: String.raw`
      D: STORE 1 +FLAGS.SILENT (\Deleted \Flagged)
      S: OK
      D: EXPUNGE
      S: * EXPUNGE 1
      S: OK
      C: FETCH 4 (UID)
      S: * 4 FETCH UID 4
      S: OK
      C: SEARCH UID 4
      S: * SEARCH 4
      S: OK
      C: NOOP
      S: * EXPUNGE 1
      S: OK`,
  },
  {
    title: 'mail that arrives is told with NOOP, and is there to be read',
    because: 'RFC 3501 §6.1.2, §7.3.1',
    begins,
    story: String.raw`
      W: a message arrives
      C: NOOP
      S: * 5 EXISTS
      S: OK
      C: FETCH 5 (FLAGS BODY.PEEK[TEXT])
      S: * 5 FETCH BODY[TEXT] "new mail\r\n"
      S: * 5 FETCH FLAGS ()
      S: OK`,
  },
  {
    title: 'what is no command is BAD, and the session lives on',
    because: 'RFC 3501 §7.1.3',
    begins,
    story: String.raw`
      C: FROB
      S: BAD
      C: FETCH
      S: BAD
      C: STARTTLS
      S: BAD
      C: CHECK
      S: OK
      C: NOOP
      S: OK`,
  },
  {
    title: 'Gmail’s extensions are Gmail’s',
    because: 'Google’s IMAP extensions page: X-GM-EXT-1',
    begins,
    story: String.raw`
      C: FETCH 1 (X-GM-LABELS)
      S: * 1 FETCH X-GM-LABELS ()
      S: OK
      C: SEARCH X-GM-RAW "subject:lunch"
      S: * SEARCH 1
      S: OK`,
  },
  {
    title: 'the quota of the account is told',
    because: 'RFC 2087 §4.3, §5.1, §5.2; Gmail’s captured answer',
    begins,
    story: String.raw`
      C: GETQUOTAROOT INBOX
      S: * QUOTAROOT "INBOX" ""
      S: * QUOTA "" (STORAGE 1 15728640)
      S: OK`,
  },
]
