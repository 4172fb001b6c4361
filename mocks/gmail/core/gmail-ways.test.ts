import { describe, expect, test } from 'vitest'
import type { MailSetup } from '../../../harness/model/mail-setup.ts'
import { epoch, loggedIn, openTestWorld } from '../gmail.fixture.ts'

/** Message 2 of INBOX has the label Receipts/2026 as well. */
function opened(folder = 'INBOX', mail: MailSetup = {}) {
  const world = openTestWorld(undefined, mail)
  const client = loggedIn(world.gmail)
  client.say('s CREATE Work')
  client.say(`s SELECT "${folder}"`)
  const count = (name: string): number =>
    Number(/MESSAGES (\d+)/.exec(client.say(`? STATUS "${name}" (MESSAGES)`)[0]!)?.[1])
  return { ...world, client, count }
}

describe('auto-expunge', () => {
  test('a message that is marked leaves at once, and is told when it may be', () => {
    const { client, count } = opened()
    expect(client.say('a UID STORE 2 +FLAGS (\\Deleted)')).toEqual([
      '* 2 FETCH (UID 2 FLAGS (\\Deleted))',
      '* 2 EXPUNGE',
      'a OK Success',
    ])
    // RFC 3501 §7.4.1: no EXPUNGE during STORE.
    expect(client.say('b STORE 2 +FLAGS.SILENT (\\Deleted)')).toEqual(['b OK Success'])
    expect(client.say('c NOOP')).toEqual(['* 2 EXPUNGE', 'c OK Success'])
    expect([count('INBOX'), count('[Gmail]/All Mail'), count('Receipts/2026')]).toEqual([4, 9, 1])
    expect(client.say('d EXPUNGE')).toEqual(['d OK Success'])
  })

  test('off: the mark waits for EXPUNGE, UID EXPUNGE or CLOSE, and can be taken back', () => {
    const { client, count } = opened('INBOX', { settings: { autoExpunge: false } })
    client.say('a STORE 1,3,6 +FLAGS.SILENT (\\Deleted)')
    client.say('b STORE 6 -FLAGS.SILENT (\\Deleted)')
    expect(client.say('c SEARCH DELETED')[0]).toBe('* SEARCH 1 3')
    expect(client.say('d UID EXPUNGE 2:6')).toEqual(['* 3 EXPUNGE', 'd OK Success'])
    expect(client.say('e UNSELECT')).toEqual(['e OK Returned to authenticated state. (Success)'])
    expect(count('INBOX')).toBe(5)
    client.say('f EXAMINE INBOX')
    client.say('g CLOSE')
    expect(count('INBOX')).toBe(5)
    client.say('h SELECT INBOX')
    expect(client.say('i CLOSE')).toEqual(['i OK Returned to authenticated state. (Success)'])
    expect([count('INBOX'), count('[Gmail]/All Mail')]).toEqual([4, 9])
  })

  test('the mark belongs to the folder, not to the message', () => {
    const { client } = opened('INBOX', { settings: { autoExpunge: false } })
    client.say('a STORE 2 +FLAGS (\\Deleted)')
    client.say('b SELECT Receipts/2026')
    expect(client.say('c FETCH 1 FLAGS')[0]).toBe('* 1 FETCH (FLAGS ())')
  })
})

describe('what becomes of a message that is expunged', () => {
  const remove = ({ client }: ReturnType<typeof opened>, number = 1): void => {
    client.say(`r STORE ${number} +FLAGS.SILENT (\\Deleted)`)
    client.say('r EXPUNGE')
  }

  test.each([
    ['INBOX', 'archive', { '[Gmail]/All Mail': 9, '[Gmail]/Trash': 1 }],
    ['INBOX', 'deleteForever', { '[Gmail]/All Mail': 9, '[Gmail]/Trash': 1 }],
    ['[Gmail]/All Mail', 'archive', { INBOX: 6, '[Gmail]/All Mail': 9 }],
    ['[Gmail]/Trash', 'archive', { '[Gmail]/All Mail': 9, '[Gmail]/Trash': 0 }],
    ['[Gmail]/Spam', 'archive', { '[Gmail]/All Mail': 9, '[Gmail]/Spam': 0 }],
    ['[Gmail]/Drafts', 'archive', { '[Gmail]/All Mail': 8, '[Gmail]/Drafts': 0 }],
  ] as const)('in %s, with %s', (folder, expungeBehavior, left) => {
    const world = opened('INBOX', { settings: { expungeBehavior } })
    world.gmail.deliver('alice@example.com', new TextEncoder().encode('Subject: bin\r\n\r\n'), ['\\Trash'])
    const spam = world.count('[Gmail]/Spam')
    if (spam === 0)
      world.gmail.deliver('alice@example.com', new TextEncoder().encode('Subject: spam\r\n\r\n'), ['\\Spam'])
    world.client.say(`s SELECT "${folder}"`)
    remove(world)
    expect(Object.fromEntries(Object.keys(left).map((name) => [name, world.count(name)]))).toEqual(left)
  })

  test.each([
    ['archive', 9, 0],
    ['trash', 8, 1],
    ['deleteForever', 8, 0],
  ] as const)('where All Mail is hidden, the last folder decides: %s', (expungeBehavior, kept, binned) => {
    const world = opened('INBOX', { settings: { expungeBehavior, hidden: ['all', 'important'] } })
    const quota = (): string => world.client.say('q GETQUOTA ""')[0]!
    world.gmail.deliver('alice@example.com', new Uint8Array(5000))
    world.client.say('a NOOP')
    const before = quota()
    remove(world, 7)
    expect([world.count('INBOX'), world.count('[Gmail]/Trash')]).toEqual([6, binned])
    // What is archived or in the bin still takes room.
    expect(quota() === before).toBe(kept + binned === 9)
    // This one has another label, which shows it.
    remove(world, 2)
    expect(world.count('Receipts/2026')).toBe(1)
  })

  test('in All Mail it comes to the bin if that is the owner’s wish and no other folder shows it', () => {
    const world = opened('[Gmail]/All Mail', { settings: { expungeBehavior: 'trash' } })
    world.gmail.deliver('alice@example.com', new TextEncoder().encode('Subject: archived\r\n\r\n'), [])
    world.client.say('a NOOP')
    remove(world, 10)
    expect([world.count('[Gmail]/All Mail'), world.count('[Gmail]/Trash')]).toEqual([9, 1])
    remove(world, 1)
    expect([world.count('[Gmail]/All Mail'), world.count('INBOX')]).toEqual([9, 6])
    expect(world.client.say('b FETCH 1 FLAGS')[0]).toBe('* 1 FETCH (FLAGS (\\Seen))')
  })

  test('a draft: archived, if the switch says so', () => {
    const world = opened('[Gmail]/Drafts', { switches: { expungedDraft: 'archived' } })
    remove(world)
    expect([world.count('[Gmail]/Drafts'), world.count('[Gmail]/All Mail')]).toEqual([0, 9])
  })
})

describe('labels', () => {
  test('are told in the order of the wire, without that of the folder', () => {
    const { client } = opened()
    client.say('a STORE 2 +X-GM-LABELS (Work \\Starred "\\\\Important" "zz top" &AMQ-rger)')
    expect(client.say('b FETCH 2 X-GM-LABELS')[0]).toBe(
      '* 2 FETCH (X-GM-LABELS ("\\\\Important" "\\\\Starred" "zz top" &AMQ-rger Receipts/2026 Work))',
    )
    client.say('c SELECT "[Gmail]/All Mail"')
    expect(client.say('d FETCH 3 X-GM-LABELS')[0]).toContain('("\\\\Important" "\\\\Inbox" "\\\\Starred"')
    client.say('e UNSELECT')
    client.say('f ENABLE UTF8=ACCEPT')
    client.say('g SELECT "zz top"')
    expect(client.say('h FETCH 1 X-GM-LABELS')[0]).toContain('"\xc3\x84rger"')
  })

  test('\\Starred is \\Flagged, which is told in an answer of its own', () => {
    const { client } = opened('[Gmail]/All Mail')
    client.say('s ENABLE CONDSTORE')
    client.say('s FETCH 1 MODSEQ')
    expect(client.say('a UID STORE 1 +X-GM-LABELS (\\Starred)')).toEqual([
      expect.stringMatching(
        /^\* 1 FETCH \(X-GM-LABELS \("\\\\Important" "\\\\Inbox" "\\\\Starred"\) MODSEQ \(\d+\) UID 1\)$/,
      ),
      expect.stringMatching(/^\* 1 FETCH \(UID 1 MODSEQ \(\d+\) FLAGS \(\\Flagged \\Seen\)\)$/),
      'a OK Success',
    ])
    expect(client.say('b STORE 1 -X-GM-LABELS.SILENT (\\Important)')).toEqual(['b OK Success'])
    expect(client.say('c UID STORE 1 (UNCHANGEDSINCE 1) +X-GM-LABELS (Work)')).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(X-GM-LABELS \("\\\\Inbox" "\\\\Starred"\) MODSEQ \(\d+\) UID 1\)$/),
      'c OK [MODIFIED 1] Conditional Store Failed (Success)',
    ])
  })

  test('that of the selected folder cannot be taken away in it', () => {
    const { client, count } = opened()
    expect(client.say('a STORE 1 -X-GM-LABELS (\\Inbox)').at(-1)).toBe('a OK Success')
    expect(client.say('b STORE 1 X-GM-LABELS (Work)')[0]).toBe('* 1 FETCH (X-GM-LABELS (Work))')
    expect(client.say('c NOOP')).toEqual(['c OK Success'])
    expect([count('INBOX'), count('Work'), count('[Gmail]/Important')]).toEqual([6, 1, 0])
    client.say('d SELECT "[Gmail]/All Mail"')
    client.say('e STORE 1 -X-GM-LABELS (\\Inbox)')
    expect(count('INBOX')).toBe(5)
  })

  test('copying adds one, and the copy is the same message', () => {
    const { client } = opened()
    const before = client.say('a FETCH 1 (X-GM-MSGID X-GM-THRID)')[0]
    expect(client.say('b UID COPY 1 Work').at(-1)).toMatch(/^b OK \[COPYUID \d+ 1 1\] \(Success\)$/)
    expect(client.say('c UID COPY 1 Work').at(-1)).toMatch(/^c OK \[COPYUID \d+ 1 1\] \(Success\)$/)
    expect(client.say('d UID COPY 99 Work')).toEqual(['d OK (Success)'])
    client.say('e SELECT Work')
    expect(client.say('f FETCH 1 (X-GM-MSGID X-GM-THRID)')[0]).toBe(before)
  })

  test('to the bin all go, and what comes back has those that it is given', () => {
    const { client, count } = opened()
    client.say('a UID MOVE 2 "[Gmail]/Trash"')
    client.say('b SELECT "[Gmail]/Trash"')
    expect(client.say('c FETCH 1 X-GM-LABELS')[0]).toBe('* 1 FETCH (X-GM-LABELS ())')
    expect([count('Receipts/2026'), count('[Gmail]/All Mail')]).toEqual([0, 8])
    expect(client.say('d MOVE 1 "[Gmail]/All Mail"')).toEqual([
      '* 1 EXPUNGE',
      expect.stringMatching(/^d OK \[COPYUID \d+ 1 10\] \(Success\)$/),
    ])
    expect([count('INBOX'), count('[Gmail]/All Mail'), count('[Gmail]/Trash')]).toEqual([5, 9, 0])
  })

  test.each([
    ['tagged', ['* 1 EXPUNGE', expect.stringMatching(/^a OK \[COPYUID \d+ 1 1\] \(Success\)$/)]],
    ['untagged', [expect.stringMatching(/^\* OK \[COPYUID \d+ 1 1\]$/), '* 1 EXPUNGE', 'a OK (Success)']],
  ] as const)('moveUids: %s', (moveUids, answer) => {
    expect(opened('INBOX', { switches: { moveUids } }).client.say('a MOVE 1 Work')).toEqual(answer)
  })

  test.each(['COPY 1 Nowhere', 'MOVE 1 Nowhere', 'UID COPY 1 "[Gmail]"'])('%s is refused', (command) => {
    const name = /Nowhere|\[Gmail\]/.exec(command)![0]
    expect(opened().client.say(`a ${command}`)).toEqual([`a NO [TRYCREATE] No folder ${name} (Failure)`])
  })
})

describe('SELECT', () => {
  test('has Gmail’s lines, one of them against the grammar', () => {
    const { client } = opened()
    client.say('a STORE 1 +FLAGS ($Forwarded Junk)')
    const answer = client.say('b SELECT INBOX')
    const flags = '\\Answered \\Flagged \\Draft \\Deleted \\Seen $Forwarded $NotPhishing $Phishing Junk'
    expect(answer).toEqual([
      `* FLAGS (${flags})`,
      `* OK [PERMANENTFLAGS (${flags} \\*)] Flags permitted.`,
      '* OK [UIDVALIDITY 1] UIDs valid.',
      '* 6 EXISTS',
      '* 0 RECENT',
      '* OK [UIDNEXT 7] Predicted next UID.',
      expect.stringMatching(/^\* OK \[HIGHESTMODSEQ \d+\]$/),
      'b OK [READ-WRITE] INBOX selected. (Success)',
    ])
    expect(client.say('c EXAMINE INBOX').at(-1)).toBe('c OK [READ-ONLY] INBOX selected. (Success)')
    expect(client.say('d SELECT Nowhere')).toEqual([
      'd NO [NONEXISTENT] Unknown Mailbox: Nowhere (now in authenticated state) (Failure)',
    ])
  })

  test('highestModSeqText', () => {
    const { client } = opened('INBOX', { switches: { highestModSeqText: 'Highest' } })
    expect(client.say('a SELECT INBOX').at(-2)).toMatch(/^\* OK \[HIGHESTMODSEQ \d+\] Highest$/)
  })

  test.each(['STORE 1 +FLAGS (\\Seen)', 'EXPUNGE', 'UID EXPUNGE 1', 'MOVE 1 Work'])(
    '%s changes nothing that was examined',
    (command) => {
      const { client } = opened()
      client.say('a EXAMINE INBOX')
      expect(client.say(`b ${command}`)).toEqual([
        expect.stringMatching(/^b NO \w+ attempt on READ-ONLY folder \(Failure\)$/),
      ])
    },
  )
})

test.each([
  ['in the future', '01-Jan-2027 00:00:00 +0000', '14-Jan-2026 09:00:05 +0000'],
  ['before 1970', '31-Dec-1969 23:59:59 +0000', '14-Jan-2026 09:00:05 +0000'],
  ['the first of all', '01-Jan-1970 00:00:00 +0000', '01-Jan-1970 00:00:00 +0000'],
])('APPEND with a date %s', (_, date, stored) => {
  const { client, clock } = opened()
  clock.set(epoch + 5000)
  client.say(`a APPEND INBOX "${date}" {1+}\r\nx`)
  const answer = client.say('b FETCH 7 (INTERNALDATE X-GM-MSGID)')[0]!
  expect(answer).toContain(`INTERNALDATE "${stored}"`)
  // The identifier tells the milliseconds, as Gmail's does.
  const identifier = BigInt(/X-GM-MSGID (\d+)/.exec(answer)![1]!)
  expect(new Date(Number(identifier >> 20n)).toUTCString()).toContain(stored.slice(12, 20))
})

test('APPEND UTF8 (RFC 9755 §4) is there once it is enabled', () => {
  const client = loggedIn(openTestWorld().gmail)
  expect(client.say('a APPEND INBOX UTF8 (~{1+}\r\nx)')).toEqual([expect.stringMatching(/^a BAD/)])
  expect(client.say('b APPEND INBOX ~{1+}\r\nx')).toEqual([expect.stringMatching(/^b BAD/)])
  client.say('c ENABLE UTF8=ACCEPT')
  expect(client.say('d APPEND INBOX UTF8 (~{1+}\r\nx)')).toEqual([expect.stringMatching(/^d OK \[APPENDUID/)])
  expect(client.say('e APPEND INBOX {1+}\r\nx')).toEqual([expect.stringMatching(/^e OK \[APPENDUID/)])
})

test.each([['OK Success'], ['BAD Unknown command'], ['NO Nothing happens']])('XYZZY: %s', (xyzzy) => {
  expect(opened('INBOX', { switches: { xyzzy } }).client.say('a XYZZY')).toEqual([`a ${xyzzy}`])
})
